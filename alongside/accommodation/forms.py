"""The forms of the bed board: adding, closing and mending beds."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.organisation.models import Scheme
from alongside.ui.forms import OperationForm


class AddBedForm(OperationForm):
    name = forms.CharField(label="Name or number", max_length=40)
    floor = forms.CharField(label="Floor or part of the house", max_length=60, required=False)
    features = forms.CharField(
        label="What one should know",
        help_text="For example: step-free, own bathroom.",
        max_length=200,
        required=False,
    )
    order = forms.IntegerField(
        label="Place on the board",
        help_text="Lower numbers come first.",
        min_value=0,
        max_value=9999,
    )


class OutOfUseForm(OperationForm):
    """Why a bed cannot be offered, and from when to when."""

    says = {"why": "Say why"}

    why = forms.ChoiceField(label="Why?")
    more = forms.CharField(label="In a few words", max_length=120, required=False)
    from_on = forms.DateField(label="From")
    until_on = forms.DateField(
        label="Until", help_text="That day counts. Empty: until further notice.", required=False
    )

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons = scheme.pack.choices("bed_closures")
        why = self.fields["why"]
        assert isinstance(why, forms.ChoiceField)  # noqa: S101 - for the type checker
        why.choices = [("", "Choose"), *((one.key, one.says) for one in self.reasons)]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        chosen = self.reasons.get(said.get("why", ""))
        if chosen and chosen.needs_text and not said.get("more"):
            self.add_error("more", f"“{chosen.says}” needs a few words more")
        return said

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        why, more = self.reasons[given.pop("why")], given.pop("more")
        words = more if why.needs_text else ": ".join(filter(None, (why.says, more)))
        return {**given, "reason": words}


class OnForm(OperationForm):
    """Just a day."""

    on = forms.DateField(label="On which day?")


class ReportFaultForm(OperationForm):
    """What is wrong with a bed or its room."""

    kind = forms.ChoiceField(label="What is it?", widget=forms.RadioSelect)
    words = forms.CharField(label="Say what you saw", max_length=200)
    seen_on = forms.DateField(label="When did you see it?")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101 - for the type checker
        kind.choices = [(one.key, one.says) for one in scheme.pack.choices("bed_faults")]
