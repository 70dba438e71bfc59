"""What is asked when a month is closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.ui.forms import OperationForm
from alongside.ui.months import MonthField


class CloseMonthForm(OperationForm):
    """Which of the last months."""

    month = MonthField(
        help_text="Its figures stand still from then on. What is put right later shows beside."
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["month"].offer(today)  # type: ignore[attr-defined]
