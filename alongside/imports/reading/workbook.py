"""Reading a workbook: values as Excel last worked them out, and what stands beside them."""

from __future__ import annotations

import io
import warnings
import zipfile
from collections.abc import Iterator

import openpyxl
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from alongside.exports.files import read
from alongside.imports.reading.sheets import (
    Limits,
    Merged,
    Sheet,
    SheetRow,
    SourceFile,
    Unreadable,
    Value,
)

ZIP_MARK = b"PK\x03\x04"
OLE_MARK = b"\xd0\xcf\x11\xe0"
PDF_MARK = b"%PDF"
ENCRYPTED_PART = "EncryptedPackage".encode("utf-16-le")
SAVE_AGAIN = "Open it in the program it came from and save it as an Excel workbook (.xlsx)."


def read_workbook(name: str, content: bytes, limits: Limits) -> SourceFile:
    """Read every sheet of an .xlsx workbook, hidden ones too.

    Refused when the file is something else under that name, locked with a password, damaged,
    or would unpack to more than the limits allow.
    """
    _refuse_other_kinds(content)
    _refuse_bombs(content, limits)
    try:
        values = _open(content, formulas=False)
        formulas = _open(content, formulas=True)
        worked = _is_worked_out(values, formulas)
        sheets = tuple(
            _sheet(values[title], formulas[title], limits, worked=worked)
            for title in values.sheetnames
            if isinstance(values[title], Worksheet)
        )
    except (Unreadable, MemoryError):
        raise
    except Exception as error:  # openpyxl lets many kinds through from a damaged file
        raise Unreadable("This workbook is damaged.", instead=SAVE_AGAIN) from error
    return SourceFile(name, sheets)


def _refuse_other_kinds(content: bytes) -> None:
    if content.startswith(PDF_MARK):
        raise Unreadable("This file is a PDF, not a spreadsheet.", instead=SAVE_AGAIN)
    if content.startswith(OLE_MARK):
        if ENCRYPTED_PART in content:
            raise Unreadable(
                "This workbook is locked with a password.",
                instead="Open it in Excel, take the password off, and save it again.",
            )
        raise Unreadable("This is an old kind of Excel file (.xls).", instead=SAVE_AGAIN)
    if not content.startswith(ZIP_MARK):
        raise Unreadable("This file is not an Excel workbook.", instead=SAVE_AGAIN)


def _refuse_bombs(content: bytes, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = parts.namelist()
            unpacked = sum(part.file_size for part in parts.infolist())
    except zipfile.BadZipFile as error:
        raise Unreadable("This workbook is damaged.", instead=SAVE_AGAIN) from error
    if unpacked > limits.unpacked_bytes:
        raise Unreadable(
            "This workbook would unpack to more than this computer should hold.",
            instead="Copy the rows you need into a new workbook and bring that.",
        )
    if "[Content_Types].xml" not in names or not any(n.startswith("xl/") for n in names):
        raise Unreadable("This file is not an Excel workbook.", instead=SAVE_AGAIN)


def _open(content: bytes, *, formulas: bool) -> Workbook:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return openpyxl.load_workbook(io.BytesIO(content), data_only=not formulas)


def _sheet(values: Worksheet, formulas: Worksheet, limits: Limits, *, worked: bool) -> Sheet:
    cells = [cell for cell in _cells(values) if cell.value is not None or cell.comment]
    if len(cells) > limits.cells:
        raise Unreadable(
            f"The sheet “{values.title}” has more than {limits.cells:,} cells.",
            instead="Copy the rows you need into a new workbook and bring that.",
        )
    formula_cells = {
        (c.row, c.column): str(c.value) for c in _cells(formulas) if c.data_type == "f"
    }
    return Sheet(
        name=values.title,
        rows=_rows(cells, limits),
        hidden=values.sheet_state != "visible",
        merged=tuple(
            Merged(r.min_row, r.max_row, r.min_col, r.max_col) for r in values.merged_cells.ranges
        ),
        hidden_columns=_hidden_columns(values),
        hidden_rows=frozenset(n for n, kept in values.row_dimensions.items() if kept.hidden),
        comments={(c.row, c.column): c.comment.text for c in cells if c.comment},
        formulas=formula_cells,
        unworked=frozenset() if worked else frozenset(formula_cells),
        errors={(c.row, c.column): str(c.value) for c in cells if c.data_type == "e"},
    )


def _is_worked_out(values: Workbook, formulas: Workbook) -> bool:
    """Whether some program stored what the formulas come to. An empty result counts as none."""
    return any(
        (stored := values[sheet.title]._cells.get((cell.row, cell.column))) is not None
        and stored.value is not None
        for sheet in formulas.worksheets
        for cell in _cells(sheet)
        if cell.data_type == "f"
    )


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    for cell in sheet._cells.values():  # only the cells that are there
        if not isinstance(cell, MergedCell):
            yield cell


def _rows(cells: list[Cell], limits: Limits) -> tuple[SheetRow, ...]:
    found: dict[int, dict[int, Value]] = {}
    for cell in cells:
        if cell.value is not None and cell.column <= limits.columns:
            found.setdefault(cell.row, {})[cell.column] = _value(cell)
    return tuple(
        SheetRow(number, tuple(row.get(c) for c in range(1, max(row) + 1)))
        for number, row in sorted(found.items())
    )


def _value(cell: Cell) -> Value:
    """What people read in a cell: one half, shown as a share, is 50% and no amount."""
    value = cell.value
    if isinstance(value, str):
        return read(value)
    if isinstance(value, int | float) and "%" in cell.number_format:
        return f"{value * 100:g}%"
    return value  # type: ignore[return-value]  # openpyxl gives exactly the kinds in Value


def _hidden_columns(sheet: Worksheet) -> frozenset[int]:
    return frozenset(
        column
        for kept in sheet.column_dimensions.values()
        if kept.hidden
        for column in range(kept.min or 0, (kept.max or 0) + 1)
        if column
    )
