"""What pages and other rooms ask about key working."""

from __future__ import annotations

from alongside.keywork.queries.bookings import (
    booking_for,
    bookings_ahead,
    comfort_of,
    free_slots,
    next_booking,
    preferred,
    preparation_of,
    self_arranged,
    slot_for,
    slots_ahead,
    slots_to_show,
    unanswered_misses,
    who_meets,
)
from alongside.keywork.queries.notes import (
    earlier_texts,
    has_just_opened,
    links_of,
    moved_away,
    note_for,
    notes_of,
    openings_of,
    readers_of,
    sessions,
)
from alongside.keywork.queries.reports import (
    missing_reports,
    report_for,
    reports_of,
    team_questions,
)
from alongside.keywork.queries.week import missed_running, week_board

__all__ = [
    "booking_for",
    "bookings_ahead",
    "comfort_of",
    "earlier_texts",
    "free_slots",
    "has_just_opened",
    "links_of",
    "missed_running",
    "missing_reports",
    "moved_away",
    "next_booking",
    "note_for",
    "notes_of",
    "openings_of",
    "preferred",
    "preparation_of",
    "readers_of",
    "report_for",
    "reports_of",
    "self_arranged",
    "sessions",
    "slot_for",
    "slots_ahead",
    "slots_to_show",
    "team_questions",
    "unanswered_misses",
    "week_board",
    "who_meets",
]
