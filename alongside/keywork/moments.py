"""What key working tells the timeline."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alongside.keywork.models import Booking, Note, Outcome, PeriodReport, Session
from alongside.moments.registry import Line, tells


@tells(Note, rows=lambda: Note.objects.for_page().iterator(500))
def note_moment(note: Note) -> Iterable[Line]:
    """One line for each entry; of one that was removed only that it was."""
    removed = note.removed_at is not None
    yield Line(
        of=note,
        stay=note.stay,
        kind=note.kind,
        title="An entry was removed" if removed else _title(note),
        text="" if removed or note.restricted else _words(note),
        note=_marks(note),
        happened_at=note.happened_at,
        recorded_at=note.recorded_at,
        by=note.written_by.name if note.written_by else "",
        link=reverse("keywork:note", args=[note.pk]),
        readers=[one.staff_id for one in note.readers.all()] if note.restricted else None,
    )


def _title(note: Note) -> str:
    minutes = f", {note.minutes} minutes" if note.minutes else ""
    return f"{note.kind_says}{minutes}"


def _words(note: Note) -> str:
    said = [f"{heading}: {text}" for heading, text in note.under_headings() if text]
    return " ".join([*said, note.text]).strip()


def _marks(note: Note) -> str:
    marks = [
        ("Restricted: open it to read it", note.restricted and note.removed_at is None),
        ("Late entry", note.is_late()),
        ("Corrected", note.corrected_at is not None),
        (note.removed_because, note.removed_at is not None),
    ]
    return ". ".join(words for words, so in marks if so)


@tells(Session, rows=lambda: ())
def session_moment(session: Session) -> Iterable[Line]:
    """A session shows as its note does."""
    return note_moment(session.note)


@tells(Booking, rows=lambda: Booking.objects.for_page().iterator(500))
def booking_moment(booking: Booking) -> Iterable[Line]:
    """A line for what did not happen; what is still to come is in the diary."""
    if booking.outcome not in {Outcome.MISSED, Outcome.CANCELLED, Outcome.MOVED}:
        return
    lists = booking.stay.scheme.pack
    name = "session_moved" if booking.outcome == Outcome.MOVED else "session_missed"
    reason = lists.reasons(name).get(booking.reason)
    yield Line(
        of=booking,
        stay=booking.stay,
        kind="booking",
        title=f"Session with {booking.worker.name} {booking.get_outcome_display().lower()}",
        text=" ".join(filter(None, [str(reason or ""), booking.words, booking.explanation])),
        happened_at=booking.starts_at
        if booking.is_past()
        else booking.settled_at or booking.starts_at,
        recorded_at=booking.settled_at or booking.recorded_at,
        by=booking.settled_by,
        link=reverse("keywork:booking", args=[booking.pk]),
    )


@tells(PeriodReport, rows=lambda: PeriodReport.objects.for_page().iterator(500))
def report_moment(report: PeriodReport) -> Iterable[Line]:
    yield Line(
        of=report,
        stay=report.stay,
        kind="report",
        title="Report for the review",
        text=" ".join(text for _, text in report.under_headings()),
        happened_at=report.recorded_at,
        recorded_at=report.recorded_at,
        by=report.written_by.name,
        link=reverse("keywork:report", args=[report.pk]),
    )
