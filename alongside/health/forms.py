"""What is asked about registrations and medical reasons."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from alongside.stays.forms import StayForm


class RegistrationForm(StayForm):
    lists: ClassVar = {"kind": "registrations"}

    kind = forms.ChoiceField(label="Which service?")
    name = forms.CharField(label="What is it called?", max_length=200)
    phone = forms.CharField(label="Telephone", max_length=80, required=False)
    registered_on = forms.DateField(label="Registered since when?")
    words = forms.CharField(label="Anything to add?", widget=forms.Textarea, required=False)


class EndRegistrationForm(StayForm):
    ended_on = forms.DateField(label="When did it end?")


class MedicalReasonForm(StayForm):
    about = forms.CharField(label="What can they not do?", max_length=60)
    words = forms.CharField(
        label="Why?", widget=forms.Textarea, help_text="Read only by those with the right to it."
    )
    from_on = forms.DateField(label="From when?")
    until_on = forms.DateField(label="Until when, if known?", required=False)


class ObservationForm(StayForm):
    lists: ClassVar = {"kind": "observation_kinds", "stands": "observation_levels"}
    says: ClassVar = {"words": "Say what you saw, or what they said."}

    kind = forms.ChoiceField(label="What is it about?")
    stands = forms.ChoiceField(label="How does it stand?", widget=forms.RadioSelect)
    words = forms.CharField(label="What did you see, or what did they say?", widget=forms.Textarea)
    seen_on = forms.DateField(label="On which day?")
    own_statement = forms.BooleanField(label="This is what they say themselves", required=False)
