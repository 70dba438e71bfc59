"""The table as it is planned: in its shape, without dittos, with one record for each plan."""

from __future__ import annotations

from dataclasses import replace

from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.sheets import Remark
from alongside.imports.reading.table import Table
from alongside.imports.reading.widths import width_of, wrong_width
from alongside.imports.setting import Setting
from alongside.imports.shapes.carried_down import with_what_is_written_once
from alongside.imports.shapes.continued import is_ditto, joined, without_dittos
from alongside.imports.shapes.day_numbers import with_days_numbered
from alongside.imports.shapes.reshaping import reshaped


def laid_out(table: Table, mapping: SheetMapping, setting: Setting) -> Table:
    """A record for each row that is planned, as the mapping has it; as it stands when left out."""
    if not mapping.kind or mapping.missing() or mapping.asks:
        return table
    flat = _with_wrong_widths(reshaped(table, mapping, setting), table)
    if any(is_ditto(value) for row in flat.records for value in row.values):
        flat = without_dittos(flat, mapping)
    flat = with_days_numbered(with_what_is_written_once(flat, mapping), mapping)
    if mapping.kind == "plans" and mapping.one_plan:
        flat = joined(flat, mapping)
    return flat


def _with_wrong_widths(flat: Table, table: Table) -> Table:
    """What was made of a line with too few or too many fields is refused like the line."""
    if flat is table or not table.sheet.delimited:
        return flat
    width = width_of(table)
    wrong = {row.number: code for row in table.records if (code := wrong_width(row, width))}
    if not wrong:
        return flat
    records = tuple(
        replace(row, remarks=(*row.remarks, Remark(wrong[row.number])), fields=None)
        if row.number in wrong
        else row
        for row in flat.records
    )
    return replace(flat, records=records)
