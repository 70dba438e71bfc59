"""Telling a written date from other text, and its figures apart, before asking for the day."""

from __future__ import annotations

import re
from dataclasses import dataclass

from alongside.imports.spelling import fold
from alongside.imports.words import month_numbers, weekday_words

CLOCK = r"(?:[T ,]+\d{1,2}[:.]\d{2}(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:am|pm|z)?)?"
ISO = re.compile(rf"(\d{{4}})[-/.](\d{{1,2}})[-/.](\d{{1,2}}){CLOCK}", re.IGNORECASE)
FIGURES = re.compile(
    rf"(\d{{1,2}})\s*[./\-\s]\s*(\d{{1,2}})\s*[./\-\s]\s*(\d{{4}}|\d{{2}}){CLOCK}", re.IGNORECASE
)
DAY_MONTH = re.compile(
    rf"(\d{{1,2}})(?:st|nd|rd|th|er|º)?(?:\s+(?:of|de)(?=\s))?[\s\-./]*([^\W\d_]+)(?:\s+del?)?"
    rf"[\s\-./,'’]*(\d{{4}}|\d{{2}}){CLOCK}",
    re.IGNORECASE,
)
MONTH_DAY = re.compile(
    rf"([^\W\d_]+)[\s\-./]*(\d{{1,2}})(?:st|nd|rd|th)?[\s\-./,']+(\d{{4}}|\d{{2}}){CLOCK}",
    re.IGNORECASE,
)
SHORT_FIGURES = re.compile(r"(\d{1,2})\s*[./-]\s*(\d{1,2})\.?")
SHORT_DAY_MONTH = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|er|º)?(?:\s+(?:of|de)(?=\s))?[\s\-./]*([^\W\d_]+)\.?", re.IGNORECASE
)
SHORT_MONTH_DAY = re.compile(r"([^\W\d_]+)[\s\-./]*(\d{1,2})(?:st|nd|rd|th)?\.?", re.IGNORECASE)
MONTHS = 12
HYPHEN_INSIDE = re.compile(r"(?<=[^\W\d_])-(?=[^\W\d_])")
LEADING_WORD = re.compile(r"([^\W\d_]+)[.,\s]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Reading:
    """A date's figures as written, before asking whether there is such a day."""

    year: int
    month: int
    day: int
    short_year: bool


def read_figures(words: str, *, day_first: bool) -> Reading | None:
    """The figures of a date written out in full, or nothing when it is no date."""
    words = without_weekday(_one_word(words))
    if found := ISO.fullmatch(words):
        year, month, day = (int(g) for g in found.groups())
        return Reading(year, month, day, short_year=False)
    if found := FIGURES.fullmatch(words):
        one, two, year = (int(g) for g in found.groups())
        day, month = (one, two) if day_first else (two, one)
        return Reading(year, month, day, len(found.group(3)) == len("26"))
    return _named_month(words)


def _one_word(words: str) -> str:
    """“Hui-tanguru” is one month, with a hyphen or without."""
    return HYPHEN_INSIDE.sub("", words)


def _named_month(words: str) -> Reading | None:
    if found := DAY_MONTH.fullmatch(words):
        day, month, year = found.groups()
    elif found := MONTH_DAY.fullmatch(words):
        month, day, year = found.groups()
    else:
        return None
    number = month_numbers().get(fold(month))
    if number is None:
        return None
    return Reading(int(year), number, int(day), len(year) == len("26"))


def read_short(words: str, *, day_first: bool) -> tuple[int, int] | None:
    """The month and day of a date without its year, such as 3/4, 3. April or Apr 3."""
    words = without_weekday(_one_word(words.strip()))
    if found := SHORT_FIGURES.fullmatch(words):
        one, two = int(found[1]), int(found[2])
        day, month = (one, two) if day_first else (two, one)
        return (month, day) if 1 <= month <= MONTHS and day else None
    if found := SHORT_DAY_MONTH.fullmatch(words):
        day_text, month_text = found[1], found[2]
    elif found := SHORT_MONTH_DAY.fullmatch(words):
        month_text, day_text = found[1], found[2]
    else:
        return None
    number = month_numbers().get(fold(month_text))
    return (number, int(day_text)) if number and int(day_text) else None


def is_short_date(text: str) -> bool:
    """Whether a text is a day and month without a year, whichever of them comes first."""
    return any(read_short(text, day_first=first) for first in (True, False))


def said_weekday(words: str) -> str:
    """The day of the week that a date says before its figures; nothing when it says none."""
    found = LEADING_WORD.match(words.strip())
    return found.group(1) if found and fold(found.group(1)) in weekday_words() else ""


def without_weekday(words: str) -> str:
    """A date without the day of the week before it."""
    found = LEADING_WORD.match(words)
    if found and fold(found.group(1)) in weekday_words():
        return words[found.end() :]
    return words


def is_written_date(text: str) -> bool:
    """Whether a text is a whole date with its year, whatever its order and whether or not it is."""
    return read_figures(text.strip(), day_first=True) is not None
