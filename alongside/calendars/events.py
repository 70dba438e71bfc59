"""A calendar as other programs read it: iCalendar, RFC 5545."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from alongside.kit import clock

LONGEST_LINE = 75
"""In bytes, section 3.1: a longer line goes on in the next, after a blank."""


@dataclass(frozen=True, slots=True)
class Event:
    """One entry: a time from and to, or whole days (`ends` is the day after)."""

    key: UUID
    says: str
    starts: datetime | date
    ends: datetime | date
    place: str = ""


def calendar_file(name: str, events: Iterable[Event]) -> bytes:
    """The whole calendar, to be sent as `text/calendar`."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Alongside//Calendar//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
        *(line for event in events for line in _lines_of(event)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) + b"\r\n" for line in lines)


def _lines_of(event: Event) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@alongside"
    yield f"DTSTAMP:{_instant(clock.now())}"
    yield f"DTSTART{_when(event.starts)}"
    yield f"DTEND{_when(event.ends)}"
    yield f"SUMMARY:{_text(event.says)}"
    if event.place:
        yield f"LOCATION:{_text(event.place)}"
    yield "CLASS:PRIVATE"
    yield "END:VEVENT"


def _when(moment: datetime | date) -> str:
    if isinstance(moment, datetime):
        return f":{_instant(moment)}"
    return f";VALUE=DATE:{moment:%Y%m%d}"


def _instant(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Section 3.3.11: what would end a text, or a line, is marked."""
    for plain, marked in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n"), ("\r", "")):
        words = words.replace(plain, marked)
    return words


def _folded(line: str) -> bytes:
    """Lines of at most 75 bytes, never broken inside a letter."""
    parts: list[bytes] = []
    part = b""
    for letter in line:
        more = letter.encode()
        if len(part) + len(more) > LONGEST_LINE - bool(parts):
            parts.append(part)
            part = b""
        part += more
    return b"\r\n ".join([*parts, part])
