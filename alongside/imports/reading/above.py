"""What lines above a list say of all its rows: whom it is about, the worker, the week."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from alongside.imports.reading.labels import Label, labels_in, name_headings
from alongside.imports.reading.sheets import SheetRow, is_empty
from alongside.imports.reading.table import Column, Table
from alongside.imports.spelling import squash
from alongside.imports.words import month_numbers, word_list

SAID_ABOVE = ("name", "surname", "forenames", "worker", "week")
OF_A_NAME = frozenset({"name", "surname", "forenames", "person_ref"})
ABOVE = "above the list"
BETWEEN = "Name (line above the row)"


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


def with_names_between(table: Table) -> Table:
    """The table with a column for whom the lines between its rows name, when no column says it.

    Every such line has to be a name, and the first stands before the first record.
    """
    lines = [one for one in table.set_aside if one.what == "heading"]
    if table.shape != "list" or not table.records or _fields_of(table) & OF_A_NAME:
        return table
    first = min((one.row for one in lines), default=0)
    if not lines or first > table.records[0].number or not all(is_name(o.words) for o in lines):
        return table
    position = max(c.position for c in table.columns) + 1
    records = []
    for row in table.records:
        line = [one for one in lines if one.row < row.number][-1]
        label = Label("Name", 1, line.words, 1)
        records.append(_with_value(row, position, label, line.row))
    column = Column(position, BETWEEN, field="name")
    return replace(table, columns=(*table.columns, column), records=tuple(records))


def is_name(text: str) -> bool:
    """Whether a text can be a person’s whole name, and is no word of a list or month."""
    words = re.split(r"[\s,]+", text.strip())
    letters = all(re.fullmatch(r"[^\W\d_]+(?:['’.-][^\W\d_]*)*", word) for word in words)
    known = {squash(word) for word in words} & (word_list("no_names") | month_numbers().keys())
    return 2 <= len(words) <= 4 and letters and not known  # noqa: PLR2004


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
