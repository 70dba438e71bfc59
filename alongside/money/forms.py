"""What is asked about a resident's money."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms

from alongside.money.models import Answer, ArrearsStep, Every
from alongside.stays.forms import StayForm
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


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


class SpendingForm(OperationForm):
    what = forms.CharField(label="What is it for?", widget=forms.Textarea(attrs={"rows": 3}))
    amount = amount("How much?")
    stay = forms.TypedChoiceField(label="For whom?", required=False, empty_value=None)

    def __init__(self, *args: Any, stays: Iterable[Stay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {str(one.pk): one for one in stays}
        field = self.fields["stay"]
        assert isinstance(field, forms.TypedChoiceField)  # noqa: S101
        everybody = [("", "The whole service")]
        field.choices = everybody + [(key, one.resident.name) for key, one in known.items()]
        field.coerce = known.__getitem__


class DecideForm(OperationForm):
    answer = forms.ChoiceField(
        label="What do you say?", choices=Answer.choices, widget=forms.RadioSelect
    )
    answer_words = forms.CharField(
        label="A word to them, or why not",
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
    )
