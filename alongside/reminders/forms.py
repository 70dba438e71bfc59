"""What somebody wants to be sent."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.reminders.models import LAST_HOUR
from alongside.ui.forms import OperationForm


class MailForm(OperationForm):
    daily = forms.BooleanField(
        label="Each day, how many things I owe are due or late", required=False
    )
    weekly = forms.BooleanField(label="Each week, how it stands where I lead", required=False)
    unread = forms.BooleanField(
        label="At most once a day, that a message waits which I have not read", required=False
    )
    from_hour = forms.TypedChoiceField(
        label="Not before which hour?",
        coerce=int,
        choices=[(str(hour), f"{hour:02}:00") for hour in range(LAST_HOUR + 1)],
    )

    def __init__(self, *args: Any, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not leads:
            self.fields["weekly"].widget = forms.HiddenInput()
