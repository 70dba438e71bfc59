"""Two lists that stand side by side on one sheet, with a blank column between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alongside.imports.reading.sheets import Sheet, SheetRow, is_empty, letter_of, text_of
from alongside.imports.spelling import squash

FEWEST = 2


def split_at(header: SheetRow, records: Sequence[SheetRow]) -> int:
    """The first column of a second list, or 0 when there is only one.

    A blank column alone says little: many lists have one. The lists are two when a heading comes
    on both sides of it, or when one side has rows and the other has none beside them.
    """
    width = max((len(row.values) for row in (header, *records)), default=0)
    used = [any(_filled(row, column) for row in (header, *records)) for column in range(width)]
    for gap in range(1, width - 1):
        if used[gap] or not used[gap + 1] or not any(used[:gap]):
            continue
        heads = [squash(text_of(value)) for value in header.values]
        left, right = set(heads[:gap]) - {""}, set(_until_blank(heads[gap + 1 :]))
        if len(left) < FEWEST or len(right) < FEWEST:
            continue
        if left & right or _end_apart(records, gap):
            return gap + 2
    return 0


def _until_blank(heads: list[str]) -> list[str]:
    return heads[: heads.index("")] if "" in heads else heads


def _end_apart(records: Sequence[SheetRow], gap: int) -> bool:
    """Whether one side stops while the other goes on, and neither has a hole before that."""
    left = [any(_filled(row, c) for c in range(gap)) for row in records]
    right = [any(_filled(row, c) for c in range(gap + 1, len(row.values))) for row in records]
    return all(_unbroken(side) for side in (left, right)) and sum(left) != sum(right)


def _unbroken(side: list[bool]) -> bool:
    return sum(side) >= FEWEST and all(side[: sum(side)])


def _filled(row: SheetRow, column: int) -> bool:
    return column < len(row.values) and not is_empty(row.values[column])


def split(sheet: Sheet, first: int) -> tuple[Sheet, Sheet]:
    """The two halves of a sheet; every cell keeps its place."""
    right = f"{sheet.name} ({letter_of(first)} on)"
    return _part(sheet, sheet.name, 1, first - 1), _part(sheet, right, first, 1_000_000)


def _part(sheet: Sheet, name: str, first: int, last: int) -> Sheet:
    return replace(
        sheet,
        name=name,
        rows=tuple(_row_part(row, first, last) for row in sheet.rows),
        comments={at: text for at, text in sheet.comments.items() if first <= at[1] <= last},
        formulas={at: text for at, text in sheet.formulas.items() if first <= at[1] <= last},
        unworked=frozenset(at for at in sheet.unworked if first <= at[1] <= last),
        hidden_columns=frozenset(c for c in sheet.hidden_columns if first <= c <= last),
    )


def _row_part(row: SheetRow, first: int, last: int) -> SheetRow:
    values = tuple(v if first <= c <= last else None for c, v in enumerate(row.values, 1))
    return SheetRow(row.number, values[:last], row.fields)
