"""A month that is over, chosen from the last ones."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alongside.kit.durations import Duration

MOST_MONTHS = 12


class MonthField(forms.TypedChoiceField):
    """Its value is the first day of the month. `offer` says which day it is, and thereby which."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", "Which month?")
        super().__init__(coerce=date.fromisoformat, **kwargs)

    def offer(self, today: date) -> None:
        this = today.replace(day=1)
        before = [Duration(months=back).before(this) for back in range(1, MOST_MONTHS + 1)]
        self.choices = [(month.isoformat(), f"{month:%B %Y}") for month in before]
