"""How one sheet is read: its shape, its kind, and what each column means. Plain data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal

from alongside.imports.undated import Year
from alongside.imports.words import kinds


@dataclass(frozen=True, slots=True)
class ColumnUse:
    """What one column is taken to mean; no field means it is left out."""

    position: int
    heading: str
    field: str = ""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """How one table is read. Plain data: a user may correct it, and it is remembered.

    No `kind` means the sheet is left out. `ref_is` says whether the reference column names a
    person for good or only counts the lines. `minutes_in` is what a bare number of length
    counts: 1 for minutes, 60 for hours. `about_sheet`: the name of the sheet is the person.

    `shape` is how its records stand, a key of `shapes.SHAPES`. `starts` is the first day above the
    columns of a grid (2026-03-02), where those say less than a date; `year` the year of dates that
    have none, from the month `year_starts` on, and `year_from` where that was found. `marks` is
    what each mark of a grid means. `one_plan`: several rows of one person and week are one plan.
    `asks` is what must be said before a grid can be read: "starts" or "year".
    """

    sheet: str
    kind: str
    columns: tuple[ColumnUse, ...]
    signature: str = ""
    day_first: bool = True
    ref_is: Literal["line", "person"] = "line"
    minutes_in: int = 1
    about_sheet: bool = False
    shape: str = "list"
    starts: str = ""
    year: int = 0
    year_starts: int = 1
    year_from: str = ""
    marks: Mapping[str, str] = field(default_factory=dict)
    one_plan: bool = True
    asks: tuple[str, ...] = ()

    @property
    def undated(self) -> Year:
        """The year of dates that have none."""
        return Year(self.year, self.year_starts, self.year_from)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> SheetMapping:
        columns = tuple(ColumnUse(**column) for column in kept["columns"])
        asks = tuple(kept.get("asks", ()))
        return cls(**{**kept, "columns": columns, "asks": asks})

    def with_field(self, position: int, field: str) -> SheetMapping:
        """The same mapping with one column's meaning corrected."""
        columns = tuple(
            replace(c, field=field) if c.position == position else c for c in self.columns
        )
        return replace(self, columns=columns)

    def positions(self, field: str) -> tuple[int, ...]:
        return tuple(c.position for c in self.columns if c.field == field)

    def missing(self) -> tuple[tuple[str, ...], ...]:
        """What this kind of sheet cannot do without and no column is mapped to."""
        if self.kind not in kinds():
            return ()
        used = {column.field.partition("=")[0] for column in self.columns}
        used |= {"name"} if self.about_sheet else set()
        return tuple(need for need in kinds()[self.kind].needs if not used & set(need))
