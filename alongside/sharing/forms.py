"""What is asked about agreements to share and disclosures."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.stays.forms import StayForm


class _Sharing(StayForm):
    """Who, what for and how much: asked alike when agreed and when told."""

    lists: ClassVar = {"purpose": "sharing_purposes", "how": "sharing_ways"}

    agency = forms.CharField(label="Which agency?", max_length=200)
    purpose = forms.ChoiceField(label="What for?")
    scope = forms.MultipleChoiceField(
        label="How much?", widget=forms.CheckboxSelectMultiple, help_text="Only what is needed."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = self.stay.scheme.pack.choices("sharing_scopes")
        scope = self.fields["scope"]
        assert isinstance(scope, forms.MultipleChoiceField)  # noqa: S101
        scope.choices = [(choice.key, choice.says) for choice in offered]


class ConsentForm(_Sharing):
    lists: ClassVar = {
        "purpose": "sharing_purposes",
        "how": "consent_ways",
        "given_by": "consent_given_by",
        "capacity": "consent_capacity",
    }

    given_by = forms.ChoiceField(label="Who agreed?")
    given_by_name = forms.CharField(
        label="Their name, if somebody else agreed", max_length=200, required=False
    )
    capacity = forms.ChoiceField(label="Can they decide this themselves?")
    capacity_words = forms.CharField(
        label="What was assessed, if in doubt", widget=forms.Textarea, required=False
    )
    how = forms.ChoiceField(label="How did they agree?")
    given_on = forms.DateField(label="On which day?")
    until_on = forms.DateField(
        label="Until when?",
        required=False,
        help_text="Left empty, as long as agreements last here.",
    )
    words = forms.CharField(label="Anything to add?", widget=forms.Textarea, required=False)


class WithdrawForm(StayForm):
    withdrawn_on = forms.DateField(label="On which day was it taken back?")
    withdrawn_words = forms.CharField(
        label="What did they say?", widget=forms.Textarea, required=False
    )


class ShareForm(_Sharing):
    lists: ClassVar = {
        "purpose": "sharing_purposes",
        "how": "sharing_ways",
        "ground": "disclosure_grounds",
    }

    what = forms.CharField(label="What do you tell them?", widget=forms.Textarea)
    how = forms.ChoiceField(label="How?")
    told_on = forms.DateField(label="On which day?")
    ground = forms.ChoiceField(
        label="Lawful ground, if they have not agreed",
        required=False,
        help_text="Leave it open when there is an agreement: it is found by itself.",
    )
    ground_words = forms.CharField(
        label="Why does it hold here?", widget=forms.Textarea, required=False
    )
    wish_words = forms.CharField(
        label="What did they wish, and how was it weighed?", widget=forms.Textarea, required=False
    )
