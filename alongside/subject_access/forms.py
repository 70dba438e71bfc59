"""What is asked about a request for one's own data."""

from __future__ import annotations

from django import forms

from alongside.subject_access.models import Decision
from alongside.ui.forms import OperationForm


class RequestForm(OperationForm):
    received_on = forms.DateField(label="When did they ask?")
    identity_on = forms.DateField(label="Since when do we know that it is them?")
    words = forms.CharField(label="What do they ask for?", widget=forms.Textarea, required=False)


class DecideForm(OperationForm):
    decision = forms.ChoiceField(
        label="What is done with it?", choices=Decision.choices, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Why?", widget=forms.Textarea)


class SureForm(OperationForm):
    """No question: the button is the answer."""
