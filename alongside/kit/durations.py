"""Lengths of time as a procedure writes them (P7D, P12W, P1M), counted on calendar dates."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

_SHAPE = re.compile(r"P(?=\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?", re.ASCII)
LONGEST_YEARS = 120  # a record may be kept for a hundred years; no date runs out of its calendar
_UNITS = (("year", "years"), ("month", "months"), ("week", "weeks"), ("day", "days"))


@dataclass(frozen=True, slots=True)
class Duration:
    """An ISO 8601 duration in whole years, months, weeks and days; never hours.

    Months and years come first and are cut to the length of the month they land in
    (31 January and one month is the last day of February); weeks and days are then counted.
    """

    years: int = 0
    months: int = 0
    weeks: int = 0
    days: int = 0

    @classmethod
    def parse(cls, text: str) -> Duration:
        """Read "P7D" or "P1Y2M". ValueError says what a duration looks like."""
        if not (found := _SHAPE.fullmatch(text)):
            raise ValueError(f'"{text}" is not a length of time such as "P7D", "P12W" or "P1M".')
        years, months, weeks, days = (int(part or 0) for part in found.groups())
        if years + months / 12 + (weeks * 7 + days) / 365 > LONGEST_YEARS:
            raise ValueError(f'"{text}" is longer than {LONGEST_YEARS} years.')
        return cls(years, months, weeks, days)

    def after(self, day: date) -> date:
        """The date this long after `day`."""
        return _by_months(day, self._whole_months) + timedelta(days=self._loose_days)

    def before(self, day: date) -> date:
        """The date this long before `day`."""
        return _by_months(day, -self._whole_months) - timedelta(days=self._loose_days)

    @property
    def in_words(self) -> str:
        """ "7 days", "1 month and 2 days"."""
        parts = [
            f"{number} {one if number == 1 else many}"
            for number, (one, many) in zip(
                (self.years, self.months, self.weeks, self.days), _UNITS, strict=True
            )
            if number
        ]
        return " and ".join(parts) or "0 days"

    def __str__(self) -> str:
        parts = ((self.years, "Y"), (self.months, "M"), (self.weeks, "W"), (self.days, "D"))
        return "P" + ("".join(f"{number}{unit}" for number, unit in parts if number) or "0D")

    def __bool__(self) -> bool:
        return any((self.years, self.months, self.weeks, self.days))

    @property
    def _whole_months(self) -> int:
        return self.years * 12 + self.months

    @property
    def _loose_days(self) -> int:
        return self.weeks * 7 + self.days


def _by_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    month += 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
