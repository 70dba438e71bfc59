"""What becomes of each row, and why, in words."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alongside.imports.reading.sheets import letter_of
from alongside.imports.words import messages


class Verdict(StrEnum):
    """The end of one row."""

    NEW = "new"
    WARNING = "warning"
    REJECTED = "rejected"
    REPEAT = "repeat"
    ASIDE = "aside"
    UNCHANGED = "unchanged"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to say about a row: its code, where it is, and what stood there.

    `told` are a room’s own two sentences, when it was the room that refused.
    """

    code: str
    sheet: str
    row: int
    column: int = 0
    heading: str = ""
    found: str = ""
    told: tuple[str, str] = ("", "")

    @property
    def cell(self) -> str:
        """The cell as Excel names it, or nothing when it is about the whole row."""
        return f"{letter_of(self.column)}{self.row}" if self.column else ""

    @property
    def because(self) -> str:
        return self.told[0] or messages()[self.code][0]

    @property
    def instead(self) -> str:
        return self.told[1] or messages()[self.code][1]

    def __str__(self) -> str:
        place = f"{self.sheet}, {f'cell {self.cell}' if self.cell else f'row {self.row}'}"
        found = f" (“{self.found}”)" if self.found else ""
        return f"{place}{found}: {self.because} {self.instead}"


@dataclass(frozen=True, slots=True)
class VerdictWords:
    """How a verdict is said to people: alone, what it means, and in which tone."""

    says: str
    means: str
    tone: str


SAYS = {
    Verdict.NEW: VerdictWords("New", "brought in, nothing to say", "good"),
    Verdict.WARNING: VerdictWords("With a warning", "brought in, something is doubtful", "warn"),
    Verdict.UPDATE: VerdictWords("Changed", "known already, and brought up to date", "info"),
    Verdict.REJECTED: VerdictWords("Rejected", "not brought in until it is mended", "bad"),
    Verdict.REPEAT: VerdictWords("Repeat", "the same as an earlier row", "quiet"),
    Verdict.UNCHANGED: VerdictWords("Here already", "brought in before, nothing to do", "quiet"),
    Verdict.ASIDE: VerdictWords("Not a record", "a title, heading, total or footnote", "quiet"),
}
