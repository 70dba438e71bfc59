"""What is asked about nights out."""

from __future__ import annotations

from django import forms

from alongside.stays.forms import StayForm


class BookNightOutForm(StayForm):
    night_of = forms.DateField(label="Which night?", help_text="The day on which it begins.")
    back_by = forms.DateTimeField(label="Back by when?")
    address = forms.CharField(label="Where will they be?", max_length=300)
    phone = forms.CharField(label="On which number can we reach them?", max_length=80)
    override_reason = forms.CharField(
        label="Reason for a night beyond the allowance",
        widget=forms.Textarea,
        required=False,
        help_text="Only whoever may set the number aside can allow one.",
    )


class CancelNightOutForm(StayForm):
    because = forms.CharField(label="Why is it cancelled?", widget=forms.Textarea)
