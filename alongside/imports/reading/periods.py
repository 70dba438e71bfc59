"""Months, years and weeks that are named beside a list: in its title, its sheet or its file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.imports.reading.sheets import SheetRow, Value, is_empty, text_of
from alongside.imports.reading.written_dates import read_figures, read_short
from alongside.imports.spelling import fold
from alongside.imports.words import month_numbers

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
SPAN = re.compile(r"(?<!\d)(20\d\d)\s*[-/–—]\s*(?:20)?(\d\d)(?!\d|\s*[-/.]\s*\d)")
MONTH_YEAR = re.compile(r"([^\W\d_]{3,})[\s.'’,_/-]*(20\d\d|\d\d)(?!\d)")
YEAR_MONTH = re.compile(r"(?<!\d)(20\d\d)[-_.\s](\d{2})(?!\d)")
WORDS = re.compile(r"[^\W\d_]{3,}")
WEEK_SAID = re.compile(
    r"(?<![^\W\d_])(?:w\s*/?\s*c|w\s*/?\s*b|w\.c\.?|(?:week|wk)\s*(?:commencing|beginning|starting|of|from)?"
    r"|woche\s*(?:vom|ab)?|semaine\s*(?:du)?|week\s*van|semana\s*(?:del)?)(?![^\W\d_])[\s:.]*",
    re.IGNORECASE,
)
WEEK_ENDING = re.compile(
    r"(?<![^\W\d_])(?:w\s*/?\s*e|week\s*end(?:ing|s)?|wk\s*end(?:ing)?)(?![^\W\d_])[\s:.]*",
    re.IGNORECASE,
)
WEEK_NUMBER = re.compile(
    r"(?<![^\W\d_])(?:week|wk|kw|kalenderwoche|semaine|sem)\s*\.?\s*(?:no\.?|nr\.?)?\s*(\d{1,2})(?![\d/.-])",
    re.IGNORECASE,
)
DATE_INSIDE = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s*[./-]\s*\d{1,2}\s*[./-]\s*(?:\d{4}|\d{2})(?!\d)"
    r"|\d{1,2}(?:st|nd|rd|th)?\.?(?:\s+of)?[\s-]+[^\W\d_]{3,}\.?[\s,'-]+(?:\d{4}|\d{2})(?!\d)"
    r"|[^\W\d_]{3,}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4}",
    re.IGNORECASE,
)
LAST_WEEK, LONGEST = 53, 200
MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A year, with its month when that is said; `until` when it names two years, as 2025-26."""

    year: int
    month: int = 0
    until: int = 0


def period_in(text: str) -> Period | None:
    """The one month or year a text names; nothing when it names none, or several."""
    if len(text) > LONGEST:
        return None
    rest = DATE_INSIDE.sub(" ", text)
    if (found := SPAN.search(rest)) and int(found[2]) == (int(found[1]) + 1) % 100:
        return Period(int(found[1]), until=int(found[1]) + 1)
    if (found := YEAR_MONTH.search(rest)) and 1 <= int(found[2]) <= MONTHS:
        return Period(int(found[1]), int(found[2]))
    named = {
        (int(year) % 100 + 2000, number)
        for month, year in MONTH_YEAR.findall(rest)
        if (number := month_numbers().get(fold(month)))
    }
    if len(named) == 1:
        return Period(*named.pop())
    years = {int(year) for year in YEAR.findall(rest)}  # the day it was printed says little
    return Period(years.pop()) if len(years) == 1 and not named else None


def month_in(text: str) -> int:
    """The one month a text names, whatever the year; 0 for none or several."""
    if len(text) > LONGEST:
        return 0
    words = (fold(word) for word in WORDS.findall(text))
    months = {month_numbers()[word] for word in words if word in month_numbers()}
    return months.pop() if len(months) == 1 else 0


def says_week(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    return bool(WEEK_SAID.search(text) or WEEK_ENDING.search(text))


def week_in(text: str, *, day_first: bool = True) -> date | None:
    """The first day of the week a text names: “w/c 2 March 2026”, “KW 10 2026”."""
    if len(text) > LONGEST:
        return None
    if (found := WEEK_ENDING.search(text)) and (dates := DATE_INSIDE.search(text[found.end() :])):
        last = _day(dates.group(), day_first=day_first)
        return same_week(last, 0) if last else None
    found = WEEK_SAID.search(text)
    if found and (dates := DATE_INSIDE.search(text[found.end() :])):
        return _day(dates.group(), day_first=day_first)
    if (found := WEEK_NUMBER.search(text)) and (year := YEAR.search(text[found.end() :])):
        return monday_of(int(year[1]), int(found[1]))
    return None


def week_among(rows: list[SheetRow], *, day_first: bool = True) -> date | None:
    """The week that a line names, with its date in the same cell or in the one after it."""
    for row in reversed(rows):
        for index, value in enumerate(row.values):
            if not isinstance(value, str) or not (says_week(value) or WEEK_NUMBER.search(value)):
                continue
            if found := week_in(value, day_first=day_first):
                return found
            if found := _next_day(row.values[index + 1 :], day_first=day_first):
                return found
    return None


def _next_day(values: tuple[Value, ...], *, day_first: bool) -> date | None:
    following = next((value for value in values if not is_empty(value)), None)
    if isinstance(following, date):
        return following.date() if isinstance(following, datetime) else following
    return _day(text_of(following), day_first=day_first)


def short_week_in(text: str, *, day_first: bool = True) -> tuple[int, int] | None:
    """The month and day of a week that is named without its year: “w/c 2/3”."""
    found = WEEK_SAID.search(text[:LONGEST])
    return read_short(text[found.end() :], day_first=day_first) if found else None


def monday_of(year: int, week: int) -> date | None:
    """The Monday of a week by its number, as ISO 8601 counts them."""
    try:
        return date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def week_number(text: str) -> int:
    """The number of a week that a text names alone; 0 for none."""
    found = WEEK_NUMBER.fullmatch(text.strip())
    return int(found[1]) if found and int(found[1]) <= LAST_WEEK else 0


def _day(text: str, *, day_first: bool = True) -> date | None:
    reading = read_figures(text.strip(), day_first=day_first)
    if reading is None:
        return None
    try:
        year = reading.year + 2000 if reading.short_year else reading.year
        return date(year, reading.month, reading.day)
    except ValueError:
        return None


def same_week(day: date, weekday: int) -> date:
    """That day of the week, in the week that begins on the Monday on or before `day`."""
    return day - timedelta(days=day.weekday()) + timedelta(days=weekday)
