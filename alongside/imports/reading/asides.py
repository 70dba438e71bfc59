"""Rows of a list that are no records: headings again, totals, titles between, footnotes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time

from alongside.imports.reading.heading_rows import at, filled
from alongside.imports.reading.headings import LONGEST_HEADING
from alongside.imports.reading.labels import name_headings
from alongside.imports.reading.sheets import SheetRow, Value, is_empty, text_of
from alongside.imports.reading.table import Column
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

NARROW, ROOMY = 3, 5
NUMBER_TEXT = re.compile(r"-?[£$€]?\s?-?(?:[1-9]\d{0,2}(?:,\d{3})+|[1-9]\d*|0)(?:[.,]\d+)?\s?[%€]?")


def not_a_record(
    row: SheetRow,
    header: Sequence[SheetRow],
    columns: tuple[Column, ...],
    around: Sequence[SheetRow],
) -> str:
    """What a row is when it is no record; nothing when it is one.

    `around` are the row before it, itself, and the row after it when there is one.
    """
    following = around[2] if len(around) > 2 else None  # noqa: PLR2004
    what = _what(row, header, columns)
    if what == "total" and not says_total(row) and _goes_on(following, row, columns):
        return ""  # a person of whom only the room is known, say
    if what == "footnote" and _is_part_of_a_record(row, columns, around):
        return ""  # a plan’s next action, say, or a note that goes on
    return what


def _is_part_of_a_record(
    row: SheetRow, columns: tuple[Column, ...], around: Sequence[SheetRow]
) -> bool:
    """Whether one cell alone stands right below a record, as an action or between two records."""
    if around[0].number != row.number - 1 or filled(around[0]) == 0:
        return False
    position = next(n for n, value in enumerate(row.values, 1) if not is_empty(value))
    heading = next((squash(c.heading) for c in columns if c.position == position), "")
    if heading.rstrip("0123456789") in name_headings("action"):
        return True
    after = around[2] if len(around) > 2 else None  # noqa: PLR2004
    between = after is not None and after.number == row.number + 1 and filled(after) > 1
    return bool(heading) and between and filled(around[0]) > 1


def _what(row: SheetRow, header: Sequence[SheetRow], columns: tuple[Column, ...]) -> str:
    cells = [(i, v) for i, v in enumerate(row.values) if not is_empty(v)]
    if is_header_again(row, header):
        return "header again"
    if len(columns) >= NARROW and len(cells) == 1:
        return "heading" if cells[0][0] == 0 else "footnote"
    if _is_total(cells, columns):
        return "total"
    return ""


def is_header_again(row: SheetRow, header: Sequence[SheetRow]) -> bool:
    same = sum(
        any(_is_same(at(one, i), v) for one in header)
        for i, v in enumerate(row.values)
        if isinstance(v, str) and len(v) <= LONGEST_HEADING
    )
    return same >= 2 and same >= filled(row) * 0.6  # noqa: PLR2004


def _is_same(heading: Value, value: str) -> bool:
    text = text_of(heading)
    return (
        bool(text)
        and text[0].casefold() == value.strip()[:1].casefold()
        and (squash(text) == squash(value) != "")
    )


def _is_total(cells: list[tuple[int, Value]], columns: tuple[Column, ...]) -> bool:
    labels = [one for one in cells if not _is_number(one[1])]
    if len(labels) != 1 or len(cells) < 2:  # noqa: PLR2004
        return False
    first, label = labels[0]
    if not isinstance(label, str):
        return False
    others = [one for one in cells if one[0] != first]
    if _is_total_word(label):
        return True
    return len(columns) >= ROOMY and len(others) == 1 and others[0][0] == first + 1


def _is_total_word(label: str) -> bool:
    return squash(re.split(r"[\s:]", label.strip(), maxsplit=1)[0]) in word_list("totals")


def says_total(row: SheetRow) -> bool:
    return any(isinstance(v, str) and not is_empty(v) and _is_total_word(v) for v in row.values)


def _goes_on(following: SheetRow | None, row: SheetRow, columns: tuple[Column, ...]) -> bool:
    """Whether the very next line is a record like others: totals end a list."""
    if following is None or following.number != row.number + 1:
        return False
    return filled(following) * 2 > len(columns)


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return bool(NUMBER_TEXT.fullmatch(value.strip()))
    return not isinstance(value, bool | date | datetime | time | None)
