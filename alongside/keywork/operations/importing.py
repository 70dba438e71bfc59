"""Taking over sessions and notes from older records, as far as they say."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.keywork.models import Arranged, Booking, Note, Outcome, Session
from alongside.keywork.models.notes import SESSION
from alongside.keywork.operations.notes import name_readers
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay

OLDER_RECORDS = "Taken over from older records."
NOT_SAID = "not_said"
"""The reason of a session that older records only call cancelled; in no list of a pack."""
NOON = time(12)
AS_BOOKED = timedelta(hours=1)


@operation("session.imported", needs=Action.IMPORT_RECORDS)
def import_session(
    stay: Stay,
    *,
    by: Actor,
    held_on: date,
    held_by: Staff,
    began: time | None = None,
    minutes: int | None = None,
    text: str = "",
) -> Session:
    """Take over a session that was held. Minutes that nobody knows stay unknown, never nought.

    Refused when it lies in the future or outside the stay.
    """
    stay.require_current(on=held_on, field="held_on")
    note = _note(stay, by, SESSION, _at(stay, held_on, began), text, minutes=minutes)
    return Session.objects.create(
        note=note, stay=stay, held_by=held_by, held_on=held_on, attendance="came"
    )


@operation("session.missed_imported", needs=Action.IMPORT_RECORDS)
def import_missed_session(
    stay: Stay,
    *,
    by: Actor,
    recorded_by: Staff,
    on: date,
    worker: Staff,
    outcome: str,
    began: time | None = None,
    words: str = "",
) -> Booking:
    """Take over a session that was not held: "missed" or "cancelled". It asks for no answer now.

    Refused when it lies in the future or outside the stay.
    """
    stay.require_current(on=on, field="held_on")
    starts_at = _at(stay, on, began)
    return Booking.objects.create(
        stay=stay,
        worker=worker,
        starts_at=starts_at,
        ends_at=starts_at + AS_BOOKED,
        arranged=Arranged.STAFF,
        outcome=Outcome(outcome),
        reason="did_not_come" if outcome == Outcome.MISSED else NOT_SAID,
        words=words,
        settled_at=clock.now(),
        settled_by=by.actor_name,
        explanation=OLDER_RECORDS,
        explained_on=stay.scheme.today(),
        explained_by=recorded_by,
        by_staff=recorded_by,
    )


@operation("note.imported", needs=Action.IMPORT_RECORDS)
def import_note(
    stay: Stay,
    *,
    by: Actor,
    happened_on: date,
    text: str,
    kind: str = "other",
    began: time | None = None,
    written_by: Staff | None = None,
) -> Note:
    """Take over a note, such as a call after somebody left, under its own day.

    `kind` is a key of the pack's kinds of note; `written_by` who wrote it then, if that is known.

    Refused when it lies in the future.
    """
    if happened_on > stay.scheme.today():
        raise Refused("This has not happened yet.", instead="Check the date.")
    note = _note(stay, written_by or by, kind, _at(stay, happened_on, began), text)
    if note.restricted:
        name_readers(note, written_by or by, ())
    return note


def _note(
    stay: Stay, by: Actor, kind: str, at: datetime, text: str, *, minutes: int | None = None
) -> Note:
    known = stay.scheme.pack.choices("note_kinds").get(kind)
    return Note.objects.create(
        stay=stay,
        kind=kind,
        restricted=bool(known and known.restricted),
        happened_at=at,
        minutes=minutes,
        text=text,
        written_by=by if isinstance(by, Staff) else None,
    )


def _at(stay: Stay, on: date, began: time | None) -> datetime:
    return datetime.combine(on, began or NOON, tzinfo=stay.scheme.zone)
