"""What is asked about the rota."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms

from alongside.allocations.forms import NONE, StaffField, text
from alongside.keywork.forms import OneOfField
from alongside.organisation.models import Scheme, Staff
from alongside.rota.models import Turn
from alongside.ui.forms import OperationForm

WEEKDAYS = ("Mondays", "Tuesdays", "Wednesdays", "Thursdays", "Fridays", "Saturdays", "Sundays")


def _offer(field: forms.Field, staff: Iterable[Staff]) -> None:
    assert isinstance(field, StaffField)  # noqa: S101
    field.offer(staff)


def _list(field: forms.Field, choices: list[tuple[str, str]]) -> None:
    assert isinstance(field, forms.ChoiceField)  # noqa: S101
    field.choices = choices


def _shifts(scheme: Scheme) -> list[tuple[str, str]]:
    return [NONE, *((one.key, f"{one.says}, {one.starts} to {one.ends}")
                    for one in scheme.pack.shifts)]  # fmt: skip


class PutDownForm(OperationForm):
    on = forms.DateField(label="On which day does it start?")
    shift = forms.ChoiceField(label="Which shift?")
    worker = StaffField(label="Who?", required=False)
    agency_name = forms.CharField(
        label="Or who comes from an agency?", required=False, max_length=120
    )
    agency = forms.CharField(label="From which agency?", required=False, max_length=120)
    words = forms.CharField(label="A word about it", required=False, max_length=200)

    def __init__(self, *args: Any, scheme: Scheme, workers: Iterable[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _list(self.fields["shift"], _shifts(scheme))
        _offer(self.fields["worker"], workers)


class CopyWeekForm(OperationForm):
    to_on = forms.DateField(label="To the week that holds which day?")


class TakeOffForm(OperationForm):
    because = forms.CharField(label="Why are they taken off?", max_length=300)


class LevelForm(OperationForm):
    shift = forms.ChoiceField(label="Which shift?")
    weekday = forms.TypedChoiceField(
        label="On which days?",
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", "Every day"), *((str(n), says) for n, says in enumerate(WEEKDAYS))],
    )
    least = forms.IntegerField(label="How many people at least?", min_value=0, max_value=50)
    from_on = forms.DateField(label="From which day?")
    source = forms.CharField(label="Which contract or agreement says so?", max_length=200)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _list(self.fields["shift"], _shifts(scheme))


class OfferSwapForm(OperationForm):
    to_worker = StaffField(label="To whom do you offer it?")
    in_exchange = OneOfField(label="For which of their shifts?", required=False)
    words = forms.CharField(label="A word to them", required=False, max_length=300)

    def __init__(
        self, *args: Any, workers: Iterable[Staff], turns: Iterable[Turn], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        _offer(self.fields["to_worker"], workers)
        field = self.fields["in_exchange"]
        assert isinstance(field, OneOfField)  # noqa: S101
        listed = [(one, f"{one.name}: {one.on:%A %-d %B}, {one.shift_says}") for one in turns]
        field.offer(listed)
        field.choices = [("", "For none"), *((str(one.pk), says) for one, says in listed)]


class TimeForm(OperationForm):
    """A moment of a shift, as the clock on the wall showed it."""

    day = forms.DateField(label="On which day?")
    time = forms.TimeField(label="At what time?")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scheme = scheme

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        on, at = given.pop("day"), given.pop("time")
        return {**given, "at": datetime.combine(on, at, tzinfo=self.scheme.zone)}

    def refuse(self, refusal: Any) -> None:
        if refusal.field == "at":
            refusal.field = "time"
        super().refuse(refusal)


class CorrectTimeForm(TimeForm):
    because = forms.CharField(label="Why is it put right?", max_length=300)


class ContractForm(OperationForm):
    hours = forms.DecimalField(label="How many hours each week?", max_digits=5, decimal_places=2)
    from_on = forms.DateField(label="From which day?")
    source = forms.CharField(label="Which contract or agreement says so?", max_length=200)


class ContingencyForm(OperationForm):
    scenario = forms.ChoiceField(label="When what happens?")
    steps = text("What is to be done?", rows=8, required=True, hint="One step on each line.")
    calls = text(
        "Whom do we call, in which order?",
        rows=6,
        required=True,
        hint="One line for each: name, number, what for.",
    )

    def __init__(self, *args: Any, scheme: Scheme, key: str, **kwargs: Any) -> None:
        self.draft_key = key
        super().__init__(*args, **kwargs)
        listed = scheme.pack.choices("contingency_scenarios")
        _list(self.fields["scenario"], [NONE, *((one.key, one.says) for one in listed)])


class PeriodForm(forms.Form):
    """From when until when a report looks; not an operation."""

    use_required_attribute = False
    first = forms.DateField(label="From", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="To", widget=forms.DateInput(attrs={"type": "date"}))

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if isinstance(first, date) and isinstance(last, date) and last < first:
            self.add_error("last", "The last day lies before the first. Mend one of the two.")
        return given
