"""Rows as a file that a spreadsheet opens, in which nothing is a formula and nothing is hidden.

A spreadsheet takes a cell that begins with one of a few signs for a formula, and runs it. In a
delimited file such a cell gets an apostrophe before it; in a workbook it is marked as text, which
is the same thing said in the workbook's own way. Our own import takes both back, so that what was
written comes in again letter by letter.

Source: OWASP ASVS 5.0, 1.2.10.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell

from alongside.kit.refusal import Refused

CSV, XLSX = "csv", "xlsx"
KINDS = {CSV: "text/csv; charset=utf-8",
         XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"}  # fmt: skip
LONGEST = 32_767
"""Letters in one cell of a workbook; Excel holds no more."""

# What begins a formula, also in its wide forms, after blanks that a program may skip; and the
# blanks that begin a cell of their own. An apostrophe before any of it is ours, or looks like it.
_BLANKS = " \u00a0\u200b\u200e\u200f\u2060\u3000\ufeff"
_SIGNS = "=+\\-@＝＋－＠−"  # the wide forms are meant
_BEGINS = re.compile(f"'*(?:[{_BLANKS}]*[{_SIGNS}]|[{_BLANKS}]*[\t\r\n\v\f\x00-\x08\x0e-\x1f|])")
# Excel's own way to write what XML cannot hold; it must be written for its own beginning, too.
_UNWRITABLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\r\ufffe\uffff\ud800-\udfff]|_(?=x[0-9A-Fa-f]{4}_)"
)
_WRITTEN = re.compile(r"_x([0-9A-Fa-f]{4})_")


def plain(text: str) -> str:
    """What a spreadsheet would take for a formula is made text."""
    return f"'{text}" if _BEGINS.match(text) else text


def as_it_was(text: str) -> str:
    """The words of a cell that `plain` has made text; any other cell as it is."""
    return text[1:] if text.startswith("'") and _BEGINS.match(text[1:]) else text


def written(text: str) -> str:
    """What XML cannot hold, in Excel's own way: `_x000D_`."""
    return _UNWRITABLE.sub(lambda found: f"_x{ord(found[0]):04X}_", text)


def read(text: str) -> str:
    """The other way round."""
    return _WRITTEN.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The head and the rows, as comma-separated values.

    Every cell stands between quotation marks, so that none falls apart.
    """
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerow([plain(cell) for cell in head])
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return file.getvalue()


def as_workbook(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """One visible sheet with the head and the rows, every cell of it text.

    Refused when a cell is longer than a workbook can hold.
    """
    rows = [list(row) for row in rows]
    if any(len(cell) > LONGEST for row in rows for cell in row):
        raise Refused(
            "A text in this list is longer than a workbook can hold.",
            instead="Take it as CSV.",
            field="kind",
        )
    book = openpyxl.Workbook(write_only=True)
    book.properties.creator = "Alongside"
    sheet = book.create_sheet(re.sub(r"[\\*?:/\[\]']", " ", title)[:31].strip() or "List")
    for row in (head, *rows):
        sheet.append([text_cell(sheet, cell) for cell in row])
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def text_cell(sheet: Any, text: str) -> Any:
    """A cell that stays text, also when somebody clicks into it."""
    cell = WriteOnlyCell(sheet, written(text))
    if cell.value:
        cell.data_type = "s"
    if _BEGINS.match(text):
        cell.quotePrefix = True
    return cell


def file_of(kind: str, title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """The bytes of the file. A delimited one says by its first bytes that it is UTF-8."""
    if kind == XLSX:
        return as_workbook(title, head, rows)
    return as_csv(head, rows).encode("utf-8-sig", errors="replace")
