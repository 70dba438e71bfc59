"""Dates and names that a log writes once, above all the rows they belong to."""

from __future__ import annotations

from dataclasses import replace

from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.sheets import Remark, SheetRow, Value, is_empty
from alongside.imports.reading.table import Table

# Fewer blanks than this are forgotten, and not a habit.
HABIT, FEWEST = 0.3, 3
CARRIED = {"date": "date-above", "name": "name-above"}
OTHER_NAMES = frozenset({"surname", "forenames", "person_ref"})


def with_what_is_written_once(table: Table, mapping: SheetMapping) -> Table:
    """The log with the date or the name of the row above where it is left out by habit.

    Each such row carries a warning.
    """
    if mapping.kind not in {"sessions", "notes"} or table.shape != "list":
        return table
    for field, code in CARRIED.items():
        positions = mapping.positions(field)
        if field == "name" and OTHER_NAMES & {c.field for c in mapping.columns}:
            continue
        if positions and _is_habit(table, positions[0]):
            table = _carried(table, positions[0], code)
    return table


def _is_habit(table: Table, position: int) -> bool:
    rows = table.records
    blank = sum(is_empty(_at(row, position)) for row in rows)
    begins = bool(rows) and not is_empty(_at(rows[0], position))
    return begins and len(rows) >= FEWEST and blank >= len(rows) * HABIT and blank > 1


def _carried(table: Table, position: int, code: str) -> Table:
    records: list[SheetRow] = []
    above: Value = None
    for row in table.records:
        value = _at(row, position)
        if is_empty(value) and not is_empty(above):
            values = (*row.values, *[None] * position)[: max(position, len(row.values))]
            told = (*values[: position - 1], above, *values[position:])
            remarks = (*row.remarks, Remark(code, position, refuses=False))
            records.append(replace(row, values=told, remarks=remarks))
        else:
            records.append(row)
            above = value
    return replace(table, records=tuple(records))


def _at(row: SheetRow, position: int) -> Value:
    return row.values[position - 1] if position <= len(row.values) else None
