"""A date in several columns, Day | Month | Year, put together into one."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alongside.imports.reading.grids import day_number
from alongside.imports.reading.periods import MONTHS, month_in, period_in
from alongside.imports.reading.sheets import Remark, SheetRow, Value, is_empty, letter_of, text_of
from alongside.imports.reading.table import Column, Table
from alongside.imports.reading.widths import width_of, wrong_width
from alongside.imports.spelling import squash
from alongside.imports.words import month_numbers, word_list

DAY, MONTH, YEAR = "day", "month", "year"
MOSTLY, LOOKED_AT = 0.6, 60
NAMES = ("", *(next(w for w, n in month_numbers().items() if n == m) for m in range(1, 13)))


@dataclass(frozen=True, slots=True)
class Parts:
    """The columns a date stands in, and what the whole of it is called."""

    heading: str
    columns: Mapping[str, int]

    def positions(self) -> tuple[int, ...]:
        return tuple(sorted(self.columns.values()))


def with_dates_joined(table: Table) -> Table:
    """The table with one column in place of each group of a day, a month and a year."""
    if table.shape != "list" or not table.header_rows:
        return table
    for parts in _parts_in(table):
        table = _joined(table, parts)
    return table


def _parts_in(table: Table) -> list[Parts]:
    found: dict[str, dict[str, int]] = {}
    for column in table.columns:
        part, rest = _part_of(column)
        if part and _fits(table, part, column.position):
            found.setdefault(rest, {}).setdefault(part, column.position)
    plain = found.get("", {})
    if MONTH in plain and DAY not in plain and (position := _day_called_date(table)):
        plain[DAY] = position
    return [
        Parts(rest or "Date", columns)
        for rest, columns in found.items()
        if {DAY, MONTH} <= columns.keys()
    ]


def _part_of(column: Column) -> tuple[str, str]:
    """Which part of a date a heading is, and of which date: “Moved in: day”, “Month of birth”."""
    words = [w for w in re.split(r"[\W_]+", f"{column.group} {column.heading}") if w]
    for index in (len(words) - 1, 0) if words else ():
        for part in (DAY, MONTH, YEAR):
            if squash(words[index]) in word_list(f"{part}_words"):
                rest = words[:index] + words[index + 1 :]
                if rest and squash(rest[0]) == "of":
                    rest = ["Date", *rest]
                return part, " ".join(rest)
    return "", ""


def _day_called_date(table: Table) -> int:
    """A column “Date” beside one of months holds the numbers of the days."""
    found = (c.position for c in table.columns if squash(c.heading) in {"date", "datum"})
    return next((n for n in found if _fits(table, DAY, n)), 0)


def _fits(table: Table, part: str, position: int) -> bool:
    values = [
        row.values[position - 1]
        for row in table.records[:LOOKED_AT]
        if position <= len(row.values) and not is_empty(row.values[position - 1])
    ]
    fits = {DAY: day_number, MONTH: _month, YEAR: _is_year}[part]
    return bool(values) and sum(bool(fits(v)) for v in values) >= len(values) * MOSTLY


def _month(value: Value) -> int:
    text = text_of(value)
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text) if 1 <= int(text) <= MONTHS else 0
    return month_in(text)


def _is_year(value: Value) -> bool:
    return bool(re.fullmatch(r"(?:19|20)?\d\d", text_of(value)))


def _joined(table: Table, parts: Parts) -> Table:
    width = width_of(table)
    longest = max((len(row.values) for row in table.records), default=0)
    position = max(width, longest, *(c.position for c in table.columns)) + 1
    field = "date" if parts.heading == "Date" else "parts"
    places = ", ".join(letter_of(n) for n in parts.positions())
    made = Column(position, parts.heading, field=field, place_is=places, parts=parts.positions())
    kept = tuple(c for c in table.columns if c.position not in parts.positions())
    records: list[SheetRow] = []
    above: dict[str, Value] = {}
    for row in table.records:
        said = {part: _at(row, n) for part, n in parts.columns.items()}
        records.append(_with_date(row, parts, position, _carried(said, above), width))
        above |= {part: value for part, value in said.items() if not is_empty(value)}
    return replace(table, columns=(*kept, made), records=tuple(records))


def _carried(
    said: Mapping[str, Value], above: Mapping[str, Value]
) -> dict[str, tuple[Value, bool]]:
    """Each part, and whether it stands only above: a month is written once for many days."""
    if is_empty(said[DAY]):
        return {part: (value, False) for part, value in said.items()}
    return {
        part: (above.get(part), True) if is_empty(value) else (value, False)
        for part, value in said.items()
    }


def _with_date(
    row: SheetRow,
    parts: Parts,
    position: int,
    said: Mapping[str, tuple[Value, bool]],
    width: int,
) -> SheetRow:
    value = _whole({part: value for part, (value, _) in said.items()})
    values = (*row.values, *[None] * position)[: position - 1]
    at = (*row.at, *((row.number, n) for n in range(len(row.at) + 1, position)))[: position - 1]
    remarks: Sequence[Remark] = row.remarks
    if any(carried for _, carried in said.values()) and value is not None:
        remarks = (*remarks, Remark("month-above", position, refuses=False))
    if code := wrong_width(row, width):
        remarks = (*remarks, Remark(code))
    return replace(
        row,
        values=(*values, value),
        at=(*at, (row.number, parts.columns[DAY])),
        fields=None,
        remarks=tuple(remarks),
    )


def _whole(said: Mapping[str, Value]) -> Value:
    """The day, or the words of what is none, so that it is refused as it was written."""
    day, month, year = (text_of(said.get(part)) for part in (DAY, MONTH, YEAR))
    if not (day or (month and year)):
        return None
    number, name = day_number(said.get(DAY)), _month(said.get(MONTH))
    if period := period_in(month):
        year = year or str(period.year)
    if not number or not name:
        return f"day {day or '?'}, month {month or '?'}, year {year or '?'}"
    try:
        if len(year) == len("2026"):
            return date(int(year), name, number)
    except ValueError:
        pass
    return f"{number} {NAMES[name]} {year}".strip()


def _at(row: SheetRow, position: int) -> Value:
    return row.values[position - 1] if position <= len(row.values) else None
