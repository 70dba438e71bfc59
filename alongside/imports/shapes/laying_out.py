"""The table as it is planned: in its shape, without dittos, with one record for each plan."""

from __future__ import annotations

from alongside.imports.mapped import SheetMapping
from alongside.imports.reading.table import Table
from alongside.imports.setting import Setting
from alongside.imports.shapes.continued import is_ditto, joined, without_dittos
from alongside.imports.shapes.reshaping import reshaped


def laid_out(table: Table, mapping: SheetMapping, setting: Setting) -> Table:
    """A record for each row that is planned, as the mapping has it; as it stands when left out."""
    if not mapping.kind or mapping.missing() or mapping.asks:
        return table
    flat = reshaped(table, mapping, setting)
    if any(is_ditto(value) for row in flat.records for value in row.values):
        flat = without_dittos(flat, mapping)
    if mapping.kind == "plans" and mapping.one_plan:
        flat = joined(flat, mapping)
    return flat
