"""Finding a grid: a row for each person, and a day above each column."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Literal

from alongside.imports.reading.periods import (
    short_week_in,
    week_in,
    week_number,
)
from alongside.imports.reading.sheets import Merged, SheetRow, Value, is_empty, text_of
from alongside.imports.reading.weekdays import weekdays_of
from alongside.imports.reading.written_dates import is_short_date, is_written_date
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

type Head = Literal["date", "short", "number", "week", "weekday"]

LAST_DAY = 31
FEWEST: Mapping[Head, int] = {"date": 2, "short": 2, "week": 2, "weekday": 3, "number": 5}
BEST: Sequence[Head] = ("date", "short", "week", "number", "weekday")
DAY_NUMBER = re.compile(r"0?(\d{1,2})(?:st|nd|rd|th|\.|er)?")
NAMED_NUMBER = re.compile(r"([^\W\d_]+)[.,]?\s*(\d{1,2})(?:st|nd|rd|th|\.)?")
NUMBER_NAMED = re.compile(r"(\d{1,2})(?:st|nd|rd|th|\.)?\s*([^\W\d_]+)\.?")
MOSTLY, HARDLY = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Grid:
    """The days above the columns. `above` and `below` are what stands over and under each of them.

    `head` is the row the days stand in, `rows` all rows of the heading.
    """

    head: SheetRow
    rows: tuple[int, ...]
    kind: Head
    positions: tuple[int, ...]
    above: Mapping[int, Value]
    below: Mapping[int, Value]


def day_number(value: Value) -> int:
    """The day of the month a heading is: 5, “5th”, “Mon 5”; 0 for none."""
    if isinstance(value, bool) or value is None:
        return 0
    if isinstance(value, int | float):
        return int(value) if 1 <= value <= LAST_DAY and value == int(value) else 0
    text = text_of(value)
    if found := DAY_NUMBER.fullmatch(text):
        return _up_to_31(found[1])
    if (found := NAMED_NUMBER.fullmatch(text)) and weekdays_of([found[1]]) is not None:
        return _up_to_31(found[2])
    if (found := NUMBER_NAMED.fullmatch(text)) and weekdays_of([found[2]]) is not None:
        return _up_to_31(found[1])
    return 0


def _up_to_31(text: str) -> int:
    return int(text) if 1 <= int(text) <= LAST_DAY else 0


def _is(kind: Head, value: Value) -> bool:
    if kind == "number":
        return day_number(value) > 0
    if not isinstance(value, str) or is_empty(value):
        return kind == "date" and isinstance(value, date)
    text = text_of(value)
    if kind == "date":
        return is_written_date(text) or week_in(text) is not None
    if kind == "short":
        return is_short_date(text) or short_week_in(text) is not None
    return week_number(text) > 0 if kind == "week" else weekdays_of([text]) is not None


def head_kind(value: Value) -> Head | None:
    """Whether a cell is a date, with its year or without."""
    if _is("date", value):
        return "date"
    return "short" if _is("short", value) else None


def grid_at(rows: Sequence[SheetRow], index: int, merged: tuple[Merged, ...]) -> Grid | None:
    """The grid whose heading begins in this row, or nothing.

    The line below says more when it has dates and this one weekdays, or days in more columns.
    """
    found = _grid_in(rows, index, merged)
    if found is None or index + 1 == len(rows) or rows[index + 1].number != rows[index].number + 1:
        return found
    below = _grid_in(rows, index + 1, merged)
    if below is None:
        return found
    finer = len(below.positions) > len(found.positions)
    return below if finer or BEST.index(below.kind) < BEST.index(found.kind) else found


def _grid_in(rows: Sequence[SheetRow], index: int, merged: tuple[Merged, ...]) -> Grid | None:
    """The grid whose days stand in this row, or nothing.

    Days above columns that hold days themselves are no heading, but records.
    """
    row = rows[index]
    for kind in BEST:
        positions = _positions(row, kind)
        if len(positions) < FEWEST[kind] or not _goes_up(row, positions, kind):
            continue
        if positions[0] == 1 or len(positions) < _others(row, positions):
            continue
        if _holds_days(rows[index + 1 :], positions) or not _has_names(
            rows[index + 1 :], positions
        ):
            continue
        return _with_neighbours(rows, index, kind, positions, merged)
    return None


def _positions(row: SheetRow, kind: Head) -> tuple[int, ...]:
    found = tuple(n for n, value in enumerate(row.values, 1) if _is(kind, value))
    if kind != "weekday":
        return found
    texts = [text_of(row.values[n - 1]) for n in found]
    return found if weekdays_of(texts) is not None else ()


def _others(row: SheetRow, positions: tuple[int, ...]) -> int:
    return sum(not is_empty(value) for value in row.values) - len(positions)


def _goes_up(row: SheetRow, positions: tuple[int, ...], kind: Head) -> bool:
    """Days above columns follow one another; numbers do so without wide gaps."""
    if kind == "number":
        numbers = [day_number(row.values[n - 1]) for n in positions]
        steps = [b - a for a, b in pairwise(numbers)]
        near = sum(1 <= step <= 3 or step < -20 for step in steps)  # noqa: PLR2004 - a weekend, a month
        return near >= len(steps) * MOSTLY and sum(step < 0 for step in steps) <= 1
    if kind != "date":
        return True
    days = [v for n in positions if isinstance(v := row.values[n - 1], date)]
    stamps = [(v.year, v.month, v.day) for v in days]
    return all(a < b for a, b in pairwise(stamps))


def _cells(rows: Sequence[SheetRow], positions: tuple[int, ...]) -> list[Value]:
    return [
        row.values[n - 1]
        for row in rows
        for n in positions
        if n <= len(row.values) and not is_empty(row.values[n - 1])
    ]


def _holds_days(rows: Sequence[SheetRow], positions: tuple[int, ...]) -> bool:
    cells = _cells(rows, positions)
    days = sum(isinstance(v, date) or (isinstance(v, str) and is_written_date(v)) for v in cells)
    return bool(cells) and days > len(cells) * HARDLY


def _has_names(rows: Sequence[SheetRow], positions: tuple[int, ...]) -> bool:
    """Whether words stand before the days in some row."""
    return any(
        isinstance(value, str) and any(c.isalpha() for c in value)
        for row in rows
        for value in row.values[: positions[0] - 1]
    )


def _with_neighbours(
    rows: Sequence[SheetRow],
    index: int,
    kind: Head,
    positions: tuple[int, ...],
    merged: tuple[Merged, ...],
) -> Grid:
    row = rows[index]
    above_row = rows[index - 1] if index and _stands_over(rows[index - 1], row, positions) else None
    below_row = rows[index + 1] if index + 1 < len(rows) else None
    if below_row is not None and not _stands_under(below_row, row, positions):
        below_row = None
    wide = _widened(row, positions, below_row, merged)
    head = [one for one in (above_row, row, below_row) if one is not None]
    return Grid(
        head=row,
        rows=tuple(one.number for one in head),
        kind=kind,
        positions=wide,
        above=_carried(above_row, wide) if above_row else {},
        below={n: _at(below_row, n) for n in wide} if below_row else {},
    )


def _stands_over(upper: SheetRow, row: SheetRow, positions: tuple[int, ...]) -> bool:
    """Whether the line above belongs to the heading: it says something over the days."""
    if upper.number != row.number - 1:
        return False
    return any(not is_empty(_at(upper, n)) for n in positions)


def _stands_under(lower: SheetRow, row: SheetRow, positions: tuple[int, ...]) -> bool:
    """Whether the line below is a part of the heading: days of the week, or halves of the day."""
    if lower.number != row.number + 1 or not is_empty(_at(lower, 1)):
        return False
    under = range(positions[0], max(len(lower.values), *positions) + 1)
    texts = [text_of(_at(lower, n)) for n in under if not is_empty(_at(lower, n))]
    if len(texts) * 2 <= len(positions) and len(texts) < FEWEST["weekday"]:
        return False
    return weekdays_of(texts) is not None or all(squash(t) in word_list("halves") for t in texts)


def _widened(
    row: SheetRow, positions: tuple[int, ...], below: SheetRow | None, merged: tuple[Merged, ...]
) -> tuple[int, ...]:
    """A day over several columns has all of them: merged, or with halves of the day below it."""
    spans = [m for m in merged if m.top <= row.number <= m.bottom and m.left in positions]
    extra = {n for m in spans for n in range(m.left, m.right + 1)}
    if below and weekdays_of([text_of(_at(below, n)) for n in positions]) is None:
        extra |= {
            n for n in range(positions[0], len(below.values) + 1) if not is_empty(_at(below, n))
        }
    return tuple(sorted({*positions, *extra}))


def _carried(row: SheetRow, positions: tuple[int, ...]) -> dict[int, Value]:
    """What stands over each column; a month or a week is written once, over its first day."""
    found: dict[int, Value] = {}
    last: Value = None
    for n in range(1, max(positions) + 1):
        value = _at(row, n)
        last = value if not is_empty(value) else last
        if n in positions and last is not None:
            found[n] = last
    return found


def _at(row: SheetRow | None, position: int) -> Value:
    return row.values[position - 1] if row and position <= len(row.values) else None
