"""What is asked about keeping and erasing."""

from __future__ import annotations

from django import forms

from alongside.ui.forms import OperationForm


class ReasonForm(OperationForm):
    because = forms.CharField(label="Why?", widget=forms.Textarea)


class KeepForm(OperationForm):
    answer_words = forms.CharField(label="Why is it kept longer?", widget=forms.Textarea)
    look_again_on = forms.DateField(label="When is it looked at again?")


class SureForm(OperationForm):
    """No question: the button is the answer."""
