"""The forms of somebody's file: who they are, whom to call, and excusing a duty."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.ui.forms import OperationForm


class DetailsForm(OperationForm):
    """Who somebody is. The field names are those of `residents.operations.IDENTITY`."""

    given_name = forms.CharField(label="First name or names", max_length=200, required=False)
    family_name = forms.CharField(label="Family name", max_length=200, required=False)
    known_as = forms.CharField(
        label="Known as", help_text="The name to use.", max_length=200, required=False
    )
    say_it_like = forms.CharField(label="How to say it", max_length=120, required=False)
    pronouns = forms.CharField(label="Pronouns", max_length=60, required=False)
    gender = forms.CharField(label="Gender, in their own words", max_length=60, required=False)
    born_on = forms.DateField(label="Date of birth", required=False, widget=forms.DateInput)
    born_words = forms.CharField(
        label="Date of birth, if it is not exact", max_length=80, required=False
    )
    languages = forms.CharField(label="Languages", max_length=200, required=False)
    phone = forms.CharField(label="Phone", max_length=80, required=False)
    email = forms.EmailField(
        label="E-mail",
        required=False,
        error_messages={"invalid": "Write the e-mail address as name@place"},
    )
    national_number = forms.CharField(
        label="National Insurance number", max_length=40, required=False
    )
    doctor = forms.CharField(label="Doctor", required=False)
    next_of_kin = forms.CharField(
        label="Next of kin", required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    allergies = forms.CharField(
        label="Allergies",
        help_text="Shown at the top of every page.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    alerts = forms.CharField(
        label="What nobody should miss",
        help_text="Shown at the top of every page.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ContactForm(OperationForm):
    name = forms.CharField(label="Who?", max_length=200)
    relation = forms.CharField(label="Who are they to the person?", max_length=120, required=False)
    phone = forms.CharField(label="Phone", max_length=80, required=False)
    call_in_emergency = forms.BooleanField(
        label="Call them in an emergency", required=False, initial=True
    )
    wishes = forms.CharField(
        label="What the person wishes about calling them",
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class ExcuseForm(OperationForm):
    reason = forms.CharField(
        label="Why is this excused?",
        help_text="It will count as excused: neither met nor missed.",
        max_length=300,
    )


class MissReasonForm(OperationForm):
    reason = forms.ChoiceField(label="Why was it missed?", choices=(), widget=forms.RadioSelect)
    words = forms.CharField(label="Say more", required=False, max_length=300)

    def __init__(self, *args: Any, reasons: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = list(reasons.items())  # type: ignore[attr-defined]


class MovedInForm(OperationForm):
    moved_in_on = forms.DateField(label="Which day did they move in?")
    because = forms.CharField(
        label="What was wrong?", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class SearchForm(forms.Form):
    q = forms.CharField(label="Find people and words", required=False, max_length=200)
