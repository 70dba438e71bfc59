"""Writing rejected rows back as a file that can be mended and brought again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import replace

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from alongside.exports.files import plain, written
from alongside.imports.mapped import SheetMapping
from alongside.imports.plan import ImportPlan, rejected_rows
from alongside.imports.reading.sheets import SheetRow
from alongside.imports.reading.table import Table
from alongside.imports.shapes.full_days import with_days_in_full
from alongside.imports.words import kinds

LONGEST_TITLE = 31


def write_rejected(plan: ImportPlan, delimiter: str = ",") -> tuple[str, bytes]:
    """The rejected rows under their own headings, every cell unchanged; its ending and bytes.

    A delimited file comes back delimited, in UTF-8; a workbook comes back as a workbook with
    one sheet for each that had rejected rows. No bytes when nothing was rejected.
    """
    rejected = rejected_rows(plan)
    tables = [table for table in plan.tables if table.name in rejected]
    if not tables:
        return "", b""
    rejected = {
        table.name: with_days_in_full(rejected[table.name], table, plan.mappings[table.name])
        for table in tables
    }
    rejected = {table.name: _without_joined(rejected[table.name], table) for table in tables}
    headers = {table.name: _header(table, plan.mappings[table.name]) for table in tables}
    if len(tables) == 1 and tables[0].sheet.delimited:
        name = tables[0].name
        return "csv", _delimited(headers[name], rejected[name], delimiter)
    return "xlsx", _workbook(tables, plan.mappings, headers, rejected)


def _header(table: Table, mapping: SheetMapping) -> list[SheetRow]:
    """The headings as they stood; the letters of the columns where there were none.

    A table that stood otherwise, as a grid, say, comes back as a list, under headings that are
    understood whatever was said of its columns.
    """
    if table.shape != "list":
        return [SheetRow(0, tuple(_labels(table, mapping).values()))]
    if table.heads == "none":
        heads = {column.position: column.heading for column in table.columns}
        return [SheetRow(0, tuple(heads.get(c) for c in range(1, max(heads) + 1)))]
    rows = [row for row in table.sheet.rows if row.number in table.header_rows]
    joined = _joined_from(table)
    made = {
        p: label
        for p, label in _labels(table, mapping).items()
        if table.is_made(p) and not (joined and p >= joined)
    }
    return [*rows[:-1], _with_made(rows[-1], made)] if made else rows


def _joined_from(table: Table) -> int:
    """Where the columns begin that were put together from others; 0 when there are none."""
    if table.shape != "list":
        return 0
    return min((c.position for c in table.columns if c.parts), default=0)


def _without_joined(rows: list[SheetRow], table: Table) -> list[SheetRow]:
    """The rows with the day, the month and the year where they stood, to be mended there."""
    first = _joined_from(table)
    return [replace(row, values=row.values[: first - 1]) for row in rows] if first else rows


def _labels(table: Table, mapping: SheetMapping) -> dict[int, str]:
    """What each column is called: by the label of its field, or as it was."""
    words = kinds()[mapping.kind]
    fields = {c.position: words.field(c.field) for c in mapping.columns if c.field}
    return {
        c.position: field.label if (field := fields.get(c.position)) else c.heading
        for c in table.columns
    }


def _with_made(row: SheetRow, made: dict[int, str]) -> SheetRow:
    width = max(len(row.values), *made)
    values = (*row.values, *[None] * (width - len(row.values)))
    return SheetRow(row.number, tuple(made.get(n, v) for n, v in enumerate(values, 1)))


def _delimited(header: list[SheetRow], rows: list[SheetRow], delimiter: str) -> bytes:
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, delimiter=delimiter)
    for row in (*header, *rows):
        writer.writerow("" if value is None else plain(str(value)) for value in row.values)
    return kept.getvalue().encode("utf-8-sig")


def _workbook(
    tables: list[Table],
    mappings: Mapping[str, SheetMapping],
    headers: dict[str, list[SheetRow]],
    rejected: dict[str, list[SheetRow]],
) -> bytes:
    book = openpyxl.Workbook(write_only=False)
    if book.active is not None:
        book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(_title(table, mappings[table.name]))
        for number, row in enumerate((*headers[table.name], *rejected[table.name]), 1):
            _write(sheet, number, row)
        _merge_again(sheet, table)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _title(table: Table, mapping: SheetMapping) -> str:
    """The name of the sheet; what stood otherwise is called after its kind, to be known by it."""
    if table.shape == "list":
        return table.name[-LONGEST_TITLE:]
    return f"{kinds()[mapping.kind].label} {table.name}"[:LONGEST_TITLE]


def _write(sheet: Worksheet, number: int, row: SheetRow) -> None:
    for column, value in enumerate(row.values, 1):
        if value is None:
            continue
        cell = sheet.cell(number, column)
        cell.value = written(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # text that begins with “=” stays text
            cell.quotePrefix = plain(value) != value


def _merge_again(sheet: Worksheet, table: Table) -> None:
    """A heading of two lines is only recognised by its merged cells."""
    if not table.header_rows or table.shape != "list":
        return
    first, last = table.header_rows[0], table.header_rows[-1]
    for area in table.sheet.merged:
        if area.top >= first and area.bottom <= last:
            sheet.merge_cells(
                start_row=area.top - first + 1,
                end_row=area.bottom - first + 1,
                start_column=area.left,
                end_column=area.right,
            )


def describe_rejected(plan: ImportPlan) -> list[str]:
    """One line for each reason, for the list that goes with the file."""
    return [str(reason) for row in plan.rows if row.verdict == "rejected" for reason in row.reasons]
