"""A grid turned on its side: a row for each day, and a column for each person."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.imports.reading.above import is_name
from alongside.imports.reading.grids import Grid, head_kind
from alongside.imports.reading.headings import known_headings
from alongside.imports.reading.sheets import Sheet, SheetRow, Value, is_empty, letter_of, text_of
from alongside.imports.reading.table import Column, SetAside, Table

FEWEST_DAYS, FEWEST_PEOPLE, LONGEST_MARK = 3, 2, 16
MOSTLY = 0.7


def turned_grid(sheet: Sheet, rows: Sequence[SheetRow]) -> Table | None:
    """The grid of a sheet with names above its columns and a day in each row, or nothing.

    Every heading beside the days has to be a name, and most cells below are marks.
    """
    for index, row in enumerate(rows[:FEWEST_DAYS]):
        names = [n for n, v in enumerate(row.values, 1) if n > 1 and not is_empty(v)]
        below = [one for one in rows[index + 1 :] if not is_empty(_at(one, 1))]
        if len(names) < FEWEST_PEOPLE or len(below) < FEWEST_DAYS or known_headings(row.values[1:]):
            continue
        if not all(is_name(text_of(_at(row, n))) for n in names):
            continue
        days = [one for one in below if head_kind(_at(one, 1))]
        if len(days) >= len(below) * MOSTLY and _are_marks(days, names):
            others = [one for one in rows if one not in days and one is not row]
            return _table(sheet, row, names, days, others)
    return None


def _are_marks(rows: Sequence[SheetRow], names: Sequence[int]) -> bool:
    cells = [text_of(_at(row, n)) for row in rows for n in names if not is_empty(_at(row, n))]
    return sum(len(text) <= LONGEST_MARK for text in cells) >= len(cells) * MOSTLY


def _table(
    sheet: Sheet,
    head: SheetRow,
    names: Sequence[int],
    days: Sequence[SheetRow],
    others: Sequence[SheetRow],
) -> Table:
    """The grid with a row for each person; each value keeps the cell it stands in."""
    positions = tuple(range(2, len(days) + 2))
    heads = SheetRow(
        head.number,
        (None, *(_at(row, 1) for row in days)),
        at=((head.number, 1), *((row.number, 1) for row in days)),
    )
    kind = head_kind(_at(days[0], 1)) or "date"
    columns = (
        Column(1, "Name", field="name"),
        *(Column(n, text_of(heads.values[n - 1])) for n in positions),
    )
    aside = tuple(SetAside(row.number, "no day", _words(row)) for row in others)
    return Table(
        sheet,
        (head.number,),
        columns,
        tuple(_person(head, n, days) for n in names),
        tuple(one for one in aside if one.row > head.number),
        tuple(SetAside(o.row, "title", o.words) for o in aside if o.row < head.number),
        grid=Grid(heads, (head.number,), kind, positions, {}, {}),
        shape="days",
    )


def _person(head: SheetRow, column: int, days: Sequence[SheetRow]) -> SheetRow:
    return SheetRow(
        head.number,
        (_at(head, column), *(_at(row, column) for row in days)),
        at=((head.number, column), *((row.number, column) for row in days)),
        part=letter_of(column),
    )


def _at(row: SheetRow, position: int) -> Value:
    return row.values[position - 1] if position <= len(row.values) else None


def _words(row: SheetRow) -> str:
    return " ".join(text_of(value) for value in row.values if not is_empty(value))
