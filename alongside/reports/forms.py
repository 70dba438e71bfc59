"""Which month is fixed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alongside.kit.durations import Duration
from alongside.ui.forms import OperationForm

MOST_MONTHS = 12


class FixFiguresForm(OperationForm):
    """One of the last months."""

    month = forms.TypedChoiceField(
        label="Which month?", coerce=date.fromisoformat,
        help_text="Its figures are counted now, and others are told the same ever after.",
    )  # fmt: skip

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = today.replace(day=1)
        before = [Duration(months=back).before(this) for back in range(1, MOST_MONTHS + 1)]
        self.fields["month"].choices = [  # type: ignore[attr-defined]
            (month.isoformat(), f"{month:%B %Y}") for month in before
        ]
