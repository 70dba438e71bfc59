"""A day that says to which record it belongs, so that a duty and what closes it can meet."""

from __future__ import annotations

from datetime import date
from typing import Self


class NamedDay(date):
    """A date in every way, with `ref`: which of several things happened on it."""

    ref: str = ""

    @classmethod
    def of(cls, day: date, ref: str) -> Self:
        named = cls(day.year, day.month, day.day)
        named.ref = ref
        return named

    def plain(self) -> date:
        return date(self.year, self.month, self.day)
