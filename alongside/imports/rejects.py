"""Writing rejected rows back as a file that can be mended and brought again."""

from __future__ import annotations

import csv
import io

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from alongside.exports.files import plain, written
from alongside.imports.plan import ImportPlan, rejected_rows
from alongside.imports.reading.sheets import SheetRow
from alongside.imports.reading.tables import Table


def write_rejected(plan: ImportPlan, delimiter: str = ",") -> tuple[str, bytes]:
    """The rejected rows under their own headings, every cell unchanged; its ending and bytes.

    A delimited file comes back delimited, in UTF-8; a workbook comes back as a workbook with
    one sheet for each that had rejected rows. No bytes when nothing was rejected.
    """
    rejected = rejected_rows(plan)
    tables = [table for table in plan.tables if table.name in rejected]
    if not tables:
        return "", b""
    if all(table.sheet.delimited for table in tables):
        return "csv", _delimited(tables[0], rejected[tables[0].name], delimiter)
    return "xlsx", _workbook(tables, rejected)


def _header(table: Table) -> list[SheetRow]:
    """The headings as they stood; the letters of the columns where there were none."""
    if table.heads == "none":
        heads = {column.position: column.heading for column in table.columns}
        return [SheetRow(0, tuple(heads.get(c) for c in range(1, max(heads) + 1)))]
    return [row for row in table.sheet.rows if row.number in table.header_rows]


def _delimited(table: Table, rows: list[SheetRow], delimiter: str) -> bytes:
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, delimiter=delimiter)
    for row in (*_header(table), *rows):
        writer.writerow("" if value is None else plain(str(value)) for value in row.values)
    return kept.getvalue().encode("utf-8-sig")


def _workbook(tables: list[Table], rejected: dict[str, list[SheetRow]]) -> bytes:
    book = openpyxl.Workbook(write_only=False)
    if book.active is not None:
        book.remove(book.active)
    for table in tables:
        sheet = book.create_sheet(table.name[-31:])
        for number, row in enumerate((*_header(table), *rejected[table.name]), 1):
            _write(sheet, number, row)
        _merge_again(sheet, table)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


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
    if not table.header_rows:
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
