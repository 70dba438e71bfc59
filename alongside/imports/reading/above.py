"""What lines above a list say of all its rows: whom it is about, the worker, the week."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from alongside.imports.reading.labels import Label, labels_in, name_headings
from alongside.imports.reading.sheets import SheetRow, is_empty
from alongside.imports.reading.table import Column, Table
from alongside.imports.spelling import squash

SAID_ABOVE = ("name", "surname", "forenames", "worker", "week")
OF_A_NAME = frozenset({"name", "surname", "forenames", "person_ref"})
ABOVE = "above the list"


def with_what_stands_above(table: Table, rows: Sequence[SheetRow]) -> Table:
    """The table with a column for each such label in `rows`, unless it has one that says it."""
    if table.shape != "list" or not table.header_rows:
        return table
    there = _fields_of(table)
    for field in SAID_ABOVE:
        told = _last(rows, field)
        if told and field not in there and not (field in OF_A_NAME and there & OF_A_NAME):
            table = _with_column(table, field, *told)
    return table


def _fields_of(table: Table) -> set[str]:
    fields = (*OF_A_NAME, "worker", "week")
    heads = {squash(c.heading).rstrip("0123456789") for c in table.columns}
    heads |= {squash(f"{c.group} {c.heading}") for c in table.columns}
    return {field for field in fields if heads & name_headings(field)}


def _last(rows: Sequence[SheetRow], field: str) -> tuple[SheetRow, Label] | None:
    """The nearest label above; of the week only one that can mean nothing else."""
    for row in reversed(rows):
        for label in labels_in(row):
            known = label.key in name_headings(field)
            if (
                known
                and not is_empty(label.value)
                and label.key not in {"date", "by", "from", "support"}
            ):
                return row, label
    return None


def _with_column(table: Table, field: str, row: SheetRow, label: Label) -> Table:
    position = max(c.position for c in table.columns) + 1
    column = Column(position, f"{label.text} ({ABOVE})", field=field)
    return replace(
        table,
        columns=(*table.columns, column),
        records=tuple(_with_value(one, position, label, row.number) for one in table.records),
    )


def _with_value(row: SheetRow, position: int, label: Label, number: int) -> SheetRow:
    values = (*row.values, *[None] * position)[: position - 1]
    at = row.at or tuple((row.number, n) for n in range(1, position))
    at = (*at, *((row.number, n) for n in range(len(at) + 1, position)))[: position - 1]
    return replace(
        row, values=(*values, label.value), at=(*at, (number, label.value_at)), fields=None
    )
