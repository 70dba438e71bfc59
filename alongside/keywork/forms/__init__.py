"""The forms of key working: offering and booking time, the session, notes, reports."""

from __future__ import annotations

from alongside.keywork.forms.bookings import (
    BookForm,
    CancelBookingForm,
    ExplainForm,
    MissedForm,
    MoveBookingForm,
    OfferSlotsForm,
    PrepareForm,
    slot_says,
)
from alongside.keywork.forms.fields import (
    OneOfField,
    SomeOfField,
    now_at,
    offer_principles,
    which_principles,
)
from alongside.keywork.forms.notes import CorrectNoteForm, MoveNoteForm, NoteForm, RemoveNoteForm
from alongside.keywork.forms.reports import AnswerForm, ReportForm
from alongside.keywork.forms.sessions import RecordSessionForm

__all__ = [
    "AnswerForm",
    "BookForm",
    "CancelBookingForm",
    "CorrectNoteForm",
    "ExplainForm",
    "MissedForm",
    "MoveBookingForm",
    "MoveNoteForm",
    "NoteForm",
    "OfferSlotsForm",
    "OneOfField",
    "PrepareForm",
    "RecordSessionForm",
    "RemoveNoteForm",
    "ReportForm",
    "SomeOfField",
    "now_at",
    "offer_principles",
    "slot_says",
    "which_principles",
]
