"""What is asked about who shall come."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import OuterRef, QuerySet, Subquery

from alongside.organisation.models import Staff
from alongside.post.models import Letter
from alongside.residents.names import name_key
from alongside.reviews.models import Invitation, Review, Wish
from alongside.stays.models import Stay


def wishes_of(stay: Stay) -> list[Wish]:
    """Whom the resident wants at their reviews and whom not: the latest word on each name."""
    return latest_words(wishes_said(stay))


def wishes_said(stay: Stay) -> QuerySet[Wish]:
    return Wish.objects.filter(stay=stay).select_related("staff").order_by("pk")


def latest_words(said: Iterable[Wish]) -> list[Wish]:
    return list({wish.name_key: wish for wish in said}.values())


def unwanted(wishes: Iterable[Wish], *, name: str, staff: Staff | None = None) -> bool:
    """Whether the resident said that they do not want this person there."""
    key = name_key(name)
    return any(
        wish.name_key == key or (staff is not None and wish.staff_id == staff.pk)
        for wish in wishes
        if not wish.wanted
    )


def invitations_of(review: Review) -> list[Invitation]:
    """Everybody on the list: the resident and whom they named, then staff, then agencies."""
    return by_rank(invited_to(review))


def invited_to(review: Review) -> QuerySet[Invitation]:
    """Everybody on the list, with what became of the e-mail to each."""
    found = review.invitations.filter(withdrawn_at=None).select_related("staff", "despite_by")
    letter = Letter.objects.filter(about=OuterRef("pk")).order_by("-queued_at", "-pk")
    return found.annotate(
        letter_queued_at=Subquery(letter.values("queued_at")[:1]),
        letter_sent_at=Subquery(letter.values("sent_at")[:1]),
        letter_given_up_at=Subquery(letter.values("given_up_at")[:1]),
    ).order_by("pk")


def by_rank(invitations: Iterable[Invitation]) -> list[Invitation]:
    return sorted(invitations, key=lambda invitation: invitation.rank)
