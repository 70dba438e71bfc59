"""What is asked about a data breach."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.allocations.forms import StaffField, offered, text
from alongside.data_breaches.models import Account
from alongside.organisation.models import Scheme, Staff
from alongside.residents.models import Resident
from alongside.ui.forms import OperationForm


class BreachForm(OperationForm):
    """Everything that is known, as far as it is known."""

    what = text("What happened?", rows=4, required=True)
    kind = forms.ChoiceField(label="What kind of breach is it?")
    happened_at = forms.DateTimeField(
        label="When did it happen?", required=False, help_text="Leave it empty if nobody knows."
    )
    aware_at = forms.DateTimeField(
        label="When did we know of it?",
        help_text="From the first of us who was fairly sure. The clocks run from then.",
    )
    known_by = StaffField(label="Who of us knew of it first?")
    people = forms.TypedMultipleChoiceField(
        label="Whose data?",
        required=False,
        widget=forms.CheckboxSelectMultiple(attrs={"class": "house-two-columns"}),
    )
    how_many = forms.IntegerField(
        label="Of how many people in all?",
        required=False,
        min_value=1,
        help_text="Leave it empty if those you ticked are all.",
    )
    at_once = text("What was done at once?", rows=3, required=True)
    seriousness = forms.ChoiceField(label="How serious is it?", widget=forms.RadioSelect)
    seriousness_words = text("Why so?", rows=2)
    cause = StaffField(
        label="Did one of us cause it?",
        required=False,
        help_text="Whoever is named here does not see this record, nor decide about it.",
    )

    def __init__(
        self,
        *args: Any,
        scheme: Scheme,
        colleagues: Iterable[Staff],
        people: Iterable[Resident],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        there = list(colleagues)
        for name in ("known_by", "cause"):
            field = self.fields[name]
            assert isinstance(field, StaffField)  # noqa: S101
            field.offer(there)
        for name in ("kind", "seriousness"):
            one = self.fields[name]
            assert isinstance(one, forms.ChoiceField)  # noqa: S101
            choices = offered(scheme.pack.choices(f"data_breach_{name}" + "s" * (name == "kind")))
            one.choices = choices if name == "kind" else choices[1:]
        known = {str(one.pk): one for one in people}
        ticks = self.fields["people"]
        assert isinstance(ticks, forms.TypedMultipleChoiceField)  # noqa: S101
        ticks.choices = [(key, one.name) for key, one in known.items()]
        ticks.coerce = known.__getitem__


class ReportForm(BreachForm):
    """The same, by whoever noticed it: whose data it is by name only where they may read files."""

    says = {
        "what": "Say what happened. You need not know everything",
        "at_once": "Say what was done, or “nothing yet”",
    }

    def __init__(self, *args: Any, reads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cause = self.fields["cause"]
        cause.help_text = "Whoever is named here does not see this. If it was you, say so in words."
        if not reads:
            del self.fields["people"]
            self.fields["how_many"].help_text = "As far as you know."


class CorrectionForm(BreachForm):
    because = text("What have you learned since?", rows=2, required=True)

    says = {"because": "Say what you have learned since"}


def as_known(account: Account) -> dict[str, Any]:
    """What the form of a correction begins with: what is known now."""
    names = ("what", "kind", "happened_at", "aware_at", "how_many", "at_once", "seriousness",
             "seriousness_words")  # fmt: skip
    return {
        **{name: getattr(account, name) for name in names},
        "known_by": str(account.known_by_id),
        "cause": str(account.cause_id or ""),
        "people": [str(key) for key in account.people.values_list("resident", flat=True)],
    }


class TellForm(OperationForm):
    told_at = forms.DateTimeField(label="When?")
    body = forms.CharField(label="Who was told?", max_length=200)
    reference = forms.CharField(label="Their reference", max_length=120, required=False)
    how = text("How, and what was said?", rows=3)

    says = {"told_at": "Say when they were told", "body": "Say who was told"}


class BecauseForm(OperationForm):
    because = text("Why?", rows=3, required=True)

    says = {"because": "Say why. A sentence is enough"}


class CloseForm(OperationForm):
    lessons = text("What was learned, and what is done otherwise now?", rows=4, required=True)

    says = {"lessons": "Write what was learned. If nothing is done otherwise, say why"}
