"""Finding the tables of a file: lists with a heading, grids with days above, forms with labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from alongside.imports.reading.above import with_names_between, with_what_stands_above
from alongside.imports.reading.asides import not_a_record, says_total
from alongside.imports.reading.below import parts_of
from alongside.imports.reading.beside import split, split_at
from alongside.imports.reading.dates_in_parts import with_dates_joined
from alongside.imports.reading.forms import form_in
from alongside.imports.reading.grids import Grid, grid_at
from alongside.imports.reading.heading_rows import (
    SEARCHED_ROWS,
    at,
    columns_of,
    filled,
    header_block,
    header_index,
)
from alongside.imports.reading.headings import known_headings
from alongside.imports.reading.repeated import with_list_of_its_own
from alongside.imports.reading.sheets import (
    Sheet,
    SheetRow,
    SourceFile,
    is_empty,
    letter_of,
    text_of,
)
from alongside.imports.reading.table import Column, SetAside, Table
from alongside.imports.reading.turned import turned_grid

SHORT_LINE = 3


def tables_in(source: SourceFile) -> list[Table]:
    """The tables of a file: of each sheet its one table, or every one beside or below another."""
    found = [
        replace(table, file=source.name)
        for sheet in source.sheets
        for table in _with_lines_above(sheet, _tables_below(sheet))
    ]
    return found if any(table.columns for table in found) else []


def _tables_below(sheet: Sheet) -> list[Table]:
    return [table for part in parts_of(sheet) for table in _tables_of(part)]


def _with_lines_above(sheet: Sheet, tables: list[Table]) -> Iterator[Table]:
    """Each table with what the lines above it say, since the end of the list before it."""
    ends = [max((r.number for r in t.records), default=0) for t in tables if t.shape != "form"]
    for table in tables:
        first = min(table.header_rows, default=0)
        since = max((end for end in ends if end < first), default=0)
        above = [row for row in sheet.rows if since < row.number < first]
        told = with_names_between(with_what_stands_above(table, above))
        told = with_dates_joined(told)
        yield replace(told, lines_above=_lines_above(table, sheet))


def _lines_above(table: Table, sheet: Sheet) -> tuple[str, ...]:
    first = min(table.header_rows, default=0)
    return tuple(
        words_of(row) for row in sheet.rows if row.number < first and 0 < filled(row) <= SHORT_LINE
    )


def _tables_of(sheet: Sheet) -> list[Table]:
    """The tables of a part of a sheet; one without columns, so that it is spoken of, for words."""
    table = find_table(sheet)
    if table is None:
        titles = tuple(SetAside(r.number, "title", words_of(r)) for r in sheet.rows)
        return [Table(sheet, (), (), (), (), titles, "none")] if sheet.rows else []
    if table.grid or table.shape == "form":
        return [table]
    below = [row for row in sheet.rows if row.number > max(table.header_rows, default=0)]
    header = next((r for r in sheet.rows if r.number in table.header_rows), None)
    first = split_at(header, [row for row in below if not row.is_blank()]) if header else 0
    if not first:
        return with_list_of_its_own(table)
    return [found for part in split(sheet, first) for found in _tables_of(part)]


def find_table(sheet: Sheet) -> Table | None:
    """The table of a sheet, or None when nothing in it looks like a list with columns."""
    rows = [row for row in sheet.rows if not row.is_blank()]
    if form := form_in(sheet, rows):
        return form
    for index in range(min(len(rows), SEARCHED_ROWS)):
        if grid := grid_at(rows, index, sheet.merged):
            return _grid_table(sheet, rows, grid)
        if known_headings(rows[index].values) > 1:
            break  # days further down are what the records of a list say
    if turned := turned_grid(sheet, rows):
        return turned
    return list_in(sheet, rows)


def list_in(sheet: Sheet, rows: Sequence[SheetRow]) -> Table | None:
    """The list of a sheet: a heading, and a record in each row below it."""
    rows = list(rows)
    index, heads = header_index(rows)
    if index is None:
        return _without_headings(sheet, rows)
    first, last = header_block(rows, index, sheet.merged)
    header = rows[first : last + 1]
    columns = columns_of(header, sheet)
    records: list[SheetRow] = []
    aside: list[SetAside] = []
    filling = FillingDown.of(sheet, header[-1].number)
    for n, row in enumerate(rows[last + 1 :], last + 1):
        row = filling.filled(row)
        if what := not_a_record(row, header, columns, rows[n - 1 : n + 2]):
            aside.append(SetAside(row.number, what, words_of(row)))
        else:
            records.append(row)
    titles = tuple(SetAside(row.number, "title", words_of(row)) for row in rows[:first])
    numbers = tuple(row.number for row in header)
    return Table(sheet, numbers, columns, tuple(records), tuple(aside), titles, heads)


def _grid_table(sheet: Sheet, rows: list[SheetRow], grid: Grid) -> Table:
    """A grid as it stands: its rows are people, and its columns days among others."""
    below = [row for row in rows if row.number > max(grid.rows)]
    width = max(len(row.values) for row in (grid.head, *below))
    columns = tuple(
        Column(c, text_of(at(grid.head, c - 1)) or f"Column {letter_of(c)}", _over(grid, c),
               c in sheet.hidden_columns)
        for c in range(1, width + 1)
        if c in grid.positions or any(not is_empty(at(row, c - 1)) for row in (grid.head, *below))
    )  # fmt: skip
    filling = FillingDown.of(sheet, max(grid.rows))
    records, aside = [], []
    for row in below:
        if says_total(row) or not any(not is_empty(at(row, c - 1)) for c in grid.positions):
            what = "total" if says_total(row) else "nothing under a day"
            aside.append(SetAside(row.number, what, words_of(row)))
        else:
            records.append(filling.filled(row))
    titles = tuple(
        SetAside(row.number, "title", words_of(row)) for row in rows if row.number < min(grid.rows)
    )
    return Table(
        sheet, grid.rows, columns, tuple(records), tuple(aside), titles, "known", grid, "days"
    )


def _over(grid: Grid, position: int) -> str:
    return text_of(grid.above.get(position))


def _without_headings(sheet: Sheet, rows: list[SheetRow]) -> Table | None:
    """A list that begins with its first record: the columns are called after their letters."""
    width = max((len(row.values) for row in rows), default=0)
    widest = max((filled(row) for row in rows), default=0)
    if widest < 2:  # noqa: PLR2004
        return None
    start = next(i for i, row in enumerate(rows) if filled(row) >= max(2, round(widest * 0.6)))
    columns = tuple(
        Column(c, f"Column {letter_of(c)}", hidden=c in sheet.hidden_columns)
        for c in range(1, width + 1)
        if any(not is_empty(at(row, c - 1)) for row in rows[start:])
    )
    titles = tuple(SetAside(row.number, "title", words_of(row)) for row in rows[:start])
    return Table(sheet, (), columns, tuple(rows[start:]), (), titles, "none")


class FillingDown(NamedTuple):
    """Cells merged down a column say the same for every row they reach."""

    areas: tuple[tuple[int, int, int, object], ...]

    @classmethod
    def of(cls, sheet: Sheet, header: int) -> FillingDown:
        down = [m for m in sheet.merged if m.left == m.right and header < m.top < m.bottom]
        by_number = {row.number: row for row in sheet.rows} if down else {}
        return cls(
            tuple(
                (m.top, m.bottom, m.left, at(by_number[m.top], m.left - 1))
                for m in down
                if m.top in by_number
            )
        )

    def filled(self, row: SheetRow) -> SheetRow:
        reaching = [area for area in self.areas if area[0] < row.number <= area[1]]
        if not reaching:
            return row
        values = list(row.values)
        for _, _, column, value in reaching:
            values += [None] * (column - len(values))
            values[column - 1] = value  # type: ignore[call-overload]
        return replace(row, values=tuple(values))


def words_of(row: SheetRow) -> str:
    return " ".join(text_of(value) for value in row.values if not is_empty(value))
