"""Holding a review: who came, what was said, what the person thinks of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.reviews.models import Attendance, Kind, Review
from alongside.reviews.operations.checks import (
    not_being_written,
    not_booked,
    require_choice,
    require_may_hold,
)


@operation("review.held", needs=Action.HOLD_REVIEW, unless=not_booked)
def hold_review(
    review: Review,
    *,
    by: Staff,
    held_on: date,
    attendance: Mapping[UUID, str],
    absence_reason: str = "",
    absence_words: str = "",
) -> Review:
    """Record that the review was held, on which day and who came, by invitation.

    It can be held without the resident, with the reason; they are then owed an account of it.

    Refused when the day is in the future or outside the stay; when it does not say whether the
    resident came; when they did not and no reason is given; and when it is a manager's review
    and held by nobody who may. Source: Key Working, steps 5 and 6; Manager.
    """
    require_may_hold(review, by)
    review.stay.require_current(on=held_on, field="held_on")
    invited = list(review.invitations.filter(withdrawn_at=None))
    for invitation in invited:
        invitation.attendance = attendance.get(invitation.pk, "")
        if invitation.attendance not in {"", *Attendance.values}:
            raise Refused("That is no answer.", instead="Say whether they came.")
    theirs = next((one for one in invited if one.kind == Kind.RESIDENT), None)
    came = theirs.attendance if theirs else ""
    _require_answer(review, came, absence_reason, absence_words)
    review.held_on, review.held_by, review.held_recorded_at = held_on, by, clock.now()
    if came == Attendance.ABSENT:
        review.absence_reason, review.absence_words = absence_reason, absence_words.strip()
    review.save(
        update_fields=[
            "held_on", "held_by", "held_recorded_at", "absence_reason", "absence_words",
        ]
    )  # fmt: skip
    for invitation in invited:
        invitation.save(update_fields=["attendance"])
    return review


@operation("review.outcome_written", needs=Action.HOLD_REVIEW, unless=not_being_written)
def write_outcome(
    review: Review,
    *,
    by: Staff,
    said: Mapping[UUID, str] | None = None,
    view_words: str = "",
    did_not_wish: bool = False,
    summary: str = "",
    next_on: date | None = None,
    version: int | None = None,
) -> Review:
    """Write down what was said under each item, the person's own view, and the next day.

    Refused when they are said both to have spoken and not to have wished to; when the next
    review would not come after this one; and when somebody else has written meanwhile.
    Source: Key Working, steps 5 and 6; the view in their own words is ours.
    """
    _require_unchanged(review, version)
    if did_not_wish and view_words.strip():
        raise Refused(
            "It says that they spoke, and that they did not wish to.",
            instead="Keep their words, or tick that they did not wish to say.",
            field="view_words",
        )
    if next_on and review.held_on and next_on <= review.held_on:
        raise Refused(
            "The next review comes after this one.",
            instead="Choose a later day.",
            field="next_on",
        )
    review.view_words, review.did_not_wish = view_words.strip(), did_not_wish
    review.summary, review.next_on = summary.strip(), next_on
    review.version += 1
    review.save(update_fields=["view_words", "did_not_wish", "summary", "next_on", "version"])
    for line in review.agenda.all():
        if said and line.pk in said:
            line.said = said[line.pk].strip()
            line.save(update_fields=["said"])
    return review


def _require_answer(review: Review, came: str, reason: str, words: str) -> None:
    first = review.stay.resident.first_name
    if not came:
        raise Refused(f"It does not say whether {first} came.", instead="Say it.", field="held_on")
    if came == Attendance.ABSENT:
        require_choice(review, "review_in_absence", reason, words, field="absence_reason")
    elif reason:
        raise Refused(
            f"{first} came, so there is no reason for an absence.",
            instead="Leave the reason empty.",
            field="absence_reason",
        )


def _require_unchanged(review: Review, version: int | None) -> None:
    if version is None or version == review.version:
        return
    theirs = {
        "view_words": review.view_words,
        "summary": review.summary,
        **{f"said-{line.pk}": line.said for line in review.agenda.all()},
    }
    raise ChangedMeanwhile(
        "Somebody else has written here since you opened this page.",
        instead="Both texts are shown. Put them together and save.",
        theirs={field: text for field, text in theirs.items() if text},
        version=review.version,
    )
