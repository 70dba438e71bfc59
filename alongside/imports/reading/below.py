"""Several lists that stand below one another in one sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alongside.imports.reading.asides import is_header_again
from alongside.imports.reading.grids import grid_at
from alongside.imports.reading.heading_rows import filled
from alongside.imports.reading.headings import known_headings
from alongside.imports.reading.labels import labels_in, names_somebody
from alongside.imports.reading.sheets import Sheet, SheetRow, is_empty

FEWEST = 2


def parts_of(sheet: Sheet) -> list[Sheet]:
    """The sheet, or each of its lists as a sheet of its own; every cell keeps its place.

    A new list begins with a heading of other columns, after a blank line or a title of its own.
    The same heading again goes on with the same list, unless it is about somebody else, or has
    other days above its columns.
    """
    rows = [row for row in sheet.rows if not row.is_blank()]
    starts = _starts(rows, sheet)
    if not starts:
        return [sheet]
    ends = [*starts[1:], None]
    first = _part(sheet, sheet.name, rows[0].number, rows[starts[0]].number)
    others = [
        _part(
            sheet,
            f"{sheet.name} (row {rows[start].number} on)",
            rows[start].number,
            rows[end].number if end is not None else rows[-1].number + 1,
        )
        for start, end in zip(starts, ends, strict=True)
    ]
    return [first, *others]


def _starts(rows: Sequence[SheetRow], sheet: Sheet) -> list[int]:
    """Where each list after the first one begins, its title included."""
    found: list[int] = []
    header: SheetRow | None = None
    head_is_days = False
    for index in _likely(rows):
        row = rows[index]
        days = grid_at(rows, index, sheet.merged) is not None
        if not days and not _is_heading(row):
            continue
        if header is None or row.number == header.number + 1:
            header, head_is_days = row, days or head_is_days
            continue
        same = is_header_again(row, [header])
        start = _with_title(rows, index)
        if same and not days and not _about_somebody(rows[start:index]):
            continue
        if days and head_is_days and start == index and rows[index - 1].number == row.number - 1:
            continue
        found.append(start)
        header, head_is_days = row, days
    return found


def _likely(rows: Sequence[SheetRow]) -> list[int]:
    """Rows that a list could begin with: the first, and those after a gap, a title or a heading."""
    return [
        index
        for index, row in enumerate(rows)
        if index == 0
        or rows[index - 1].number < row.number - 1
        or filled(rows[index - 1]) <= FEWEST
        or (_few_lines_after_a_gap(rows, index))
    ]


def _few_lines_after_a_gap(rows: Sequence[SheetRow], index: int) -> bool:
    """The second line of a heading, whose first line comes after a gap."""
    return index < FEWEST or rows[index - 2].number < rows[index].number - FEWEST


def _is_heading(row: SheetRow) -> bool:
    if not all(isinstance(value, str) or value is None for value in row.values):
        return False
    known = known_headings(row.values)
    return known >= FEWEST and known * 2 >= filled(row) and not _is_labels(row)


def _is_labels(row: SheetRow) -> bool:
    """Whether a row is labels with what they say between them, as in a form."""
    said = [label for label in labels_in(row) if not is_empty(label.value)]
    return len(said) * 2 >= filled(row)


def _with_title(rows: Sequence[SheetRow], index: int) -> int:
    """The first row of the title or the lines of labels that stand right above a heading."""
    start = index
    while (
        start > 1
        and _belongs_above(rows[start - 1])
        and rows[start].number - rows[start - 1].number <= FEWEST
    ):
        start -= 1
        if start > 0 and rows[start].number - rows[start - 1].number > 1:
            break
    return start


def _belongs_above(row: SheetRow) -> bool:
    return filled(row) == 1 or _is_labels(row)


def _about_somebody(rows: Sequence[SheetRow]) -> bool:
    return any(names_somebody(label) for row in rows for label in labels_in(row))


def _part(sheet: Sheet, name: str, first: int, end: int) -> Sheet:
    return replace(
        sheet,
        name=name,
        rows=tuple(row for row in sheet.rows if first <= row.number < end),
        comments={at: text for at, text in sheet.comments.items() if first <= at[0] < end},
        formulas={at: text for at, text in sheet.formulas.items() if first <= at[0] < end},
        unworked=frozenset(at for at in sheet.unworked if first <= at[0] < end),
    )
