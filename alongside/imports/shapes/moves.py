"""Stays told by their moves: a row for each in and out, or both in one column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from alongside.imports.cells.dates import parse_date
from alongside.imports.reading.labels import name_headings
from alongside.imports.reading.sheets import Remark, SheetRow, Value, is_empty, text_of
from alongside.imports.reading.table import Column, SetAside, Table
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

ENOUGH, MOSTLY, LONGEST = 2, 0.6, 300
LOOKED_AT = 200
IN, OUT = "in", "out"
DATE = (
    r"(?:\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}\s?[./-]\s?\d{1,2}(?:\s?[./-]\s?\d{2,4})?"
    r"|\d{1,2}(?:st|nd|rd|th)?\.?\s+[^\W\d_]{3,}\.?(?:\s+\d{2,4})?)"
)
ONE_MOVE = re.compile(rf"([^\W\d_][^\W\d_\s]*(?:\s[^\W\d_]+)?)\s*[:.=-]?\s*({DATE})", re.IGNORECASE)
SPAN = re.compile(
    rf"\s*({DATE})\s*(?:-|–|—|to|until|till|bis|au|tot|→|->|/)\s*({DATE}|[^\W\d]*|)\s*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Move:
    """One day of moving in or out, and the row and cell that say it."""

    way: str
    day: Value
    row: SheetRow
    position: int


def way_of(value: Value) -> str:
    """Whether a word is about moving in or out; nothing when it is about neither."""
    word = squash(text_of(value))
    if word in word_list("moved_in"):
        return IN
    return OUT if word in word_list("moved_out") else ""


def _values(table: Table, position: int) -> list[Value]:
    some = table.records[:LOOKED_AT]
    values = (row.values[position - 1] for row in some if position <= len(row.values))
    return [value for value in values if not is_empty(value)]


def way_column(table: Table) -> int:
    """The column that says for each row whether it is in or out; 0 when none does."""
    for column in table.columns:
        values = _values(table, column.position)
        ways = [way for value in values if (way := way_of(value))]
        if len(ways) >= ENOUGH and len(ways) >= len(values) * MOSTLY and IN in ways:
            return column.position
    return 0


def _day_column(table: Table) -> int:
    for column in table.columns:
        values = _values(table, column.position)
        days = [v for v in values if isinstance(v, date) or parse_date(v, year_of=_any).value]
        if values and len(days) >= len(values) * MOSTLY and not _is_birth(column):
            return column.position
    return 0


def _any(_month: int) -> int:
    return 2000


def _is_birth(column: Column) -> bool:
    return squash(column.heading) in name_headings("born")


def _name_columns(table: Table) -> list[int]:
    fields = ("name", "surname", "forenames", "person_ref", "ref")
    heads = frozenset[str]().union(*(name_headings(field) for field in fields))
    return [c.position for c in table.columns if squash(c.heading) in heads]


def can_be_moves(table: Table) -> bool:
    """Whether a list has a row for each move: who, in or out, and the day."""
    way = way_column(table)
    return bool(
        way and not _has_both_days(table, way) and _day_column(table) and _name_columns(table)
    )


def _has_both_days(table: Table, way: int) -> bool:
    """Whether moving in and moving out have columns of their own: then a word says who is here."""
    heads = {squash(c.heading) for c in table.columns if c.position != way}
    return bool(heads & name_headings("moved_in") and heads & name_headings("moved_out"))


def span_column(table: Table) -> int:
    """The column that says both days; 0 when none does."""
    if not _name_columns(table):
        return 0
    for column in table.columns:
        values = _values(table, column.position)
        told = [value for value in values if spans_in(value)]
        if told and len(told) >= len(values) * MOSTLY and not _is_birth(column):
            return column.position
    return 0


def spans_in(value: Value) -> list[tuple[str, str]] | None:
    """The days of moving in and out that a text says, as it writes them; None when it says none."""
    text = text_of(value) if isinstance(value, str) else ""
    if len(text) > LONGEST:
        return None
    if found := SPAN.fullmatch(text):
        return [(found[1], found[2] if re.search(r"\d", found[2]) else "")]
    moves = [(way_of(word), day) for word, day in ONE_MOVE.findall(text)]
    rest = ONE_MOVE.sub(" ", text)
    if not moves or not all(way for way, _ in moves) or re.search(r"\d", rest):
        return None
    return _paired(moves)


def _more_words(value: Value) -> bool:
    """Whether a cell says something beside its days."""
    text = text_of(value)
    return not SPAN.fullmatch(text) and bool(re.search(r"[^\W\d_]{3,}", ONE_MOVE.sub(" ", text)))


def _paired(moves: Sequence[tuple[str, str]]) -> list[tuple[str, str]] | None:
    """Each in with the out after it. Two outs, or an out before any in, are no pairs."""
    found: list[tuple[str, str]] = []
    for way, day in moves:
        if way == IN:
            found.append((day, ""))
        elif found and not found[-1][1]:
            found[-1] = (found[-1][0], day)
        else:
            return None
    return found if all(out for _, out in found[:-1]) else None


def spans_as_list(table: Table) -> Table:
    """A row for each stay that the one column says."""
    position = span_column(table)
    kept = [c for c in table.columns if c.position != position]
    records = tuple(one for row in table.records for one in _spans_of(row, position, kept))
    return replace(table, columns=_columns(kept), records=records)


def _spans_of(row: SheetRow, position: int, kept: Sequence[Column]) -> Iterator[SheetRow]:
    value = row.values[position - 1] if position <= len(row.values) else None
    spans = spans_in(value)
    here = (row.number, position)
    if spans is None:
        remarks = () if is_empty(value) else (Remark("span-unclear", len(kept) + 1),)
        yield _made(row, kept, (value, None), (here, here), remarks=remarks)
        return
    for number, span in enumerate(spans, 1):
        part = str(number) if len(spans) > 1 else ""
        says = f"Stay {number} of {len(spans)} in “{text_of(value)}”." if part else ""
        whose = f"row {row.number}" if part else ""
        remarks = (
            (Remark("span-words", len(kept) + 1, refuses=False),) if _more_words(value) else ()
        )
        yield _made(
            row, kept, span, (here, here), part=part, says=says, remarks=remarks, whose=whose
        )


def moves_as_list(table: Table) -> Table:
    """A row for each stay, from the move in and the move out after it."""
    way, day, names = way_column(table), _day_column(table), _name_columns(table)
    kept = [c for c in table.columns if c.position not in {way, day}]
    people: dict[str, list[Move]] = {}
    records: list[SheetRow] = []
    for row in table.records:
        who = squash(" ".join(text_of(_at(row, n)) for n in names))
        if who and (told := way_of(_at(row, way))):
            people.setdefault(who, []).append(Move(told, _at(row, day), row, day))
        else:
            # Neither in nor out, or nobody: the row is refused where it can be mended.
            remark = Remark("move-unclear", len(kept) + 1)
            records.append(
                _made(row, kept, (_at(row, way), None), ((row.number, way),) * 2, remarks=(remark,))
            )
    aside: list[SetAside] = []
    for who, moves in people.items():
        records += (replace(one, whose=who) for one in _stays(moves, kept, aside))
    records.sort(key=lambda row: row.number)
    return replace(
        table,
        columns=_columns(kept),
        records=tuple(records),
        set_aside=(*table.set_aside, *aside),
    )


def _stays(moves: list[Move], kept: Sequence[Column], aside: list[SetAside]) -> Iterator[SheetRow]:
    """One person’s moves as stays. One without its other half is refused, but not the last in."""
    came: Move | None = None
    for move in _in_order(moves):
        if move.way == IN:
            if came:
                yield _stay(came, None, kept, remarks=(Remark("in-twice", len(kept) + 1),))
            came = move
        elif came and is_empty(move.day):
            yield _stay(came, move, kept, remarks=(Remark("no-date", len(kept) + 2),))
            came = None
        elif came:
            aside.append(
                SetAside(move.row.number, "moved out", f"read together with row {came.row.number}")
            )
            yield _stay(came, move, kept)
            came = None
        else:
            yield _without_in(move, kept)
    if came:
        yield _stay(came, None, kept)


def _without_in(move: Move, kept: Sequence[Column]) -> SheetRow:
    remarks = (Remark("out-without-in", len(kept) + 2),)
    at = ((0, 0), (move.row.number, move.position))
    return _made(move.row, kept, (None, move.day), at, remarks=remarks)


def _in_order(moves: list[Move]) -> list[Move]:
    """By their days where all can be read, else as they stand; moving in comes first on a day."""
    days = [parse_date(move.day, year_of=_any).value for move in moves]
    if not all(days):
        return moves
    numbered = sorted(range(len(moves)), key=lambda n: (str(days[n]), moves[n].way == OUT, n))
    return [moves[n] for n in numbered]


def _stay(
    came: Move, left: Move | None, kept: Sequence[Column], remarks: tuple[Remark, ...] = ()
) -> SheetRow:
    at = ((came.row.number, came.position), (left.row.number, left.position) if left else (0, 0))
    says = f"In: row {came.row.number}. Out: row {left.row.number}." if left else ""
    made = _made(
        came.row, kept, (came.day, left.day if left else None), at, says=says, remarks=remarks
    )
    return _with_words_of(made, left.row, kept) if left else made


def _with_words_of(made: SheetRow, left: SheetRow, kept: Sequence[Column]) -> SheetRow:
    """What only the row of moving out says, such as where to."""
    values, at = list(made.values), list(made.at)
    for n, column in enumerate(kept):
        if is_empty(values[n]) and not is_empty(_at(left, column.position)):
            values[n], at[n] = _at(left, column.position), (left.number, column.position)
    return replace(made, values=tuple(values), at=tuple(at))


def _columns(kept: Sequence[Column]) -> tuple[Column, ...]:
    """The other columns, counted through, and the two that are made."""
    return (
        *(replace(c, position=n, place_is=c.letter) for n, c in enumerate(kept, 1)),
        Column(len(kept) + 1, "Moved in", field="moved_in"),
        Column(len(kept) + 2, "Moved out", field="moved_out"),
    )


def _made(
    row: SheetRow,
    kept: Sequence[Column],
    days: tuple[Value, Value],
    at: tuple[tuple[int, int], ...],
    *,
    part: str = "",
    says: str = "",
    remarks: tuple[Remark, ...] = (),
    whose: str = "",
) -> SheetRow:
    return SheetRow(
        row.number,
        (*(_at(row, c.position) for c in kept), *days),
        at=(*((row.number, c.position) for c in kept), *at),
        part=part,
        says=says,
        remarks=remarks,
        whose=whose,
    )


def _at(row: SheetRow, position: int) -> Value:
    return row.values[position - 1] if position <= len(row.values) else None
