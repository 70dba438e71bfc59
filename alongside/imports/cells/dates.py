"""Reading dates: days, dates of birth, and bare Excel numbers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.imports.cells.parsed import Parsed
from alongside.imports.reading.sheets import Value, text_of
from alongside.imports.reading.weekdays import weekday_of
from alongside.imports.reading.written_dates import (
    FIGURES,
    Reading,
    is_short_date,
    read_figures,
    read_short,
    said_weekday,
    without_weekday,
)

EXCEL_DAY_ZERO = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 3_000, 80_000
SOME_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)")
TWO_FIGURES = 100
# “Mar 24” may be the 24th of March, or March 2024.
MONTH_NUMBER = re.compile(r"[^\W\d_]+[\s\-./]*(?:1\d|2\d|3[01])")
FIRST_YEAR, LAST_YEAR = 1000, 2999
# “14/3/1990 (36)”: the age that stands beside a date of birth says nothing new.
WITH_AGE = re.compile(
    r"(.*\d)\s*[(\[]\s*(?:aged?:?\s*)?\d{1,3}\s*(?:y(?:ea)?rs?(?:\s*old)?|yo|y)?\s*[)\]]",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Birth:
    """A date of birth: exact, or only words, with the year where the words hold one."""

    on: date | None = None
    words: str = ""
    year: int | None = None


type YearOf = Callable[[int], int | None]


def parse_date(
    value: Value, *, day_first: bool = True, year_of: YearOf | None = None
) -> Parsed[date]:
    """A day. `year_of` gives the year of a month for a date that has none, or nothing.

    Doubts: `serial`, `impossible-date`, `unreadable-date`, `weekday-differs`, and with `year_of`
    `no-year`; nothing when blank.
    """
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if _thinkable(day):
            return Parsed(day)
        return Parsed(None, ("impossible-date",), text_of(value))
    words = text_of(value)
    if isinstance(value, str):
        words = words.removeprefix("'")  # Excel’s own sign for text
    if not words:
        return Parsed()
    if serial := _serial(words):
        return Parsed(serial, ("serial",), words)
    reading = read_figures(words, day_first=day_first)
    if reading is None:
        return _without_year(words, year_of, day_first=day_first)
    year = reading.year + 2000 if reading.short_year else reading.year
    on = _day(year, reading)
    return Parsed(on, _doubts(words, on), words)


def _without_year(words: str, year_of: YearOf | None, *, day_first: bool) -> Parsed[date]:
    short = read_short(words, day_first=day_first) if year_of else None
    if short is None or year_of is None:
        return Parsed(None, ("unreadable-date",), words)
    month, day = short
    year = year_of(month)
    if year is None:
        return Parsed(None, ("no-year",), words)
    on = _day(year, Reading(year, month, day, short_year=False))
    unsure = ("day-or-year",) if on and MONTH_NUMBER.fullmatch(words) else ()
    return Parsed(on, (*_doubts(words, on), *unsure), words)


def _doubts(words: str, on: date | None) -> tuple[str, ...]:
    """A day of the week that is written with a date has to be its own."""
    if on is None:
        return ("impossible-date",)
    weekday = weekday_of(said_weekday(words))
    return () if weekday in {None, on.weekday()} else ("weekday-differs",)


def has_no_year(value: Value) -> bool:
    """Whether a cell is a date without its year."""
    text = text_of(value) if isinstance(value, str) else ""
    return bool(text) and is_short_date(text) and not _serial(text)


def parse_birth(
    value: Value, *, today: date, youngest: int = 14, day_first: bool = True
) -> Parsed[Birth]:
    """A date of birth. `youngest` is the age in whole years under which nobody is expected.

    Doubts: `no-dob`, `approx-dob`, `impossible-dob`, `future-dob`, `two-digit-year`, `serial`.
    """
    words = text_of(value)
    if not words:
        return Parsed(Birth(), ("no-dob",))
    value = _bare_birth(value)
    shown = text_of(value)
    reading = read_figures(shown, day_first=day_first) if isinstance(value, str) else None
    if reading and reading.short_year:
        return _short_birth(reading, words, today, youngest)
    read = parse_date(value, day_first=day_first)
    if read.value is None:
        code = "impossible-dob" if "impossible-date" in read.doubts else "approx-dob"
        year = _year_in(words) if code == "approx-dob" else None
        return Parsed(Birth(None, words, year), (code,), words)
    if read.value > today:
        return Parsed(Birth(None, words), ("future-dob",), words)
    return Parsed(Birth(read.value, words, read.value.year), read.doubts, words)


def _bare_birth(value: Value) -> Value:
    """A date of birth without Excel’s sign for text and without the age beside it."""
    if not isinstance(value, str):
        return value
    text = text_of(value).removeprefix("'")
    found = WITH_AGE.fullmatch(text)
    return found[1] if found and read_figures(found[1], day_first=True) else text


def _short_birth(reading: Reading, words: str, today: date, youngest: int) -> Parsed[Birth]:
    latest = today.year - youngest
    century = latest - latest % TWO_FIGURES
    year = century + reading.year
    on = _day(year, reading)
    if year > latest or (on and _age(on, today) < youngest):
        on = _day(year - TWO_FIGURES, reading)
    if on is None:
        return Parsed(Birth(None, words), ("impossible-dob",), words)
    return Parsed(Birth(on, words, on.year), ("two-digit-year",), words)


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _year_in(words: str) -> int | None:
    found = SOME_YEAR.search(words)
    return int(found.group()) if found else None


def _serial(words: str) -> date | None:
    """A bare number as Excel counts days."""
    if not re.fullmatch(r"\d{4,5}(\.\d+)?", words):
        return None
    days = int(float(words))
    if not FIRST_SERIAL <= days <= LAST_SERIAL or re.fullmatch(r"(19|20)\d\d", words):
        return None
    return EXCEL_DAY_ZERO + timedelta(days=days)


def _day(year: int, reading: Reading) -> date | None:
    try:
        on = date(year, reading.month, reading.day)
    except ValueError:
        return None
    return on if _thinkable(on) else None


def _thinkable(on: date) -> bool:
    """Years that somebody may have meant, if only by a slip of one figure."""
    return FIRST_YEAR <= on.year <= LAST_YEAR


def tells_order(values: Iterable[Value]) -> tuple[int, int, int]:
    """How many written dates can only be day first, how many only month first, how many either."""
    day_first = month_first = either = 0
    for value in values:
        found = (
            FIGURES.fullmatch(without_weekday(value.strip())) if isinstance(value, str) else None
        )
        if found:
            one, two = int(found.group(1)), int(found.group(2))
            day_first += one > 12 >= two  # noqa: PLR2004
            month_first += two > 12 >= one  # noqa: PLR2004
            either += one != two and max(one, two) <= 12  # noqa: PLR2004
    return day_first, month_first, either


def guess_day_first(values: Iterable[Value]) -> bool | None:
    """Whether days come first in a column of dates; None when nothing in it tells."""
    day_first, month_first, _ = tells_order(values)
    if day_first == month_first:
        return None
    return day_first > month_first
