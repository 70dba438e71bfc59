"""What is asked about the time after a move."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.aftercare.models import Contact, Decision, Every
from alongside.stays.forms import StayForm


def sentences(label: str, *, required: bool = False, **how: Any) -> forms.CharField:
    """A question answered in sentences."""
    return forms.CharField(
        label=label, required=required, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}), **how,
    )  # fmt: skip


def a_line(label: str, *, required: bool = False, longest: int = 200) -> forms.CharField:
    """A question answered in a line."""
    return forms.CharField(label=label, required=required, max_length=longest)


def one_of(label: str, *, required: bool = True) -> forms.ChoiceField:
    """A question answered from a list of the pack."""
    return forms.ChoiceField(label=label, required=required, choices=(), widget=forms.RadioSelect)


class DatesForm(StayForm):
    lists: ClassVar = {"tenure": "permanent_tenures"}

    tenure = one_of("What kind of home is it?")
    address = a_line("Its address", required=True, longest=300)
    tenancy_starts_on = forms.DateField(label="When does the tenancy begin?")
    moves_in_on = forms.DateField(label="Which day do they move in there?")


class OpenForm(DatesForm):
    lists: ClassVar = {"tenure": "permanent_tenures", "answer": "aftercare_offers"}

    answer = one_of("Do they want support from us after the move?")
    words = sentences("What did they say?")


class OfferForm(StayForm):
    lists: ClassVar = {"answer": "aftercare_offers"}

    answer = one_of("Do they want support from us after the move?")
    offered_on = forms.DateField(label="When did you ask?")
    words = sentences("What did they say?")


class CancelForm(StayForm):
    because = a_line("Why did the move not happen?", required=True)


class PlanForm(StayForm):
    goals = sentences("What is the support for?", required=True, help_text="In their own words.")
    home_every = forms.ChoiceField(
        label="How often at home?", choices=Every.choices, widget=forms.RadioSelect
    )
    community_every = forms.ChoiceField(
        label="How often elsewhere?",
        choices=[("", "Not planned"), *Every.choices],
        required=False,
        widget=forms.RadioSelect,
    )
    where = a_line("Where would they like to meet?")
    help_with = sentences(
        "With what do they want help?", help_text="Benefits, budgeting, neighbours, rent, repairs."
    )


class ContactForm(StayForm):
    lists: ClassVar = {"kind": "aftercare_contacts"}

    kind = one_of("What is planned?")
    planned_on = forms.DateField(label="For when?")


class ContactResultForm(StayForm):
    reasons: ClassVar = {"missed_because": "contact_missed"}

    result = forms.ChoiceField(
        label="What came of it?", choices=Contact.Result.choices, widget=forms.RadioSelect
    )
    happened_on = forms.DateField(label="When?")
    missed_because = forms.ChoiceField(label="If it was missed, why?", required=False, choices=())
    words = sentences("How are they?")


class WelfareForm(StayForm):
    checked_on = forms.DateField(label="When did you check?")
    safe = forms.ChoiceField(
        label="Are they safe?",
        choices=(("yes", "Yes"), ("no", "No, or not known")),
        widget=forms.RadioSelect,
    )
    words = sentences("What did you find?", required=True)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "safe": given["safe"] == "yes"}


class DecisionForm(StayForm):
    kind = forms.ChoiceField(
        label="What comes after?", choices=Decision.Kind.choices, widget=forms.RadioSelect
    )
    reason = sentences("Why?", required=True)
    extend_until = forms.DateField(label="If it goes on: until when?", required=False)
    agency = a_line("If somebody else goes on: which agency?")
    consent_on = forms.DateField(label="On which day did they agree to that?", required=False)
    sent_on = forms.DateField(label="When was the referral sent?", required=False)


class ApproveForm(StayForm):
    """Nothing to fill in: the button is the answer."""


class AcceptedForm(StayForm):
    accepted_on = forms.DateField(label="When did the agency accept?")
    first_contact_on = forms.DateField(label="When did it first see them?", required=False)


class RefusedForm(StayForm):
    refused_on = forms.DateField(label="When was it refused?")
    words = sentences("Why?", required=True)


class CloseForm(StayForm):
    lists: ClassVar = {"outcome": "aftercare_outcomes"}

    outcome = one_of("How did it end?")
    tenancy_held = forms.ChoiceField(
        label="Do they still have the home?",
        choices=(("yes", "Yes"), ("no", "No")),
        widget=forms.RadioSelect,
    )
    words = sentences("Say more")

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {**given, "tenancy_held": given["tenancy_held"] == "yes"}


class FailedForm(StayForm):
    failed_on = forms.DateField(label="When did they lose the home?")
    reason = sentences("What happened?", required=True)
    consent_on = forms.DateField(label="On which day did they agree to be referred to us again?")


class ConcernForm(StayForm):
    lists: ClassVar = {"topic": "tenancy_topics"}

    topic = one_of("What is it about?")
    concern = sentences("What is the matter?", required=True)
    parties = a_line("Who is part of it?", longest=300)
    raised_on = forms.DateField(label="When did it come up?")


class StepForm(StayForm):
    done_on = forms.DateField(label="When?")
    words = sentences("What was done?", required=True)


class ResolvedForm(StayForm):
    resolved_on = forms.DateField(label="When?")
    result = sentences("How did it end?", required=True)
