"""Finding the person a row is about, and asking when nobody can be taken."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from alongside.imports.cells.names import fits_with_gaps, letters_different
from alongside.imports.kinds.desk import Asked, Desk
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.matching import (
    LETTERS_APART,
    Found,
    answered_person,
    candidates,
    who_is_nearest,
    who_stayed,
)
from alongside.imports.register import KnownPerson, KnownStay
from alongside.imports.spelling import squash

NEVER = date.max


def person_staying(row: RowInHand, desk: Desk, day: date) -> KnownPerson | None:
    """The person who was staying on that day (rule 7); otherwise the row is rejected."""
    people = _named(row, desk)
    if people is None:
        return None
    found = who_stayed(people, day)
    _say(row, desk, found)
    if found.person and row.has("person_ref") and not row.text("person_ref"):
        row.doubt("matched-by-name", "name")
    return found.person


def person_nearest(
    row: RowInHand, desk: Desk, apart: Callable[[KnownPerson], int]
) -> KnownPerson | None:
    """The person whose stay lies nearest, for sheets that do not speak of one day."""
    people = _named(row, desk)
    if people is None:
        return None
    found = who_is_nearest(people, apart)
    _say(row, desk, found)
    return found.person


def _named(row: RowInHand, desk: Desk) -> list[KnownPerson] | None:
    """Everybody the row may mean; None when it was already rejected."""
    rows = desk.answers.rows
    if rows and (answer := rows.get(row.fingerprint())):
        person = answered_person(desk.register, answer)
        return [person] if person else []
    text = row.name_text()
    if row.text("person_ref"):
        return _by_reference(row, desk, text)
    if not text:
        row.reject("no-name", "name")
        return None
    return candidates(desk.register, desk.answers, text)


def _by_reference(row: RowInHand, desk: Desk, text: str) -> list[KnownPerson] | None:
    """The reference decides; the name has only to be no other person's."""
    person = desk.register.with_ref(row.text("person_ref"))
    if person is None:
        row.reject("ref-unknown", "person_ref")
        return None
    if not text or squash(text) in person.spellings() or fits_with_gaps(text, person.name):
        return [person]
    spelt = desk.register.spelt(text)
    if spelt or not _nearly(text, person):
        row.reject("ref-and-name-differ", "name")
        return None
    row.doubt("name-differs", "name")
    return [person]


def _nearly(text: str, person: KnownPerson) -> bool:
    asked = squash(text)
    at_most = min(LETTERS_APART, len(asked) // 3)
    return any(letters_different(asked, s, at_most=at_most) for s in person.spellings())


def _say(row: RowInHand, desk: Desk, found: Found) -> None:
    if found.doubt:
        row.doubt(found.doubt, "name")
    if not found.refused:
        return
    row.reject(found.refused, "name")
    if found.refused in {"person-unknown", "which-person"}:
        which = found.refused == "which-person"
        desk.asked.append(Asked(row.name_text(), row.source, which))


def days_from_today(today: date) -> Callable[[KnownPerson], int]:
    """How long ago each person's last stay ended; 0 for those still here."""

    def apart(person: KnownPerson) -> int:
        return min(days_outside(stay, today, today) for stay in person.stays)

    return apart


def days_from_week(monday: date) -> Callable[[KnownPerson], int]:
    """How far each person's nearest stay lies from a week; 0 when they meet."""
    sunday = monday + timedelta(days=6)

    def apart(person: KnownPerson) -> int:
        return min(days_outside(stay, monday, sunday) for stay in person.stays)

    return apart


def days_from_leaving(left: date) -> Callable[[KnownPerson], int]:
    """How far each person's nearest day of leaving lies from the one given."""

    def apart(person: KnownPerson) -> int:
        return min(abs(((stay.moved_out or NEVER) - left).days) for stay in person.stays)

    return apart


def days_outside(stay: KnownStay, first: date, last: date) -> int:
    """Days between a stay and a span of days; 0 when they overlap."""
    if stay.moved_in > last:
        return (stay.moved_in - last).days
    if stay.moved_out and stay.moved_out < first:
        return (first - stay.moved_out).days
    return 0


def latest_stay(person: KnownPerson) -> KnownStay | None:
    """The stay still open, or the one that ended last."""
    return max(person.stays, key=lambda s: (s.moved_out or NEVER, s.moved_in), default=None)
