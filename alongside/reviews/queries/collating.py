"""What every part of the file says about a time, as texts that can be edited."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.health.models import Registration
from alongside.keywork.models import Note
from alongside.kit.together import read
from alongside.organisation.models import Staff
from alongside.paperwork.queries import finished_forms
from alongside.plans.queries import plans_of
from alongside.reviews.models import Review
from alongside.reviews.queries.prefill import FILLERS, Period
from alongside.sheets.models import Sheet
from alongside.sheets.reading import rows_of
from alongside.stays.models import Stay

MOST_NOTES = 60
MOST_FORMS = 30
# Headings under which a part stands that the meetings themselves fill in too.
SAYS = {
    "plan": "The plan and what came of it",
    "sessions": "Sessions",
    "scores": "Assessments",
    "report": "Report",
    "decisions": "Decided before and still open",
    "breaches": "Agreements",
}


def collated(
    review: Review, from_on: date, until_on: date, *, reader: Staff
) -> list[dict[str, Any]]:
    """Every part as {"key", "says", "words"}, those that say nothing too, so they can be written.

    Their own words come first. What is restricted is left out. Four queries and what the
    agenda’s own parts ask.
    """
    stay = review.stay
    period = Period(stay, review, from_on - timedelta(days=1), until_on)
    zone = stay.scheme.zone
    start = datetime.combine(from_on, time(), tzinfo=zone)
    end = datetime.combine(until_on + timedelta(days=1), time(), tzinfo=zone)
    written = Note.objects.filter(stay=stay, restricted=False, happened_at__gte=start)
    notes = written.standing().filter(happened_at__lt=end).order_by("kind", "happened_at")
    listed = notes[:MOST_NOTES]
    forms = finished_forms(stay, reader=reader).filter(finished_at__gte=start, finished_at__lt=end)[
        :MOST_FORMS
    ]
    plans = plans_of(stay).in_force()[:1]
    registered = Registration.objects.filter(stay=stay, ended_on=None)[:MOST_FORMS]
    read(listed, forms, plans, registered)
    parts = [_part("voice", "In their own words", _voice(plans, listed, stay))]
    parts += [_part(key, SAYS[key], _filled(period, key)) for key in SAYS]
    parts.append(_part("health", "Health", _health(stay, registered)))
    parts += _notes(stay, listed)
    parts += _forms(forms, reader)
    return parts


def _part(key: str, says: str, lines: Iterable[str]) -> dict[str, Any]:
    return {"key": key, "says": says, "words": "\n".join(lines)}


def _filled(period: Period, key: str) -> list[str]:
    filler = FILLERS[key]
    rows = filler.rows(period)
    read(*rows)
    found = filler.tells(period, *rows)
    return found.lines or [found.warning or found.nothing]


def _voice(plans: Iterable[Any], notes: Iterable[Note], stay: Stay) -> list[str]:
    said = [
        f"{answer['says']}: {answer['words']}"
        for plan in plans
        for answer in (plan.content or {}).get("voice", [])
        if answer["words"]
    ]
    spoken = stay.scheme.pack.choices("voice_notes").keys()
    return [*said, *(f"{_on(note, stay)}: {note.text}" for note in notes if note.kind in spoken)]


def _health(stay: Stay, registered: Iterable[Registration]) -> list[str]:
    kinds = stay.scheme.pack.choices("registrations")
    found = []
    for one in registered:
        one.stay = stay
        if not one.is_restricted():
            found.append(f"{kinds.get(one.kind) or one.kind}: {one.name}")
    return found


def _notes(stay: Stay, notes: Iterable[Note]) -> list[dict[str, Any]]:
    """The entries of the time, kind by kind."""
    kinds = stay.scheme.pack.choices("note_kinds")
    spoken = stay.scheme.pack.choices("voice_notes").keys()
    by_kind: dict[str, list[str]] = {}
    for note in notes:
        if note.kind not in spoken and note.text:
            by_kind.setdefault(note.kind, []).append(f"{_on(note, stay)}: {note.text}")
    return [
        _part(f"note-{kind}", str(kinds.get(kind) or kind), lines)
        for kind, lines in by_kind.items()
    ]


def _forms(forms: Iterable[Sheet], reader: Staff) -> list[dict[str, Any]]:
    """Forms of the time, less what is restricted: the pack goes to people outside."""
    parts: dict[str, dict[str, Any]] = {}
    for sheet in forms:
        if sheet.asked.restricted:
            continue
        lines = [
            f"{row.question.says}: {row.answer}"
            for row in rows_of(sheet, reader=reader)
            if row.answer and not row.question.restricted
        ]
        parts.setdefault(sheet.key, _part(f"form-{sheet.key}", sheet.asked.says, lines))
    return list(parts.values())


def _on(note: Note, stay: Stay) -> str:
    return f"{note.happened_at.astimezone(stay.scheme.zone):%-d %B}"
