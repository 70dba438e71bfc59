"""A calendar month, as people ask for it: "2026-04"."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SHAPE = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])", re.ASCII)


@dataclass(frozen=True, slots=True)
class Month:
    """One month of the calendar, at a place with its own clock."""

    year: int
    number: int
    zone: ZoneInfo

    @classmethod
    def asked(cls, text: str, *, today: date, zone: ZoneInfo) -> Month:
        """The month that was asked for; this one when it was not, or makes no sense."""
        found = SHAPE.fullmatch(text)
        return cls(int(found[1]), int(found[2]), zone) if found else cls.of(today, zone)

    @classmethod
    def of(cls, day: date, zone: ZoneInfo) -> Month:
        return cls(day.year, day.month, zone)

    @property
    def days(self) -> tuple[date, date]:
        """Its first and its last day."""
        last = monthrange(self.year, self.number)[1]
        return date(self.year, self.number, 1), date(self.year, self.number, last)

    @property
    def instants(self) -> tuple[datetime, datetime]:
        """From its first instant to the last before the next month, where the scheme is."""
        first, after = self.days[0], self.after().days[0]
        begins, ends = (datetime.combine(day, time.min, tzinfo=self.zone) for day in (first, after))
        return begins, ends - timedelta.resolution

    def before(self) -> Month:
        return Month.of(self.days[0] - timedelta(days=1), self.zone)

    def after(self) -> Month:
        return Month.of(self.days[1] + timedelta(days=1), self.zone)

    def __str__(self) -> str:
        return f"{self.year}-{self.number:02}"

    @property
    def says(self) -> str:
        return f"{self.days[0]:%B %Y}"
