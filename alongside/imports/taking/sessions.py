"""A row of the key-work log: a session that was held, or one that was not."""

from __future__ import annotations

from alongside.imports.cells.clock_times import began as began_at
from alongside.imports.kinds.sessions import ATTENDED, SessionRecord
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.keywork.models import Outcome
from alongside.keywork.operations.importing import import_missed_session, import_session

OUTCOMES = {"did_not_attend": Outcome.MISSED, "cancelled": Outcome.CANCELLED}


def take(record: SessionRecord, row: RowPlan, intake: Intake) -> Taken:
    """Take over the session with its note, letter by letter."""
    resident = intake.person(record.person)
    stay = intake.stay_near(resident, record.held_on)
    kept = labelled(row, record.texts, record.words, used=frozenset({"start"}))
    worker, began = intake.worker(record.worker), began_at(record.texts.get("start", ""))
    if record.outcome == ATTENDED:
        session = import_session(
            stay,
            by=intake.by,
            held_on=record.held_on,
            held_by=worker,
            began=began,
            minutes=record.minutes,
            text=record.note,
        )
        return Taken(session, resident, stay, kept)
    booking = import_missed_session(
        stay,
        by=intake.by,
        recorded_by=intake.recorder,
        on=record.held_on,
        worker=worker,
        outcome=OUTCOMES[record.outcome],
        began=began,
        words=record.note,
    )
    return Taken(booking, resident, stay, kept)
