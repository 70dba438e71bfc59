"""What is asked about a resident's money."""

from __future__ import annotations

from typing import ClassVar

from django import forms

from alongside.money.models import ArrearsStep, Every
from alongside.stays.forms import StayForm


def amount(label: str, **how: object) -> forms.DecimalField:
    """A question for a sum of money, in pounds and pence or dollars and cents."""
    return forms.DecimalField(label=label, max_digits=8, decimal_places=2, **how)  # type: ignore[arg-type]


class StatusForm(StayForm):
    lists: ClassVar = {"status": "benefit_statuses"}

    status = forms.ChoiceField(label="Where does it stand?", widget=forms.RadioSelect)
    from_on = forms.DateField(label="Since when?")
    words = forms.CharField(label="Anything to add?", widget=forms.Textarea, required=False)


class BenefitForm(StatusForm):
    lists: ClassVar = {"kind": "benefits", "status": "benefit_statuses"}
    field_order = ["kind", "kind_words", "reference", "status", "from_on", "words"]

    kind = forms.ChoiceField(label="Which benefit?")
    kind_words = forms.CharField(label="If another benefit, which?", max_length=120, required=False)
    reference = forms.CharField(label="Its reference", max_length=60, required=False)


class PaymentPlanForm(StayForm):
    owed = amount("How much is owed in all?")
    amount = amount("How much is paid each time?")
    every = forms.ChoiceField(label="How often?", choices=Every.choices, widget=forms.RadioSelect)
    starts_on = forms.DateField(label="When is the first payment due?")


class PaymentForm(StayForm):
    paid_on = forms.DateField(label="When was it paid?")
    amount = amount("How much?")


class EndPlanForm(StayForm):
    ended_on = forms.DateField(label="When did it end?")


class SavingForm(StayForm):
    where = forms.CharField(label="Where do they save?", max_length=200)
    goal = amount("How much do they aim for?")
    opened_on = forms.DateField(label="When was it set up?")


class DepositForm(StayForm):
    saved_on = forms.DateField(label="When?")
    amount = amount("How much?", help_text="With a minus in front for money taken out.")
    seen = forms.BooleanField(label="We have seen the proof", required=False)


class ArrearsForm(StayForm):
    creditor = forms.CharField(label="To whom is it owed?", max_length=200)
    amount = amount("How much, if known?", required=False)
    words = forms.CharField(label="Anything to add?", widget=forms.Textarea, required=False)


class ArrearsStepForm(StayForm):
    kind = forms.ChoiceField(
        label="What was done?", choices=ArrearsStep.Kind.choices, widget=forms.RadioSelect
    )
    happened_on = forms.DateField(label="When?")
    amount = amount("How much, if something was paid?", required=False)
    words = forms.CharField(label="What was said or agreed?", widget=forms.Textarea, required=False)
