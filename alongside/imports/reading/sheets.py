"""What a reader hands on: sheets of rows, with everything that stood beside the values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

type Value = str | int | float | Decimal | bool | date | datetime | time | timedelta | None

SPACES = " \t\r\n\v\f\u00a0\u2007\u202f\ufeff\u200b"


class Unreadable(Exception):
    """A file that cannot be opened: what stopped it, and what to do instead."""

    def __init__(self, because: str, *, instead: str) -> None:
        super().__init__(f"{because} {instead}")
        self.because, self.instead = because, instead


@dataclass(frozen=True, slots=True)
class Limits:
    """How large a file may be before it is refused: bytes, unpacked bytes, cells, columns."""

    file_bytes: int = 20_000_000
    unpacked_bytes: int = 300_000_000
    cells: int = 2_000_000
    columns: int = 400


@dataclass(frozen=True, slots=True)
class Remark:
    """What a reader of shapes has to say of one cell of a row it made: a reason code.

    `refuses` when the row cannot be taken so.
    """

    code: str
    position: int = 0
    refuses: bool = True


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row or record: the number people see beside it, and its values from column 1 on.

    `fields` is how many fields a delimited record really had; None in a workbook. A row that was
    made of cells that stood otherwise has `at`, the row and column of each value, `part` to tell
    it from others of the same number, and `says`, what it was made of. `more` are rows that go
    on with it. Rows of one table with the same `whose` are surely about one person.
    """

    number: int
    values: tuple[Value, ...]
    fields: int | None = None
    at: tuple[tuple[int, int], ...] = ()
    part: str = ""
    says: str = ""
    remarks: tuple[Remark, ...] = ()
    more: tuple[SheetRow, ...] = ()
    whose: str = ""

    def cell(self, position: int) -> tuple[int, int]:
        """The row and column where a value really stands; (0, 0) when it stands nowhere."""
        if not self.at:
            return self.number, position
        return self.at[position - 1] if position <= len(self.at) else (0, 0)

    def is_blank(self) -> bool:
        return all(is_empty(value) for value in self.values)


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range, first and last row and column included."""

    top: int
    bottom: int
    left: int
    right: int

    def spans_rows(self) -> bool:
        return self.bottom > self.top


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet, or the one table of a delimited file.

    `unworked` are formulas of a workbook that no program ever worked out, so that no value of
    theirs is known.
    """

    name: str
    rows: tuple[SheetRow, ...]
    hidden: bool = False
    delimited: bool = False
    merged: tuple[Merged, ...] = ()
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    comments: Mapping[tuple[int, int], str] = field(default_factory=dict)
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    errors: Mapping[tuple[int, int], str] = field(default_factory=dict)
    unworked: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file as read: its sheets, and how its text was understood."""

    name: str
    sheets: tuple[Sheet, ...]
    encoding: str = ""
    delimiter: str = ""


def is_empty(value: Value) -> bool:
    """Nothing in the cell but spaces of any kind."""
    return value is None or (isinstance(value, str) and not value.strip(SPACES))


def text_of(value: Value) -> str:
    """The words of a cell as a person reads them, trimmed at both ends."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value.strip(SPACES)
    if isinstance(value, datetime):
        shown = value.date() if value.time() == time() else value
        return shown.isoformat(sep=" ") if isinstance(shown, datetime) else shown.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def letter_of(column: int) -> str:
    """Column 1 is A, column 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
