"""Which month is fixed."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.ui.forms import OperationForm
from alongside.ui.months import MonthField


class FixFiguresForm(OperationForm):
    """One of the last months."""

    month = MonthField(
        help_text="Its figures are counted now, and others are told the same ever after."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].offer(today)  # type: ignore[attr-defined]
