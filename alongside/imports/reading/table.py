"""What a table of a sheet is: its heading, its records, and the rows that are neither."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from alongside.imports.reading.grids import Grid
from alongside.imports.reading.sheets import Sheet, SheetRow, letter_of
from alongside.imports.spelling import squash

type Heads = Literal["known", "guessed", "none"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: its number and letter, its heading and the heading above that.

    A column that a reader of shapes made has the `field` it is for, and no letter. `place_is` are
    the letters where what it holds really stands, when that is elsewhere; `parts` the columns that
    it was put together from.
    """

    position: int
    heading: str
    group: str = ""
    hidden: bool = False
    field: str = ""
    place_is: str = ""
    parts: tuple[int, ...] = ()

    @property
    def letter(self) -> str:
        return self.place_is or ("" if self.field else letter_of(self.position))

    @property
    def place(self) -> str:
        """Where people find it: its letter, or that it was worked out."""
        return self.letter or "Worked out"


@dataclass(frozen=True, slots=True)
class SetAside:
    """A row that is not a record: title, heading, header again, total or footnote."""

    row: int
    what: str
    words: str


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a sheet.

    `heads` says how its headings were found: by words that are known, by their place alone, or
    not at all; then the columns are called after their letters. `grid` are the days above its
    columns. `shape` is how its records stand in the sheet, a key of `shapes.SHAPES`. `file` is the
    name of the file; `lines_above` the short lines above it in its sheet, the nearest last.
    """

    sheet: Sheet
    header_rows: tuple[int, ...]
    columns: tuple[Column, ...]
    records: tuple[SheetRow, ...]
    set_aside: tuple[SetAside, ...]
    titles: tuple[SetAside, ...]
    heads: Heads = "known"
    grid: Grid | None = None
    shape: str = "list"
    file: str = ""
    lines_above: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.sheet.name

    def signature(self) -> str:
        """The headings as one text, by which a remembered mapping is found again.

        The days of a grid change from file to file, and count as one.
        """
        days = set(self.grid.positions) if self.grid else set()
        found = [
            "day" if column.position in days else squash(f"{column.group} {column.heading}")
            for column in self.columns
        ]
        alone = [one for n, one in enumerate(found) if one != "day" or found[n - 1 : n] != ["day"]]
        return "|".join(alone)

    def is_made(self, position: int) -> bool:
        """Whether a column was made of what stands elsewhere than in a column."""
        return any(c.position == position and c.field for c in self.columns)
