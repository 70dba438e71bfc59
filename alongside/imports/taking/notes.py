"""A row of a list of notes: one note under its own day, letter by letter."""

from __future__ import annotations

from alongside.imports.cells.clock_times import began
from alongside.imports.kinds.notes import NoteRecord
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.keywork.operations.importing import import_note

OTHER = "other"


def take(record: NoteRecord, row: RowPlan, intake: Intake) -> Taken:
    """Take over the note with its kind, its hour and who wrote it, as far as they are known."""
    resident = intake.person(record.person)
    stay = intake.stay_near(resident, record.happened_on)
    note = import_note(
        stay,
        by=intake.by,
        happened_on=record.happened_on,
        began=began(record.texts.get("start", "")),
        text=record.note,
        kind=record.kind or OTHER,
        written_by=intake.staff.get(record.worker),
    )
    kept = labelled(row, record.texts, record.words, used=frozenset({"start"}))
    return Taken(note, resident, stay, kept)
