"""Reads a file in a process of its own, and takes from it nothing but sheets and their values.

Text too: which letters it is written in is found by trying some hundred ways to read it, and a few
megabytes can be made so that they come to gigabytes of records.
"""

from __future__ import annotations

import codecs
import io
import json
import pickle
from dataclasses import asdict
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import openpyxl
from charset_normalizer.constant import IANA_SUPPORTED

from alongside.imports.reading.files import read_file
from alongside.imports.reading.sheets import (
    Limits,
    Merged,
    Remark,
    Sheet,
    SheetRow,
    SourceFile,
    Unreadable,
)
from alongside.imports.reading.written_dates import is_written_date
from alongside.kit.apart import CannotBeRead, TakesTooMuch, read_apart

MEGABYTES, SECONDS = 600, 40
"""What an honest workbook of as many cells as may be takes; a picture has a great deal less."""
# In letters that only trying finds.
A_LIST = "Имя,Заметка\n" + "Ольга Петрова,Поговорили о письме\n" * 9
READER = "alongside.imports.reading.apart:sheets_of"
KNOWN = {
    (one.__module__, one.__qualname__): one
    for one in (
        *(SourceFile, Sheet, SheetRow, Remark, Merged),
        *(date, datetime, time, timedelta, Decimal),
    )
}


class _Sheets(pickle.Unpickler):
    """Makes sheets and values, and nothing else, whatever the other process sends."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in KNOWN:
            raise pickle.UnpicklingError(f"{module}.{name} is no value of a sheet")
        return KNOWN[module, name]


def get_ready() -> None:
    """The other process: read a workbook and a list once, which loads all that reading needs.

    And every alphabet: each is a file of its own, and files are shut from then on.
    """
    made = io.BytesIO()
    openpyxl.Workbook().save(made)
    openpyxl.load_workbook(io.BytesIO(made.getvalue()))
    for alphabet in ("cp437", "utf-8-sig", *IANA_SUPPORTED):
        codecs.lookup(alphabet)
    read_file("a.csv", A_LIST.encode("cp1251"))
    is_written_date("2 March 2026")


def sheets_of(data: bytes, *, name: str, limits: dict[str, int]) -> bytes:
    """The other process: the file as read, packed. A `ValueError` holds both sentences."""
    try:
        return pickle.dumps(read_file(name, data, Limits(**limits)))
    except Unreadable as no:
        raise ValueError(json.dumps([no.because, no.instead])) from no


def read_file_apart(name: str, content: bytes, limits: Limits) -> SourceFile:
    """As `read_file`, with limits on memory and time. Raises `Unreadable`."""
    try:
        packed = read_apart(
            READER, content, megabytes=MEGABYTES, seconds=SECONDS, name=name, limits=asdict(limits)
        )
    except CannotBeRead as no:
        because, instead = json.loads(str(no))
        raise Unreadable(because, instead=instead) from no
    except TakesTooMuch as much:
        raise Unreadable(
            "Opening this file would take more memory or time than a spreadsheet does.",
            instead="Copy the rows you need into a new file and bring that.",
        ) from much
    found: SourceFile = _Sheets(io.BytesIO(packed)).load()
    return found
