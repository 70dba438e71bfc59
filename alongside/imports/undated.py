"""Which year a date without one belongs to: taken from what stands near it, or asked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from alongside.imports.reading.periods import Period, period_in

HALF_A_YEAR = 6
ABOVE, SHEET, FILE, BESIDE = "above", "sheet", "file", "beside"
SOURCES = {
    ABOVE: "the lines above the list",
    SHEET: "the name of the sheet",
    FILE: "the name of the file",
    BESIDE: "the other dates of the list",
    "said": "what you said",
}


@dataclass(frozen=True, slots=True)
class Year:
    """The year of dates without one: of the months from `starts` on; earlier ones are the next's.

    No year means that it must be asked. `source` is a key of `SOURCES`.
    """

    year: int = 0
    starts: int = 1
    source: str = ""

    def of(self, month: int) -> int | None:
        if not self.year:
            return None
        return self.year if month >= self.starts else self.year + 1


@dataclass(frozen=True, slots=True)
class Section:
    """A line between the records that names the month or year of those below it."""

    row: int
    period: Period


@dataclass(frozen=True, slots=True)
class Years:
    """The year for every row of a table: that of its section, or that of the whole table."""

    whole: Year = Year()
    sections: tuple[Section, ...] = ()

    def of(self, row: int, month: int) -> int | None:
        above = [one.period for one in self.sections if one.row < row]
        if above and not above[-1].until and above[-1].month in {0, month}:
            return above[-1].year
        return self.whole.of(month)

    def is_weak(self) -> bool:
        """Whether the year was only taken from other dates, and each row should say so."""
        return self.whole.source == BESIDE


def guess_year(
    months: Sequence[int], texts: Iterable[tuple[str, str]], beside: Iterable[int] = ()
) -> Year:
    """The year of dates that have none. `months` are theirs in the order of the list.

    `texts` are pairs of a source and its words, the nearest first; `beside` the years of the
    dates that have one. Nothing is taken when a list runs over a year's end and no word says
    which end of it is meant.
    """
    if not months:
        return Year()
    for source, text in texts:
        if period := period_in(text):
            year, starts = _placed(months, period)
            return Year(year, starts, source) if year else Year()
    years = set(beside)
    if len(years) == 1 and _turns(months) is None:
        return Year(years.pop(), 1, BESIDE)
    return Year()


def _placed(months: Sequence[int], period: Period) -> tuple[int, int]:
    turn = _turns(months)
    if period.until:
        return (period.year, turn) if turn else (0, 1)
    if turn is None:
        return period.year, 1
    if not period.month:
        return 0, 1
    return (period.year if period.month >= turn else period.year - 1), turn


def _turns(months: Sequence[int]) -> int | None:
    """The first month of a list that runs over one year's end; None when it does not."""
    falls = [(a, b) for a, b in pairwise(months) if b < a]
    rises = [(a, b) for a, b in pairwise(months) if b > a]
    if len(falls) == 1 and falls[0][0] - falls[0][1] >= HALF_A_YEAR:
        return months[0]
    if len(rises) == 1 and rises[0][1] - rises[0][0] >= HALF_A_YEAR and falls:
        return months[-1]
    return None
