"""The records of key working."""

from __future__ import annotations

from alongside.keywork.models.bookings import (
    Arranged,
    Booking,
    BookingQuerySet,
    Outcome,
    Preparation,
    Slot,
    SlotQuerySet,
)
from alongside.keywork.models.notes import (
    EarlierText,
    Note,
    NoteLink,
    NoteMove,
    NoteOpening,
    NoteQuerySet,
    NoteReader,
    Session,
    SessionQuerySet,
)
from alongside.keywork.models.reports import PeriodReport, PeriodReportQuerySet

__all__ = [
    "Arranged",
    "Booking",
    "BookingQuerySet",
    "EarlierText",
    "Note",
    "NoteLink",
    "NoteMove",
    "NoteOpening",
    "NoteQuerySet",
    "NoteReader",
    "Outcome",
    "PeriodReport",
    "PeriodReportQuerySet",
    "Preparation",
    "Session",
    "SessionQuerySet",
    "Slot",
    "SlotQuerySet",
]
