"""How many fields a line of a delimited list should have."""

from __future__ import annotations

from alongside.imports.reading.sheets import SheetRow, is_empty
from alongside.imports.reading.table import Table


def width_of(table: Table) -> int:
    """The last column of the heading, whichever of them are read; 0 when there is none."""
    heads = [row for row in table.sheet.rows if row.number in table.header_rows]
    filled = [n for row in heads for n, value in enumerate(row.values, 1) if not is_empty(value)]
    return max(filled, default=table.columns[-1].position if table.columns else 0)


def wrong_width(row: SheetRow, width: int) -> str:
    """The reason code of a line with too few or too many fields; nothing when it has as many."""
    if row.fields is None or not width:
        return ""
    if row.fields < width:
        return "too-few-columns"
    return "too-many-columns" if any(not is_empty(v) for v in row.values[width:]) else ""
