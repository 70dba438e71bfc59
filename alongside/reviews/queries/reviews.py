"""What is asked about reviews themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.reviews.models import (
    AgendaLine,
    Decision,
    DecisionQuerySet,
    InformationPack,
    Invitation,
    Review,
    ReviewQuerySet,
)
from alongside.signatures.models import Party, Signature
from alongside.stays.models import Stay

RESIDENT = "resident"


def review_for(staff: Staff, review_id: UUID) -> Review:
    """That review, if it is of somebody at a scheme where this person works and reads files."""
    review = get_object_or_404(Review.objects.visible_to(staff).for_page(), pk=review_id)
    if not staff.may(Action.READ_FILE, review):
        raise PermissionDenied
    return review


def invitation_for(staff: Staff, invitation_id: UUID) -> Invitation:
    found = Invitation.objects.filter(review__in=Review.objects.visible_to(staff))
    return get_object_or_404(found.select_related(*_WITH), pk=invitation_id)


def agenda_line_for(staff: Staff, line_id: UUID) -> AgendaLine:
    found = AgendaLine.objects.filter(review__in=Review.objects.visible_to(staff))
    return get_object_or_404(found.select_related(*_WITH), pk=line_id)


def decision_for(staff: Staff, decision_id: UUID) -> Decision:
    found = Decision.objects.visible_to(staff)
    return get_object_or_404(found.select_related(*_WITH, "action"), pk=decision_id)


_WITH = (
    "review__stay__scheme__organisation",
    "review__stay__resident",
    "review__stay__bed",
    "review__led_by",
)


def reviews_of(stay: Stay) -> ReviewQuerySet:
    """Every review of this stay, the latest first."""
    return Review.objects.for_page().filter(stay=stay).latest_first()


def booked_review(stay: Stay, kind: str) -> Review | None:
    """The review of this kind that is still to come, if one is booked."""
    return Review.objects.for_page().booked().filter(stay=stay, kind=kind).first()


def reviews_before(review: Review) -> ReviewQuerySet:
    """Reviews of the same kind that were held before this one, the latest first."""
    before = Review.objects.held().filter(stay_id=review.stay_id, kind=review.kind)
    earlier = before.filter(held_on__lte=review.on).exclude(pk=review.pk)
    return earlier.order_by("-held_on", "-pk")


def agenda_of(review: Review) -> list[AgendaLine]:
    """The agenda: what the resident brings first, then the rest in its order."""
    return in_order(agenda_lines(review))


def agenda_lines(review: Review) -> QuerySet[AgendaLine]:
    return review.agenda.select_related("by_staff", "by_resident")


def in_order(lines: Iterable[AgendaLine]) -> list[AgendaLine]:
    return sorted(lines, key=lambda line: (not line.from_resident, line.place))


def decisions_of(review: Review) -> DecisionQuerySet:
    return Decision.objects.for_page().filter(review=review).order_by("pk")


def signatures_missing(review: Review, given: Iterable[Signature] | None = None) -> list[str]:
    """Whose signature the practice still asks for, by name. A refusal stands in its place."""
    asked = review.type.signed_by
    if not asked:
        return []
    marks = list(given if given is not None else Signature.objects.filter(record_id=review.pk))
    residents = any(mark.party == Party.RESIDENT for mark in marks)
    workers = any(mark.party == Party.WORKER and not mark.refused for mark in marks)
    missing = []
    if RESIDENT in asked and not residents and not review.was_without_them():
        missing.append(review.stay.resident.name)
    if set(asked) - {RESIDENT} and not workers:
        missing.append(review.led_by.name)
    return missing


def pack_of(review: Review) -> InformationPack | None:
    """The information collated for that meeting, if it has been."""
    found = (
        InformationPack.objects.filter(review=review)
        .select_related("collated_by", "ready_by")
        .first()
    )
    if found:
        found.review = review
    return found


def period_before(review: Review) -> tuple[date, date]:
    """From the day after the last meeting of its kind, or the day they moved in, to today."""
    last = reviews_before(review).first()
    held = last.held_on if last else None
    return (held + timedelta(days=1) if held else review.stay.moved_in_on), review.scheme.today()
