"""Where the heading of a list is, in one line or two, and the columns it names."""

from __future__ import annotations

from datetime import date

from alongside.imports.reading.headings import known_headings
from alongside.imports.reading.sheets import (
    Merged,
    Sheet,
    SheetRow,
    Value,
    is_empty,
    text_of,
)
from alongside.imports.reading.table import Column, Heads
from alongside.imports.reading.written_dates import is_written_date

SEARCHED_ROWS = 40


def header_index(rows: list[SheetRow]) -> tuple[int | None, Heads]:
    """Where the heading is, and how it was found."""
    searched = rows[:SEARCHED_ROWS]
    scores = [known_headings(row.values) for row in searched]
    best = max(scores, default=0)
    if best >= 2:  # noqa: PLR2004
        return scores.index(best), "known"
    widest = max((filled(row) for row in searched), default=0)
    for index, row in enumerate(searched):
        texts = [v for v in row.values if isinstance(v, str) and not is_empty(v)]
        if filled(row) < max(2, round(widest * 0.6)):
            continue
        if len(texts) < filled(row) or any(map(_is_day, texts)):
            return None, "none"  # the list begins with a record
        return index, "guessed"
    return None, "none"


def _is_day(value: Value) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and is_written_date(value))


def filled(row: SheetRow) -> int:
    return sum(not is_empty(value) for value in row.values)


def header_block(rows: list[SheetRow], at: int, merged: tuple[Merged, ...]) -> tuple[int, int]:
    """The first and last row of a heading that may take two lines."""
    for upper in (at, at - 1):
        if upper >= 0 and upper + 1 < len(rows) and _belong(rows[upper], rows[upper + 1], merged):
            return upper, upper + 1
    return at, at


def _belong(upper: SheetRow, lower: SheetRow, merged: tuple[Merged, ...]) -> bool:
    if lower.number != upper.number + 1 or min(filled(upper), filled(lower)) < 2:  # noqa: PLR2004
        return False
    if not all(isinstance(v, str) or v is None for v in (*upper.values, *lower.values)):
        return False
    if any(m.top <= upper.number and m.bottom >= lower.number for m in merged):
        return True
    if sum(m.top == upper.number == m.bottom for m in merged) >= 2:  # noqa: PLR2004
        return True
    joined = tuple(
        f"{text_of(at(upper, i))} {text_of(at(lower, i))}".strip()
        for i in range(max(len(upper.values), len(lower.values)))
    )
    alone = max(known_headings(upper.values), known_headings(lower.values))
    both_known = min(known_headings(upper.values), known_headings(lower.values)) > 0
    return both_known and known_headings(joined) >= alone


def at(row: SheetRow, index: int) -> Value:
    return row.values[index] if index < len(row.values) else None


def columns_of(header: list[SheetRow], sheet: Sheet) -> tuple[Column, ...]:
    width = max(len(row.values) for row in header)
    columns = []
    for index in range(width):
        texts = [_spanned(row, index, sheet.merged) for row in header]
        group, heading = ("", texts[0]) if len(texts) == 1 else (texts[0], texts[-1])
        if not heading:
            group, heading = "", group
        if heading:
            hidden = index + 1 in sheet.hidden_columns
            columns.append(Column(index + 1, heading, group, hidden))
    return tuple(columns)


def _spanned(row: SheetRow, index: int, merged: tuple[Merged, ...]) -> str:
    """A heading cell, or the one merged across it from the left."""
    text = text_of(at(row, index))
    if text:
        return text
    for area in merged:
        if area.top == row.number == area.bottom and area.left <= index + 1 <= area.right:
            return text_of(at(row, area.left - 1))
    return ""
