"""A time of day as people write it: 21:05, 9.15pm, 9 am."""

from __future__ import annotations

import re
from datetime import time

from alongside.imports.reading.sheets import Value, text_of

CLOCK = re.compile(r"(?<!\d)(\d{1,2})[:.](\d{2})(?!\d)(?::\d{2})?\s*([ap])?\.?m?", re.IGNORECASE)
FIGURES = re.compile(r"([01]\d|2[0-3])([0-5]\d)\s*(?:hrs?|h|uhr)?", re.IGNORECASE)
# 14.30 typed into Excel is kept as the number 14.3; a time without a cell of its own kind as 0.6.
CUT_SHORT = re.compile(r"(\d{1,2})[.,](\d)")
PART_OF_A_DAY = re.compile(r"0?[.,]\d{3,}")
FRENCH = re.compile(r"(\d{1,2})\s?h\s?(\d{2})?", re.IGNORECASE)
AFTER_A_DATE = re.compile(
    r"\d[T ,]+(\d{1,2}[:.]\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?)Z?$", re.IGNORECASE
)
HOUR = re.compile(r"(?<!\d)(\d{1,2})\s*([ap])\.?m", re.IGNORECASE)
NOON_HOUR, HOURS, MINUTES = 12, 24, 60


def clock_beside(value: Value) -> str:
    """The time of day in a cell that holds a date; nothing when it is midnight or has none."""
    found = AFTER_A_DATE.search(text_of(value))
    return "" if not found or not found[1].strip("0:.") else found[1]


def began(text: str) -> time | None:
    """The first time of day in the text; None when there is none that exists."""
    text = text.strip()
    if (told := _short(text)) is not None:
        return told
    if found := CLOCK.search(text):
        return _time(int(found[1]), int(found[2]), found[3] or "")
    if found := HOUR.search(text):
        return _time(int(found[1]), 0, found[2])
    return None


def _short(text: str) -> time | None:
    """1430, 14.3, 14h30, and a part of a day as Excel counts it."""
    if found := FIGURES.fullmatch(text) or FRENCH.fullmatch(text):
        return _time(int(found[1]), int(found[2] or 0), "")
    if found := CUT_SHORT.fullmatch(text):
        return _time(int(found[1]), int(found[2]) * 10, "")
    if PART_OF_A_DAY.fullmatch(text):
        minutes = round(float(text.replace(",", ".")) * HOURS * MINUTES)
        return _time(minutes // MINUTES, minutes % MINUTES, "")
    return None


def _time(hour: int, minute: int, half: str) -> time | None:
    if half and hour <= NOON_HOUR:
        hour = hour % NOON_HOUR + (NOON_HOUR if half.lower() == "p" else 0)
    return time(hour, minute) if hour < HOURS and minute < MINUTES else None
