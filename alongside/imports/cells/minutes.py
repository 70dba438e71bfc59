"""Reading lengths of time, in whole minutes."""

from __future__ import annotations

import math
import re
from datetime import datetime, time, timedelta
from decimal import Decimal

from alongside.imports.cells.parsed import Parsed
from alongside.imports.reading.sheets import Value, text_of
from alongside.imports.spelling import fold

HOUR = 60
LONGEST = 8 * HOUR
NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
HALVES = {"½": ".5", "¼": ".25", "¾": ".75"}
MINUTES = re.compile(r"(\d+)\s*(?:m|min|mins|minute|minutes)\.?")
CLOCK = re.compile(r"(\d{1,2}):(\d{2})(?::\d{2})?")
HOURS = re.compile(
    r"(\d*(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours)\.?"
    r"(?:\s*(?:and)?\s*(\d+)\s*(?:m|min|mins|minute|minutes)?\.?)?"
)
# Among hours 1.25 and 1.5 are parts of an hour; 1.15, 1.30 and 1.45 are what a clock shows.
CLOCK_LIKE = re.compile(r"(\d)\.(15|3|30|45)")
SPAN = re.compile(r"(\d{1,2})[:.](\d{2})\s*(?:-|–|—|to|bis|until)\s*(\d{1,2})[:.](\d{2})")
ONE_HOUR = re.compile(r"(?:an|one|1)\s+hour")
HALF_HOUR = re.compile(r"(?:a\s+)?half\s+(?:an\s+)?hours?")


def parse_minutes(value: Value, *, unit_minutes: int = 1) -> Parsed[int]:
    """Minutes. `unit_minutes` is what a bare number counts: 1 for minutes, 60 for hours.

    Doubts: `minutes-like-a-clock` (1.30 among hours, read so); `minutes-unclear` (nothing is
    guessed) and `minutes-unlikely` (more than eight hours): they stay unknown.
    """
    words = text_of(value)
    if not words:
        return Parsed()
    if unit_minutes == HOUR and (found := CLOCK_LIKE.fullmatch(words)):
        shown = int(found[1]) * HOUR + int(found[2].ljust(2, "0"))
        return Parsed(shown, ("minutes-like-a-clock",), words)
    minutes = _minutes(value, words, unit_minutes)
    if minutes is None or minutes <= 0:
        return Parsed(None, ("minutes-unclear",), words)
    if minutes > LONGEST:
        return Parsed(None, ("minutes-unlikely",), words)
    return Parsed(minutes, (), words)


def _minutes(value: Value, words: str, unit: int) -> int | None:
    if isinstance(value, datetime | time):
        return value.hour * HOUR + value.minute
    if isinstance(value, timedelta):
        return round(value.total_seconds() / 60)
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float | Decimal):
        if not math.isfinite(value):
            return None
        return round(float(value) * unit)
    return _from_words(words, unit)


def _from_words(words: str, unit: int) -> int | None:
    text = fold_fractions(words).removeprefix("'")
    if NUMBER.fullmatch(text):
        return round(float(text.replace(",", ".")) * unit)
    if found := MINUTES.fullmatch(text):
        return int(found.group(1))
    if found := CLOCK.fullmatch(text):
        return int(found.group(1)) * HOUR + int(found.group(2))
    if HALF_HOUR.fullmatch(text) or ONE_HOUR.fullmatch(text):
        return HOUR if ONE_HOUR.fullmatch(text) else HOUR // 2
    return _from_clock_or_hours(text)


def _from_clock_or_hours(text: str) -> int | None:
    if found := SPAN.fullmatch(text):
        hour, minute, to_hour, to_minute = (int(part) for part in found.groups())
        return (to_hour - hour) * HOUR + to_minute - minute
    if (found := HOURS.fullmatch(text)) and found.group(1):
        return round(float(found.group(1).replace(",", ".")) * HOUR) + int(found.group(2) or 0)
    return None


def fold_fractions(words: str) -> str:
    """“1 ½ hr” as “1.5 hr”."""
    for mark, decimal in HALVES.items():
        words = re.sub(rf"\s*{mark}", decimal, words)
    return fold(words).strip()
