"""What stands in the columns of a list, all rows together: orders of dates, years, ticks."""

from __future__ import annotations

from collections.abc import Mapping

from alongside.imports.cells.dates import has_no_year, parse_date, tells_order
from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.sheets import Value, is_empty, text_of
from alongside.imports.reading.table import Column, Table
from alongside.imports.reading.written_dates import read_short
from alongside.imports.spelling import squash
from alongside.imports.words import KindWords, choices, word_list

DATE_FIELDS = frozenset(
    {"born", "moved_in", "moved_out", "received", "interviewed", "decided", "since", "date"}
    | {"week", "left", "when", "follow_up", "task"}
)
# Those whose dates may get a year from beside them: a birthday or a deadline does not.
DATED = DATE_FIELDS - {"born", "when", "follow_up", "task"}
MOSTLY, TICKED_AT_LEAST = 0.7, 2


def column_values(table: Table, position: int) -> list[Value]:
    values = (row.values[position - 1] for row in table.records if position <= len(row.values))
    return [value for value in values if not is_empty(value)]


def date_order(table: Table, mapping: SheetMapping) -> tuple[int, int, int]:
    """Of all dates in figures of a sheet: day first, month first, and those that may be both."""
    told = [
        tells_order(column_values(table, column.position))
        for column in mapping.columns
        if column.field in DATE_FIELDS
    ]
    return sum(t[0] for t in told), sum(t[1] for t in told), sum(t[2] for t in told)


def _dated(table: Table, mapping: SheetMapping) -> list[Value]:
    """The cells of the first column of days, in the order of the list, and of the other ones."""
    return [
        value
        for column in mapping.columns
        if column.field in DATED
        for value in column_values(table, column.position)
    ]


def months_without_year(table: Table, mapping: SheetMapping) -> list[int]:
    """The month of each date that has no year, column by column, in the order of the list."""
    shorts = [text_of(value) for value in _dated(table, mapping) if has_no_year(value)]
    read = [read_short(text, day_first=mapping.day_first) for text in shorts]
    return [one[0] for one in read if one]


def years_beside(table: Table, mapping: SheetMapping) -> list[int]:
    """The years of the dates that have one."""
    days = (parse_date(v, day_first=mapping.day_first).value for v in _dated(table, mapping))
    return [day.year for day in days if day]


def ticked_columns(table: Table, kind: KindWords, taken: Mapping[int, str]) -> dict[int, str]:
    """Columns for each meaning of a choice, with a tick in one of them: Attended, DNA, Cancelled.

    At least two of them have hardly anything but ticks in them.
    """
    found: dict[int, str] = {}
    for field in kind.fields:
        if not field.choice:
            continue
        meant = {
            column.position: f"{field.name}={meaning}"
            for column in table.columns
            if column.position not in taken and (meaning := _meaning(column, field.choice))
        }
        ticks = [position for position in meant if _mostly_ticks(table, position)]
        if len(ticks) >= TICKED_AT_LEAST and len(set(meant.values())) == len(meant):
            found |= meant
    return found


def _meaning(column: Column, choice: str) -> str:
    """The one meaning that a heading is a word for."""
    words = {word: meaning for meaning, ws in choices(choice).items() for word in ws}
    head = squash(column.heading)
    return words.get(head, "") if len(head) > 1 else ""


def _mostly_ticks(table: Table, position: int) -> bool:
    """Whether a column holds ticks, or nothing at all, and not every row one."""
    values = column_values(table, position)
    ticks = sum(is_tick(value) or is_no_tick(value) for value in values)
    return ticks >= len(values) * MOSTLY


def is_tick(value: Value) -> bool:
    return squash(text_of(value)) in word_list("ticks")


def is_no_tick(value: Value) -> bool:
    text = text_of(value)
    return squash(text) in word_list("no_ticks") or not squash(text)
