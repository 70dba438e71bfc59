"""What is asked about time away."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from alongside.stays.forms import StayForm


class AwayForm(StayForm):
    lists: ClassVar = {"kind": "pauses"}

    kind = forms.ChoiceField(label="Where are they?", choices=(), widget=forms.RadioSelect)
    left_on = forms.DateField(label="From which day?")
    expected_on = forms.DateField(
        label="When are they expected back?", required=False, help_text="Leave it open if unknown."
    )
    back_on = forms.DateField(
        label="If they are back, since which day?", required=False,
        help_text="The first day they were here again.",
    )  # fmt: skip
    words = forms.CharField(
        label="Anything to know?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class BackForm(StayForm):
    back_on = forms.DateField(label="Which day were they here again?")


class CorrectForm(StayForm):
    lists: ClassVar = {"kind": "pauses"}

    because = forms.CharField(label="What was wrong?", max_length=200)
    kind = forms.ChoiceField(label="Where were they?", choices=(), widget=forms.RadioSelect)
    left_on = forms.DateField(label="From which day?")
    back_on = forms.DateField(label="Which day were they here again?", required=False)
    words = forms.CharField(
        label="Anything to know?", required=False, max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class WithdrawForm(StayForm):
    because = forms.CharField(label="What was wrong?", max_length=200)
