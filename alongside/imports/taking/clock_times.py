"""A time of day as people write it: 21:05, 9.15pm, 9 am."""

from __future__ import annotations

import re
from datetime import time

CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.](\d{2})(?!\d)(?::\d{2})?\s*([ap])?\.?m?", re.IGNORECASE)
HOUR = re.compile(r"(?<!\d)(\d{1,2})\s*([ap])\.?m", re.IGNORECASE)
NOON_HOUR, HOURS, MINUTES = 12, 24, 60


def began(text: str) -> time | None:
    """The first time of day in the text; None when there is none that exists."""
    if found := CLOCK.search(text):
        return _time(int(found[1]), int(found[2]), found[3] or "")
    if found := HOUR.search(text):
        return _time(int(found[1]), 0, found[2])
    return None


def _time(hour: int, minute: int, half: str) -> time | None:
    if half and hour <= NOON_HOUR:
        hour = hour % NOON_HOUR + (NOON_HOUR if half.lower() == "p" else 0)
    return time(hour, minute) if hour < HOURS and minute < MINUTES else None
