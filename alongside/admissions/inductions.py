"""How an induction is planned, held and refused; used by the operations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from alongside.admissions.models import Induction, InductionAttendance, InductionRefusal
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.sheets import keeping
from alongside.sheets.reading import content_of as sheet_content
from alongside.stays.models import Stay

SHEET = "induction"


def of(stay: Stay, *, by: Staff) -> Induction:
    """The induction of this stay, with its checklist; made when it is first needed."""
    found = Induction.objects.select_related(*Induction.LOCK_WITH).filter(stay=stay).first()
    if found:
        return found
    sheet = keeping.begin_sheet(stay.scheme, SHEET, by=by, stay=stay)
    return Induction.objects.create(stay=stay, sheet=sheet, due_on=stay.moved_in_on)


def plan(
    stay: Stay, *, by: Staff, planned_on: date, late_because: str, late_words: str
) -> Induction:
    induction = _not_held(of(stay, by=by))
    if planned_on < stay.scheme.today():
        raise Refused(
            "That day has passed.", instead="Choose the earliest day it can be.", field="planned_on"
        )
    _give_reason(induction, late_because, late_words)
    induction.planned_on = planned_on
    induction.save(update_fields=["planned_on", "late_because", "late_words"])
    return induction


def hold(
    stay: Stay,
    *,
    by: Staff,
    held_on: date,
    attended: Sequence[Staff],
    resident_came: str,
    late_because: str,
    late_words: str,
) -> Induction:
    induction = _not_held(of(stay, by=by))
    stay.require_current(on=held_on, field="held_on")
    if not attended:
        raise Refused(
            "Nobody of the team is named.", instead="Tick who was there.", field="attended"
        )
    if held_on > induction.due_on and (late_because or not induction.late_because):
        _give_reason(induction, late_because, late_words)
    if missing := keeping.still_open(induction.sheet):
        raise Refused(
            f"“{missing[0].says}” is still open.",
            instead="Go back to the induction and tick or answer it, or hold the rest later.",
        )
    keeping.finish(induction.sheet, by=by)
    induction.held_on, induction.held_by, induction.resident_came = held_on, by, resident_came
    induction.save()
    InductionAttendance.objects.bulk_create(
        InductionAttendance(induction=induction, staff=staff) for staff in attended
    )
    return induction


def refuse(
    stay: Stay, *, by: Staff, offered_on: date, reason: str, next_offer_on: date
) -> InductionRefusal:
    induction = _not_held(of(stay, by=by))
    stay.require_current(on=offered_on, field="offered_on")
    if next_offer_on < stay.scheme.today():
        raise Refused(
            "That day has passed.",
            instead="Choose today or a later day to offer it again.",
            field="next_offer_on",
        )
    return InductionRefusal.objects.create(
        induction=induction,
        offered_on=offered_on,
        reason=reason,
        next_offer_on=next_offer_on,
        recorded_by=by,
    )


def cannot_be_signed(induction: Induction) -> Refused | None:
    """It is signed once it has been held."""
    if induction.held_on:
        return None
    return Refused(
        "The induction has not been held yet.", instead="Go through the checklist first."
    )


def content_of(induction: Induction) -> dict[str, Any]:
    """Everything the signatures seal: the checklist, the day and who was there."""
    there = induction.attendances.select_related("staff").order_by("staff__name")
    return {
        **sheet_content(induction.sheet),
        "held_on": str(induction.held_on),
        "there": [one.staff.name for one in there],
        "resident_came": induction.get_resident_came_display(),
    }


def _not_held(induction: Induction) -> Induction:
    if induction.held_on:
        raise Refused(
            f"The induction was held on {induction.held_on:%-d %B %Y}.",
            instead="If something on it is wrong, write a note.",
        )
    return induction


def _give_reason(induction: Induction, late_because: str, late_words: str) -> None:
    reason = induction.stay.scheme.pack.reasons("late_induction").get(late_because)
    if reason is None:
        raise Refused(
            f"The induction was due on {induction.due_on:%-d %B %Y}.",
            instead="Choose why it is later.",
            field="late_because",
        )
    if reason.needs_text and not late_words:
        raise Refused(
            f"“{reason.says}” says too little by itself.",
            instead="Say why it is later.",
            field="late_words",
        )
    induction.late_because, induction.late_words = late_because, late_words
