"""Bare numbers of days in a list, under a month that is named beside it or between its rows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from alongside.imports.columns import DATED
from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.grids import day_number
from alongside.imports.reading.periods import month_in, period_in
from alongside.imports.reading.sheets import Remark, SheetRow, Value
from alongside.imports.reading.table import Table
from alongside.imports.shapes.times import month_of, sources
from alongside.imports.words import month_numbers

BEGINS_AGAIN = 14


@dataclass(frozen=True, slots=True)
class Month:
    """The month of the rows from one on, and whether a line between the rows names it."""

    row: int
    year: int
    month: int
    between: bool


def is_day_number(value: Value) -> bool:
    """Whether a cell is the number of a day and nothing else: 5, “5th”, “Mon 5”."""
    return not isinstance(value, date) and day_number(value) > 0


def months_of(table: Table, mapping: SheetMapping) -> list[Month]:
    """The months that are named above the rows, the first row of each with it."""
    found = []
    if whole := month_of(table):
        found.append(Month(0, whole.year, whole.month, between=False))
    for line in table.set_aside:
        if line.what != "heading":
            continue
        period = period_in(line.words)
        month = period.month if period else month_in(line.words)
        year = period.year if period and not period.until else _year(table, mapping)
        if month:
            found.append(Month(line.row, year, month, between=True))
    return sorted(found, key=lambda one: one.row)


def _year(table: Table, mapping: SheetMapping) -> int:
    named = (period_in(words) for _, words in sources(table))
    return mapping.year or next((p.year for p in named if p and not p.until), 0)


def with_days_numbered(table: Table, mapping: SheetMapping) -> Table:
    """The list with whole dates in place of the numbers of days whose month is named."""
    positions = _positions(mapping)
    if table.shape != "list" or not any(_numbers(table, positions)):
        return table
    months = months_of(table, mapping)
    before: dict[int, tuple[Month, int]] = {}
    records = []
    for row in table.records:
        month = next((m for m in reversed(months) if m.row < row.number and m.year), None)
        records.append(_whole(row, positions, month, before) if month else row)
    return replace(table, records=tuple(records))


def _positions(mapping: SheetMapping) -> list[int]:
    return [c.position for c in mapping.columns if c.field in DATED]


def _numbers(table: Table, positions: list[int]) -> Iterator[SheetRow]:
    for row in table.records:
        if any(n <= len(row.values) and is_day_number(row.values[n - 1]) for n in positions):
            yield row


def _whole(
    row: SheetRow, positions: list[int], month: Month, before: dict[int, tuple[Month, int]]
) -> SheetRow:
    values, remarks = list(row.values), list(row.remarks)
    for n in positions:
        if n > len(values) or not is_day_number(values[n - 1]):
            continue
        number = day_number(values[n - 1])
        last = before.get(n)
        if last and last[0] == month and last[1] - number > BEGINS_AGAIN:
            remarks.append(Remark("days-begin-again", n, refuses=False))
        before[n] = (month, number)
        values[n - 1] = _date(month, number)
    return replace(row, values=tuple(values), remarks=tuple(remarks))


def _date(month: Month, number: int) -> Value:
    try:
        return date(month.year, month.month, number)
    except ValueError:
        return f"{number} {_name(month.month)} {month.year}"


def _name(month: int) -> str:
    return next(word for word, number in month_numbers().items() if number == month)


def day_number_words(table: Table, mapping: SheetMapping) -> str:
    """How many dates are only the number of a day, and which month was taken; nothing for none."""
    if table.shape != "list" or mapping.shape != "list":
        return ""
    count = sum(1 for _ in _numbers(table, _positions(mapping)))
    if not count:
        return ""
    how_many = "1 date is" if count == 1 else f"{count} dates are"
    months = [one for one in months_of(table, mapping) if one.year]
    if not months:
        return f"{how_many} only the number of a day, and nothing says the month."
    named = ", ".join(dict.fromkeys(f"{date(m.year, m.month, 1):%B %Y}" for m in months))
    place = "the lines between the rows" if months[-1].between else "what stands above or the name"
    return f"{how_many} only the number of a day. The month taken is {named}, from {place}."
