"""Columns that come again and again in one row: “Session 1 date”, “Session 2 date”."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from alongside.imports.reading.headings import is_known
from alongside.imports.reading.labels import name_headings
from alongside.imports.reading.sheets import Value, is_empty, letter_of, text_of
from alongside.imports.reading.table import Column, Table
from alongside.imports.reading.written_dates import is_short_date, is_written_date
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

NUMBER = re.compile(r"(?<![\d.])\(?(\d{1,2})(?:st|nd|rd|th)?\)?(?![\d.])", re.IGNORECASE)
COUNTED_AGAIN = re.compile(r"\.(\d{1,2})$")  # what some programs add to a heading that came before
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
ENOUGH, MOSTLY, LOOKED_AT = 2, 0.6, 60
DAYS = ("date", "moved_in", "moved_out", "received", "week", "left", "since")
PEOPLE = ("name", "surname", "forenames", "person_ref", "ref")
NOW, BEFORE = "Current resident", "Previous resident"


@dataclass(frozen=True, slots=True)
class Group:
    """The columns of one record among several in a row: the position under each heading.

    `status` is what the heading of the person says of living here.
    """

    columns: Mapping[str, int]
    status: str = ""

    def letters(self) -> str:
        return ", ".join(letter_of(n) for n in sorted(self.columns.values()))


@dataclass(frozen=True, slots=True)
class Repeated:
    """The groups of a table, and the other columns: of every record, or of the first alone."""

    groups: tuple[Group, ...]
    kept: tuple[Column, ...]
    of_first: tuple[Column, ...] = ()


def repeated_in(table: Table) -> Repeated | None:
    """The groups of columns that are a record each; nothing when a row is one record."""
    if table.shape != "list" or table.heads == "none":
        return None
    return _numbered(table) or _now_and_before(table)


def _numbered(table: Table) -> Repeated | None:
    bases = _bases(table.columns)
    if len(bases) < ENOUGH or set(map(squash, bases)) & name_headings("action"):
        return None
    if not any(_is_day(table, base, columns) for base, columns in bases.items()):
        return None
    numbers = sorted({number for columns in bases.values() for number in columns})
    groups = tuple(
        Group({base: columns[n] for base, columns in bases.items() if n in columns})
        for n in numbers
    )
    used = {position for group in groups for position in group.columns.values()}
    kept = tuple(c for c in table.columns if c.position not in used)
    return Repeated(groups, kept)


def _bases(columns: Sequence[Column]) -> dict[str, dict[int, int]]:
    """Each heading that comes again, without its number: the position of every number."""
    found: dict[str, dict[int, int]] = {}
    plain: dict[str, list[Column]] = {}
    for column in columns:
        base, number = _apart(f"{column.group} {column.heading}".strip())
        if number:
            found.setdefault(base, {}).setdefault(number, column.position)
        else:
            plain.setdefault(base, []).append(column)
    for base, alone in plain.items():
        if base in found and 1 not in found[base]:
            found[base][1] = alone[0].position  # Date, Notes, Date 2, Notes 2
    twice = {base: alone for base, alone in plain.items() if len(alone) > 1 and base not in found}
    if twice and not found:
        found = _in_turn(twice)
    whom_to_call = name_headings("contact")
    return {
        base: numbers
        for base, numbers in found.items()
        if len(numbers) > 1 and squash(base) not in whom_to_call
    }


def _in_turn(twice: Mapping[str, Sequence[Column]]) -> dict[str, dict[int, int]]:
    """Headings that come again without a number: each belongs to the first of them before it."""
    leading = min(twice.values(), key=lambda columns: columns[0].position)
    starts = [column.position for column in leading]
    found: dict[str, dict[int, int]] = {}
    for base, columns in twice.items():
        for column in columns:
            turn = sum(start <= column.position for start in starts)
            found.setdefault(base, {}).setdefault(turn, column.position)
    return found


def _apart(heading: str) -> tuple[str, int]:
    """A heading without its number, and the number; 0 when it has none."""
    if again := COUNTED_AGAIN.search(heading):
        return COUNTED_AGAIN.sub("", heading).strip(), int(again[1]) + 1
    if len(found := NUMBER.findall(heading)) == 1:
        return _tidy(NUMBER.sub(" ", heading)), int(found[0])
    words = heading.split()
    for number, word in enumerate(ORDINALS, 1):
        if word in map(squash, words) and not is_known(squash(heading)):
            return _tidy(" ".join(w for w in words if squash(w) != word)), number
    return _tidy(heading), 0


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip(" :;-–—_#.,").strip()


def _is_day(table: Table, base: str, columns: Mapping[int, int]) -> bool:
    """Whether the heading or what stands below it is a day, and no birthday."""
    head = squash(base)
    if head in name_headings("born") or "birth" in head or head.endswith("dob"):
        return False
    if any(head in name_headings(field) for field in DAYS):
        return True
    values = [v for n in columns.values() for v in _below(table, n)]
    days = sum(_looks_like_day(value) for value in values)
    return bool(values) and days >= len(values) * MOSTLY


def _looks_like_day(value: Value) -> bool:
    text = text_of(value)
    return hasattr(value, "year") or is_written_date(text) or is_short_date(text)


def _below(table: Table, position: int) -> list[Value]:
    some = (row.values for row in table.records[:LOOKED_AT])
    return [
        v for values in some if position <= len(values) if not is_empty(v := values[position - 1])
    ]


def _now_and_before(table: Table) -> Repeated | None:
    """A list of rooms with who lives there now, and who did before, each with their days."""
    now = _whose(table, "still_living")
    before = _whose(table, "no_longer_living")
    if not now or not before:
        return None
    first, second = sorted((now, before), key=lambda c: c.position)
    days = [c for c in table.columns if _is_of_stay(c) and c.position > first.position]
    if not days:
        return None
    last = max(c.position for c in days)
    groups = []
    for leader, until in ((first, second.position), (second, last + 1)):
        inside = [c for c in table.columns if leader.position <= c.position < until]
        columns = {
            "Resident" if c is leader else _without_when(c.heading): c.position for c in inside
        }
        groups.append(Group(columns, NOW if leader is now else BEFORE))
    kept = tuple(c for c in table.columns if c.position < first.position)
    return Repeated(tuple(groups), kept, tuple(c for c in table.columns if c.position > last))


def _whose(table: Table, words: str) -> Column | None:
    """The column of people whose heading says that they live here, or did."""
    for column in table.columns:
        parts = [squash(word) for word in re.split(r"[\W_]+", column.heading)]
        rest = "".join(part for part in parts if part not in word_list(words))
        named = set(parts) & word_list(words) and rest in name_headings("name")
        if named and any(len(text_of(v).split()) > 1 for v in _below(table, column.position)):
            return column
    return None


def _without_when(heading: str) -> str:
    words = word_list("still_living") | word_list("no_longer_living")
    kept = [word for word in heading.split() if squash(word) not in words]
    return " ".join(kept).capitalize() or heading


def _is_of_stay(column: Column) -> bool:
    head = squash(_without_when(column.heading))
    return head in name_headings("moved_in") | name_headings("moved_out")


def with_list_of_its_own(table: Table) -> list[Table]:
    """Two tables of one whose rows are a record and have others beside it; else the table.

    A list of residents with their sessions in the columns after it is a list of both.
    """
    found = repeated_in(table)
    if found is None or found.groups[0].status:
        return [table]
    heads = {c.position: squash(f"{c.group} {c.heading}") for c in found.kept}
    people = [c for c in found.kept if any(_is_head(c, field) for field in PEOPLE)]
    has_day = any(head in name_headings(f) for head in heads.values() for f in DAYS)
    if not people or not has_day:
        return [table]
    used = {n for group in found.groups for n in group.columns.values()}
    beside = [c for c in table.columns if c.position in used]
    name = f"{table.name} ({beside[0].letter} on)"
    return [
        replace(table, columns=found.kept),
        replace(
            table,
            sheet=replace(
                table.sheet, name=name, comments={}, formulas={}, hidden_rows=frozenset()
            ),
            columns=(*people, *beside),
            set_aside=(),
            titles=(),
        ),
    ]


def _is_head(column: Column, field: str) -> bool:
    return squash(column.heading) in name_headings(field)
