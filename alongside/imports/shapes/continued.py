"""Rows that go on with another: several rows for one plan, and marks that repeat the cell above."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.sheets import SheetRow, Value, is_empty, text_of
from alongside.imports.reading.table import SetAside, Table
from alongside.imports.spelling import squash
from alongside.imports.words import word_list

DITTO_MARKS = frozenset({'"', "''", "〃", "″", "“", "”", ",,", "„", '-"-'})
FREE_TEXT = frozenset(
    {"note", "notes", "comment", "action", "evidence", "when", "reason_homeless", "risks"}
)
LONGEST_DITTO = 20
WHOSE = ("name", "person_ref", "surname", "forenames")


def is_ditto(value: Value) -> bool:
    """Whether a cell says that it is the same as the one above it."""
    if not isinstance(value, str) or len(value) > LONGEST_DITTO:
        return False
    text = value.strip()
    return text in DITTO_MARKS or squash(text) in word_list("dittos")


def without_dittos(table: Table, mapping: SheetMapping) -> Table:
    """The table with the cell above in place of each mark that repeats it."""
    columns = [c.position for c in mapping.columns if c.field and c.field not in FREE_TEXT]
    records: list[SheetRow] = []
    above: SheetRow | None = None
    for row in table.records:
        values = list(row.values)
        for n in columns:
            if n <= len(values) and is_ditto(values[n - 1]) and above:
                values[n - 1] = _at(above, n)
        changed = row if values == list(row.values) else replace(row, values=tuple(values))
        records.append(changed)
        above = changed
    return replace(table, records=tuple(records))


def joined(table: Table, mapping: SheetMapping) -> Table:
    """The table with one record for each plan that stands in several rows, one for each action.

    Rows of the same person and week are one plan, and so is a row without either after it.
    """
    whose = [c.position for c in mapping.columns if c.field in WHOSE]
    weeks = [c.position for c in mapping.columns if c.field == "week"]
    actions = [c.position for c in mapping.columns if c.field in {"action", "when"}]
    if mapping.about_sheet:
        whose = []
    groups: dict[tuple[str, str], list[SheetRow]] = {}
    current: tuple[str, str] | None = None
    alone: list[SheetRow] = []
    for row in table.records:
        said = (_words(row, whose), _words(row, weeks))
        key = _key(said, current, alone_in_whose=bool(whose))
        if key is None or not any(not is_empty(_at(row, n)) for n in actions):
            alone.append(row)
            continue
        groups.setdefault(key, []).append(row)
        current = key
    if all(len(rows) == 1 for rows in groups.values()):
        return table
    aside = [one for rows in groups.values() for one in _asides(rows)]
    records = sorted([*alone, *map(_together, groups.values())], key=lambda row: row.number)
    return replace(table, records=tuple(records), set_aside=(*table.set_aside, *aside))


def _key(
    said: tuple[str, str], current: tuple[str, str] | None, *, alone_in_whose: bool
) -> tuple[str, str] | None:
    """Which plan a row belongs to; None when it does not say, and follows none."""
    whose, week = said
    if current and whose in {"", current[0]} and week in {"", current[1]}:
        return current
    if (whose or not alone_in_whose) and week:
        return whose, week
    return None


def _together(rows: Sequence[SheetRow]) -> SheetRow:
    first = rows[0]
    more = tuple(_others(rows))
    if not more:
        return first
    numbers = ", ".join(str(row.number) for row in (first, *more))
    return replace(first, more=more, says=f"One plan, from rows {numbers}.")


def _others(rows: Sequence[SheetRow]) -> Iterable[SheetRow]:
    """The rows after the first, without those that say the same again."""
    seen = {rows[0].values}
    for row in rows[1:]:
        if row.values not in seen:
            seen.add(row.values)
            yield row


def _asides(rows: Sequence[SheetRow]) -> Iterable[SetAside]:
    first, seen = rows[0], {rows[0].values}
    for row in rows[1:]:
        what = "the same again" if row.values in seen else "goes on"
        seen.add(row.values)
        yield SetAside(row.number, what, f"with row {first.number}")


def _words(row: SheetRow, positions: Sequence[int]) -> str:
    return squash(" ".join(text_of(_at(row, n)) for n in positions))


def _at(row: SheetRow, position: int) -> Value:
    return row.values[position - 1] if position <= len(row.values) else None
