"""A row of the move-on sheet: the calls after somebody left, or the move that is planned."""

from __future__ import annotations

from datetime import date

from alongside.imports.kinds.move_on import FollowUp, MoveOnRecord
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.keywork.models import Note
from alongside.keywork.operations.importing import import_note
from alongside.kit.records import Record
from alongside.stays.models import Stay

SAID = {"contact": "contact made", "no_reply": "tried, no reply", "unclear": "not clear"}


def take(record: MoveOnRecord, row: RowPlan, intake: Intake) -> Taken:
    """Each call becomes a note of its own day, a planned move one note; none is written twice."""
    resident = intake.person(record.person)
    day = record.left or intake.today
    stay = intake.stay_near(resident, day)
    kept = labelled(row, record.texts, record.words, used=frozenset())
    told: list[Record] = [
        _note(stay, intake, _day(call, stay, intake), _call(call)) for call in record.follow_ups
    ]
    if record.is_planned():
        told.insert(0, _note(stay, intake, intake.today, _planned(kept)))
    return Taken(told[0] if told else stay, resident, stay, kept)


def _note(stay: Stay, intake: Intake, on: date, text: str) -> Note:
    written = Note.objects.filter(stay=stay, text=text).first()
    return written or import_note(stay, by=intake.by, happened_on=on, text=text)


def _planned(kept: dict[str, str]) -> str:
    said = "\n".join(f"{label}: {text}" for label, text in kept.items())
    return f"A move is planned.\n{said}".strip()


def _call(call: FollowUp) -> str:
    words = f" “{call.words}”" if call.words else ""
    on = f" on {call.on:%-d %B %Y}" if call.on else ""
    return f"Follow-up after moving on ({call.after}): {SAID[call.state]}{on}.{words}"


def _day(call: FollowUp, stay: Stay, intake: Intake) -> date:
    """The day of the call, or the last one it can have been."""
    on = call.on or stay.moved_out_on or intake.today
    return min(on, intake.today)
