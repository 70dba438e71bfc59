"""Setting a review up, moving it to another day, cancelling it."""

from __future__ import annotations

from datetime import date, time

from alongside.allocations.queries import holders
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.reviews import ReviewType
from alongside.residents.names import name_key
from alongside.reviews.models import AgendaLine, Invitation, Kind, Review, Wish
from alongside.reviews.operations.checks import (
    not_booked,
    require_kind,
    require_leader,
    require_still_to_come,
    require_words,
)
from alongside.reviews.queries.people import unwanted, wishes_of
from alongside.reviews.queries.reviews import booked_review
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("review.set_up", needs=Action.SET_UP_REVIEW, unless=already_ended)
def set_up_review(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    planned_on: date,
    led_by: Staff,
    planned_time: time | None = None,
    place: str = "",
    facilitator: str = "",
) -> Review:
    """Set up a review: what kind, when, where, who leads it.

    The resident is invited first, then whom they named before, then the staff whom the practice
    names; the agenda begins with what the resident brings. With a `facilitator` from outside,
    `led_by` supports them.

    Refused when the day is over, the leader may not lead this kind, or one of this kind is
    booked already. Source: Key Working, steps 5 and 6; Manager.
    """
    found = require_kind(stay, kind)
    require_still_to_come(stay, planned_on)
    require_leader(stay, found, led_by, facilitator=facilitator.strip())
    if already := booked_review(stay, kind):
        raise Refused(
            f"This review is booked already, for {already.planned_on:%-d %B %Y}.",
            instead="Move that one to another day.",
            field="planned_on",
        )
    review = Review.objects.create(
        stay=stay,
        kind=kind,
        practice=stay.scheme.practice_name,
        planned_on=planned_on,
        planned_time=planned_time,
        place=place.strip(),
        led_by=led_by,
        facilitator=facilitator.strip(),
        set_up_by=by,
    )
    _write_agenda(review, found, by)
    _invite_first(review, found, by)
    return review


@operation("review.moved", needs=Action.SET_UP_REVIEW, unless=not_booked)
def move_review(
    review: Review,
    *,
    by: Staff,
    planned_on: date,
    led_by: Staff,
    planned_time: time | None = None,
    place: str = "",
    facilitator: str = "",
) -> Review:
    """Change the day, the place or who leads. Whoever replied is asked again when the day moves.

    Refused when the day is over, or the leader may not lead this kind.
    """
    require_still_to_come(review.stay, planned_on)
    require_leader(review.stay, review.type, led_by, facilitator=facilitator.strip())
    if planned_on != review.planned_on:
        review.agenda_sent_at = None
        review.invitations.exclude(kind=Kind.RESIDENT).update(
            invited_on=None, reply="", reply_words="", replied_on=None
        )
    review.planned_on, review.planned_time, review.led_by = planned_on, planned_time, led_by
    review.place, review.facilitator = place.strip(), facilitator.strip()
    review.save(
        update_fields=[
            "planned_on", "planned_time", "led_by", "place", "facilitator", "agenda_sent_at",
        ]
    )  # fmt: skip
    return review


@operation("review.cancelled", needs=Action.SET_UP_REVIEW, unless=not_booked)
def cancel_review(review: Review, *, by: Staff, because: str) -> Review:
    """Cancel a review that was booked. What is owed stays owed.

    Refused without a reason.
    """
    review.cancelled_because = require_words(because, field="because", instead="Say why.")
    review.cancelled_at, review.cancelled_by = clock.now(), by
    review.save(update_fields=["cancelled_because", "cancelled_at", "cancelled_by"])
    return review


def _write_agenda(review: Review, kind: ReviewType, by: Staff) -> None:
    items = sorted(kind.agenda, key=lambda item: not item.from_resident)
    AgendaLine.objects.bulk_create(
        AgendaLine(
            review=review,
            key=item.key,
            words=item.says,
            from_resident=item.from_resident,
            place=place,
            by_staff=by,
        )
        for place, item in enumerate(items)
    )


def _invite_first(review: Review, kind: ReviewType, by: Staff) -> None:
    """The resident, whom they want, who leads, and who holds the roles the practice names."""
    stay, wishes = review.stay, wishes_of(review.stay)
    asked = [_invitation(review, by, stay.resident.name, Kind.RESIDENT)]
    asked += [_named(review, by, wish) for wish in wishes if wish.wanted]
    held = holders([stay]).get(stay.pk, {})
    workers = [(review.led_by, "")] + [(held[role], role) for role in kind.invite if role in held]
    for worker, role in workers:
        if not unwanted(wishes, name=worker.name, staff=worker):
            part = stay.scheme.pack.role(role).says if role else "Leads the review"
            asked.append(_invitation(review, by, worker.name, Kind.STAFF, staff=worker, part=part))
    once = {invitation.name_key: invitation for invitation in reversed(asked)}
    Invitation.objects.bulk_create(sorted(once.values(), key=lambda one: one.rank))


def _named(review: Review, by: Staff, wish: Wish) -> Invitation:
    return _invitation(
        review, by, wish.name, Kind.NAMED, part=wish.relation, contact=wish.contact,
        staff=wish.staff,
    )  # fmt: skip


def _invitation(review: Review, by: Staff, name: str, kind: Kind, **more: object) -> Invitation:
    return Invitation(
        review=review, name=name, name_key=name_key(name), kind=kind, added_by=by, **more
    )
