"""What is done in key working: offering time, booking it, holding it, and writing it down."""

from __future__ import annotations

from alongside.keywork.operations.bookings import (
    book_slot,
    book_time,
    cancel_booking,
    explain_missed,
    move_booking,
    pass_on_booking,
    prepare_session,
    record_missed,
)
from alongside.keywork.operations.notes import (
    correct_note,
    move_note,
    open_restricted,
    remove_note,
    write_note,
)
from alongside.keywork.operations.reports import answer_report, write_report
from alongside.keywork.operations.sessions import record_session
from alongside.keywork.operations.slots import offer_slot, offer_slots, withdraw_slot

__all__ = [
    "answer_report",
    "book_slot",
    "book_time",
    "cancel_booking",
    "correct_note",
    "explain_missed",
    "move_booking",
    "move_note",
    "offer_slot",
    "offer_slots",
    "open_restricted",
    "pass_on_booking",
    "prepare_session",
    "record_missed",
    "record_session",
    "remove_note",
    "withdraw_slot",
    "write_note",
    "write_report",
]
