"""One door for every file: what it is is told from its content, never from its name."""

from __future__ import annotations

from alongside.imports.reading.delimited import read_delimited
from alongside.imports.reading.sheets import Limits, SourceFile, Unreadable
from alongside.imports.reading.workbook import OLE_MARK, PDF_MARK, ZIP_MARK, read_workbook

WORKBOOK_ENDINGS = (".xlsx", ".xlsm", ".xltx", ".xls", ".xlsb", ".ods", ".pdf")


def read_file(name: str, content: bytes, limits: Limits | None = None) -> SourceFile:
    """Read a workbook or a delimited file into sheets.

    Refused when it is empty, too large, or neither a workbook nor text.
    """
    limits = limits or Limits()
    if not content.strip():
        raise Unreadable(
            "This file is empty.", instead="Check that it is the right one and choose it again."
        )
    if len(content) > limits.file_bytes:
        raise Unreadable(
            f"This file is larger than {limits.file_bytes // 1_000_000} MB.",
            instead="Take out pictures and sheets that are not needed, and bring it again.",
        )
    if is_workbook(name, content):
        source = read_workbook(name, content, limits)
    else:
        source = read_delimited(name, content, limits)
    if not any(sheet.rows for sheet in source.sheets):
        raise Unreadable(
            "There is nothing written in this file.",
            instead="Check that it is the right one and choose it again.",
        )
    return source


def is_workbook(name: str, content: bytes) -> bool:
    """Whether it is to be read as a workbook, by its content or else by its name."""
    marked = content.startswith((ZIP_MARK, OLE_MARK, PDF_MARK))
    return marked or name.lower().endswith(WORKBOOK_ENDINGS)
