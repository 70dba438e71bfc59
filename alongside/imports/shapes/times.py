"""What stands beside a table about its days: the first day of a grid, the year of short dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import PurePath

from alongside.imports.reading.periods import (
    DATE_INSIDE,
    LONGEST,
    period_in,
    short_week_in,
    week_among,
    week_in,
)
from alongside.imports.reading.sheets import SheetRow, text_of
from alongside.imports.reading.table import Table
from alongside.imports.undated import ABOVE, FILE, SHEET, Section

PART = re.compile(r" \((?:row \d+|[A-Z]+) on\)$")


def sheet_name(table: Table) -> str:
    """The name of the sheet, without which part of it this is."""
    return PART.sub("", table.name)


def sources(table: Table) -> Iterator[tuple[str, str]]:
    """Words that may name a month or a year, the nearest first, each with where it stands."""
    for words in reversed(table.lines_above):
        yield ABOVE, words
    yield SHEET, sheet_name(table)
    yield FILE, PurePath(table.file).stem.replace("_", " ")


def own_lines(table: Table) -> list[SheetRow]:
    """The lines of this table above its records, its heading included."""
    if not table.header_rows:
        return []
    return [row for row in table.sheet.rows if row.number <= max(table.header_rows)]


def week_of(table: Table, *, day_first: bool) -> date | None:
    """The week that a grid of weekdays is of, when something beside it says so."""
    if found := week_among(own_lines(table), day_first=day_first):
        return found
    for source, words in sources(table):
        if source != ABOVE and (found := week_in(words, day_first=day_first)):
            return found
    return _dated_name(table, day_first=day_first)


def _dated_name(table: Table, *, day_first: bool) -> date | None:
    """A sheet or a file called after one day: that day’s week."""
    for source, words in sources(table):
        days = DATE_INSIDE.findall(words[:LONGEST]) if source != ABOVE else []
        if len(days) == 1:
            return week_in(f"week {days[0]}", day_first=day_first)
    return None


def short_week_of(table: Table, *, day_first: bool) -> tuple[int, int] | None:
    """The month and day of the week, where it is named without its year."""
    lines = [text_of(v) for row in reversed(own_lines(table)) for v in row.values]
    names = [words for source, words in sources(table) if source != ABOVE]
    return next(
        (found for text in (*lines, *names) if (found := short_week_in(text, day_first=day_first))),
        None,
    )


def month_of(table: Table) -> date | None:
    """The first day of the month that a grid of day numbers is of."""
    for _, words in sources(table):
        if (period := period_in(words)) and period.month:
            return date(period.year, period.month, 1)
    return None


def sections_of(table: Table) -> tuple[Section, ...]:
    """Lines between the records that name a month or a year."""
    told = [one for one in table.set_aside if one.what == "heading"]
    return tuple(Section(one.row, p) for one in told if (p := period_in(one.words)))
