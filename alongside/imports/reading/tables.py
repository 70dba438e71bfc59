"""Finding the table in a sheet: its heading, its records, and the rows that are neither."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal

from alongside.imports.reading.beside import split, split_at
from alongside.imports.reading.sheets import (
    Merged,
    Sheet,
    SheetRow,
    SourceFile,
    Value,
    is_empty,
    letter_of,
    text_of,
)
from alongside.imports.reading.written_dates import is_written_date
from alongside.imports.spelling import squash
from alongside.imports.words import kinds, word_list

SEARCHED_ROWS = 40
LONGEST_HEADING = 60
NARROW, ROOMY = 3, 5
TASK_HEADING = re.compile(r"\s*([A-Z]{0,2}\d{1,2}(?:\.\d{1,2})?)[\s:.)-]+(\S.*)", re.DOTALL)
CODED = re.compile(r"\s*(?:[A-Z]{1,2}\d{1,2}|\d{1,2}\.\d{1,2})[\s:.)-]+\S")
FOLLOW_UP_HEADING = re.compile(r"\s*(\d{1,3})\s*(?:wk|week|w|month|mth|m)s?\b", re.IGNORECASE)
NUMBER_TEXT = re.compile(r"-?(?:[1-9]\d*|0)(?:[.,]\d+)?%?")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its number and letter, its heading and the heading above that."""

    position: int
    heading: str
    group: str = ""
    hidden: bool = False

    @property
    def letter(self) -> str:
        return letter_of(self.position)


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is not a record: title, heading, header again, total or footnote."""

    row: int
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet.

    `heads` says how its headings were found: by words that are known, by their place alone, or
    not at all; then the columns are called after their letters. `days_across` is a grid with a
    day above each column.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    records: tuple[SheetRow, ...]
    set_aside: tuple[SetAside, ...]
    titles: tuple[SetAside, ...]
    heads: Literal["known", "guessed", "none"] = "known"
    days_across: bool = False

    @property
    def name(self) -> str:
        return self.sheet.name

    def signature(self) -> str:
        """The headings as one text, by which a remembered mapping is found again."""
        return "|".join(squash(f"{column.group} {column.heading}") for column in self.columns)


def tables_in(source: SourceFile) -> list[Table]:
    """The tables of a file, one for each sheet that has one."""
    found = [table for sheet in source.sheets for table in _tables_of(sheet)]
    return found if any(table.columns for table in found) else []


def _tables_of(sheet: Sheet) -> list[Table]:
    """The tables of a sheet; one without columns, so that it is spoken of, when it has words."""
    table = find_table(sheet)
    if table is None:
        titles = tuple(SetAside(r.number, "title", _words(r)) for r in sheet.rows)
        return [Table(sheet, (), (), (), (), titles, "none")] if sheet.rows else []
    below = [row for row in sheet.rows if row.number > max(table.header_rows, default=0)]
    header = next((r for r in sheet.rows if r.number in table.header_rows), None)
    first = split_at(header, [row for row in below if not row.is_blank()]) if header else 0
    if not first:
        return [table]
    return [found for part in split(sheet, first) for found in _tables_of(part)]


def find_table(sheet: Sheet) -> Table | None:
    """The table of a sheet, or None when nothing in it looks like a list with columns."""
    rows = [row for row in sheet.rows if not row.is_blank()]
    at, heads = _header_index(rows)
    if at is None:
        return _without_headings(sheet, rows)
    first, last = _header_block(rows, at, sheet.merged)
    header = rows[first : last + 1]
    columns = _columns(header, sheet)
    records: list[SheetRow] = []
    aside: list[SetAside] = []
    for row in rows[last + 1 :]:
        what = _not_a_record(row, header, columns)
        if what == "total" and not _says_total(row) and _goes_on(rows, row, columns):
            what = ""  # a person of whom only the room is known, say
        if what:
            aside.append(SetAside(row.number, what, _words(row)))
        else:
            records.append(_filled_down(row, header[-1].number, sheet))
    titles = tuple(SetAside(row.number, "title", _words(row)) for row in rows[:first])
    numbers = tuple(row.number for row in header)
    across = _is_days_across(rows[last])
    return Table(
        sheet, numbers, columns, tuple(records), tuple(aside), titles, heads, days_across=across
    )


def _without_headings(sheet: Sheet, rows: list[SheetRow]) -> Table | None:
    """A list that begins with its first record: the columns are called after their letters."""
    width = max((len(row.values) for row in rows), default=0)
    widest = max((_filled(row) for row in rows), default=0)
    if widest < 2:  # noqa: PLR2004
        return None
    start = next(i for i, row in enumerate(rows) if _filled(row) >= max(2, round(widest * 0.6)))
    columns = tuple(
        Column(c, f"Column {letter_of(c)}", hidden=c in sheet.hidden_columns)
        for c in range(1, width + 1)
        if any(not is_empty(_at(row, c - 1)) for row in rows[start:])
    )
    titles = tuple(SetAside(row.number, "title", _words(row)) for row in rows[:start])
    return Table(sheet, (), columns, tuple(rows[start:]), (), titles, "none")


def _filled_down(row: SheetRow, header: int, sheet: Sheet) -> SheetRow:
    """Cells merged down a column say the same for every row they reach."""
    reaching = [
        area
        for area in sheet.merged
        if area.left == area.right and header < area.top < row.number <= area.bottom
    ]
    if not reaching:
        return row
    by_number = {one.number: one for one in sheet.rows}
    values = list(row.values)
    for area in reaching:
        value = _at(by_number[area.top], area.left - 1) if area.top in by_number else None
        values += [None] * (area.left - len(values))
        values[area.left - 1] = value
    return SheetRow(row.number, tuple(values), row.fields)


def _is_days_across(row: SheetRow) -> bool:
    days = sum(_is_day(value) for value in row.values)
    return days >= 3 and days * 2 >= _filled(row)  # noqa: PLR2004


def _is_day(value: Value) -> bool:
    return isinstance(value, date) or (isinstance(value, str) and is_written_date(value))


type Heads = Literal["known", "guessed", "none"]


def _header_index(rows: list[SheetRow]) -> tuple[int | None, Heads]:
    """Where the heading is, and how it was found."""
    searched = rows[:SEARCHED_ROWS]
    scores = [_known_headings(row.values) for row in searched]
    best = max(scores, default=0)
    if best >= 2:  # noqa: PLR2004
        return scores.index(best), "known"
    widest = max((_filled(row) for row in searched), default=0)
    for index, row in enumerate(searched):
        texts = [v for v in row.values if isinstance(v, str) and not is_empty(v)]
        if _filled(row) < max(2, round(widest * 0.6)):
            continue
        if _is_days_across(row) and _known_headings(row.values):
            return index, "known"
        if len(texts) < _filled(row) or any(map(_is_day, texts)):
            return None, "none"  # the list begins with a record
        return index, "guessed"
    return None, "none"


def _filled(row: SheetRow) -> int:
    return sum(not is_empty(value) for value in row.values)


def _known_headings(values: tuple[Value, ...]) -> int:
    """How many different cells are headings that somebody has used before."""
    known = _all_headings()
    found = set()
    for value in values:
        if isinstance(value, str) and len(value) <= LONGEST_HEADING:
            word = squash(value).rstrip("0123456789") or squash(value)
            if word in known or is_coded(value) or FOLLOW_UP_HEADING.match(value):
                found.add(value)
    return len(found)


def is_coded(heading: str) -> bool:
    """Whether a heading begins with the number of a task; a date with full stops does not."""
    return bool(CODED.match(heading)) and not is_written_date(heading)


def _all_headings() -> frozenset[str]:
    return frozenset(h for kind in kinds().values() for f in kind.fields for h in f.headings)


def _header_block(rows: list[SheetRow], at: int, merged: tuple[Merged, ...]) -> tuple[int, int]:
    """The first and last row of a heading that may take two lines."""
    for upper in (at, at - 1):
        if upper >= 0 and upper + 1 < len(rows) and _belong(rows[upper], rows[upper + 1], merged):
            return upper, upper + 1
    return at, at


def _belong(upper: SheetRow, lower: SheetRow, merged: tuple[Merged, ...]) -> bool:
    if lower.number != upper.number + 1 or min(_filled(upper), _filled(lower)) < 2:  # noqa: PLR2004
        return False
    if not all(isinstance(v, str) or v is None for v in (*upper.values, *lower.values)):
        return False
    if any(m.top <= upper.number and m.bottom >= lower.number for m in merged):
        return True
    if sum(m.top == upper.number == m.bottom for m in merged) >= 2:  # noqa: PLR2004
        return True
    joined = tuple(
        f"{text_of(_at(upper, i))} {text_of(_at(lower, i))}".strip()
        for i in range(max(len(upper.values), len(lower.values)))
    )
    alone = max(_known_headings(upper.values), _known_headings(lower.values))
    both_known = min(_known_headings(upper.values), _known_headings(lower.values)) > 0
    return both_known and _known_headings(joined) >= alone


def _at(row: SheetRow, index: int) -> Value:
    return row.values[index] if index < len(row.values) else None


def _columns(header: list[SheetRow], sheet: Sheet) -> tuple[Column, ...]:
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
    text = text_of(_at(row, index))
    if text:
        return text
    for area in merged:
        if area.top == row.number == area.bottom and area.left <= index + 1 <= area.right:
            return text_of(_at(row, area.left - 1))
    return ""


def _words(row: SheetRow) -> str:
    return " ".join(text_of(value) for value in row.values if not is_empty(value))


def _not_a_record(row: SheetRow, header: list[SheetRow], columns: tuple[Column, ...]) -> str:
    filled = [(i, v) for i, v in enumerate(row.values) if not is_empty(v)]
    if _is_header_again(filled, header):
        return "header again"
    if len(columns) >= NARROW and len(filled) == 1:
        return "heading" if filled[0][0] == 0 else "footnote"
    if _is_total(filled, columns):
        return "total"
    return ""


def _is_header_again(filled: list[tuple[int, Value]], header: list[SheetRow]) -> bool:
    same = sum(
        any(squash(text_of(_at(row, i))) == squash(text_of(v)) != "" for row in header)
        for i, v in filled
    )
    return same >= 2 and same >= len(filled) * 0.6  # noqa: PLR2004


def _is_total(filled: list[tuple[int, Value]], columns: tuple[Column, ...]) -> bool:
    labels = [one for one in filled if not _is_number(one[1])]
    if len(labels) != 1 or len(filled) < 2:  # noqa: PLR2004
        return False
    first, label = labels[0]
    if not isinstance(label, str):
        return False
    others = [one for one in filled if one[0] != first]
    if _is_total_word(label):
        return True
    return len(columns) >= ROOMY and len(others) == 1 and others[0][0] == first + 1


def _is_total_word(label: str) -> bool:
    return squash(re.split(r"[\s:]", label.strip(), maxsplit=1)[0]) in word_list("totals")


def _says_total(row: SheetRow) -> bool:
    return any(isinstance(v, str) and not is_empty(v) and _is_total_word(v) for v in row.values)


def _goes_on(rows: list[SheetRow], row: SheetRow, columns: tuple[Column, ...]) -> bool:
    """Whether the very next line is a record like others: totals end a list."""
    following = next((one for one in rows if one.number == row.number + 1), None)
    return following is not None and _filled(following) * 2 > len(columns)


def _is_number(value: Value) -> bool:
    if isinstance(value, str):
        return bool(NUMBER_TEXT.fullmatch(value.strip()))
    return not isinstance(value, bool | date | datetime | time | None)
