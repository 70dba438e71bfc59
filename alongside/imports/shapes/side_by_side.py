"""Several records in one row, each in columns of its own, as rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from alongside.imports.reading.repeated import Group, Repeated, repeated_in
from alongside.imports.reading.sheets import SheetRow, Value, is_empty, letter_of, text_of
from alongside.imports.reading.table import Column, SetAside, Table


def side_by_side_as_list(table: Table) -> Table:
    """A row for each group of columns that says something."""
    found = repeated_in(table)
    if found is None:
        return table
    heads = list(dict.fromkeys(head for group in found.groups for head in group.columns))
    records: list[SheetRow] = []
    aside: list[SetAside] = []
    for row in table.records:
        made = list(_records(row, found, heads))
        records += made
        if not made:
            words = " ".join(text_of(v) for v in row.values if not is_empty(v))
            aside.append(SetAside(row.number, "nothing in its columns", words))
    return replace(
        table,
        columns=_columns(found, heads),
        records=tuple(records),
        set_aside=(*table.set_aside, *aside),
    )


def _columns(found: Repeated, heads: Sequence[str]) -> tuple[Column, ...]:
    fixed = [replace(c, place_is=c.letter) for c in (*found.kept, *found.of_first)]
    made = [
        Column(0, head, place_is=", ".join(
            letter_of(group.columns[head]) for group in found.groups if head in group.columns
        ))
        for head in heads
    ]  # fmt: skip
    if found.groups[0].status:
        made.append(Column(0, "Status", field="status"))
    return tuple(replace(c, position=n) for n, c in enumerate((*fixed, *made), 1))


def _records(row: SheetRow, found: Repeated, heads: Sequence[str]) -> Iterator[SheetRow]:
    for number, group in enumerate(found.groups):
        if all(is_empty(_at(row, n)) for n in group.columns.values()):
            continue
        yield _record(row, found, group, heads, is_first=number == _first(found))


def _first(found: Repeated) -> int:
    """The group to which the columns after all of them belong: who lives here now."""
    now = [n for n, group in enumerate(found.groups) if group.status.startswith("Current")]
    return now[0] if now else 0


def _record(
    row: SheetRow, found: Repeated, group: Group, heads: Sequence[str], *, is_first: bool
) -> SheetRow:
    places = [c.position for c in found.kept]
    places += [c.position if is_first else 0 for c in found.of_first]
    places += [group.columns.get(head, 0) for head in heads]
    values = [_at(row, n) if n else None for n in places]
    at = [(row.number, n) if n else (0, 0) for n in places]
    if group.status:
        values.append(group.status)
        at.append((row.number, min(group.columns.values())))
    return SheetRow(
        row.number,
        tuple(values),
        at=tuple(at),
        part=letter_of(min(group.columns.values())),
        says=f"From columns {group.letters()}.",
        remarks=row.remarks,
    )


def _at(row: SheetRow, position: int) -> Value:
    return row.values[position - 1] if position <= len(row.values) else None
