"""Writing an action, and telling what came of it."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import staff_at
from alongside.plans.forms import offers
from alongside.plans.forms.keeping import TwoTextsForm
from alongside.plans.models import Ending, PlanAction, Who
from alongside.plans.models.actions import Answer
from alongside.ui.forms import OperationForm

FEW_LINES = {"rows": 3}
TEXTS = ("text", "outcome", "when_words", "agency")


def long_text(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    """A few lines of words."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=4000,
        widget=forms.Textarea(attrs=FEW_LINES),
    )


class ActionForm(TwoTextsForm):
    """What will be done, by whom, when, with how much help, and what it is for."""

    says = {"text": "Write what will be done."}

    text = long_text("What will you do?", "In the person’s own words.", required=True)
    when_on = forms.DateField(label="By which day?", required=False)
    when_time = forms.TimeField(label="At what time?", required=False)
    when_words = forms.CharField(
        label="When, in your own words", required=False, max_length=120,
        help_text="For example: after my appointment.",
    )  # fmt: skip
    who = forms.ChoiceField(label="Who does it?", choices=Who, initial=Who.RESIDENT)
    staff = forms.ModelChoiceField(
        Staff.objects.none(), label="Which member of staff?", required=False,
        empty_label="Nobody in particular",
    )  # fmt: skip
    support_level = forms.ChoiceField(label="With how much help?", required=False)
    need = forms.ChoiceField(label="Which need is it for?", required=False)
    outcome = forms.CharField(
        label="What should it lead to?", required=False, max_length=400,
        help_text="What will be different when it is done.",
    )  # fmt: skip
    task = forms.ChoiceField(label="Which task of a stage does it help with?", required=False)
    agency = forms.CharField(label="Which agency helps?", required=False, max_length=200)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        pack = scheme.pack
        self.fields["staff"].queryset = staff_at(scheme)  # type: ignore[attr-defined]
        for name, offered in {
            "support_level": offers.listed(pack, "support_levels", "Not said"),
            "need": offers.needs(pack),
            "task": offers.tasks(pack),
        }.items():
            self.fields[name].choices = offered  # type: ignore[attr-defined]


class WriteActionForm(ActionForm):
    """A new action also says who held the pen."""

    completed_by = forms.ChoiceField(label="Who wrote this down?", required=False)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, scheme=scheme, **kwargs)
        offered = list(offers.listed(scheme.pack, "completed_by"))[1:]
        self.fields["completed_by"].choices = offered  # type: ignore[attr-defined]


def held_in(action: PlanAction) -> dict[str, Any]:
    """An action as the initial values of its form."""
    names = [*TEXTS, "when_on", "when_time", "who", "support_level", "need", "task", "version"]
    return {"staff": action.staff_id, **{name: getattr(action, name) for name in names}}


class AnswerForm(OperationForm):
    """The resident's answer to a proposal."""

    answer = forms.ChoiceField(
        label="What do they want?",
        choices=[
            (Answer.ACCEPT, "Take it into the plan"),
            (Answer.PARK, "Leave it for now"),
            (Answer.REFUSE, "They do not want to work on it"),
        ],
        widget=forms.RadioSelect,
    )
    answer_words = forms.CharField(label="In their own words", required=False, max_length=1000)


class ReportForm(OperationForm):
    """That it was done, as the person tells it."""

    words = long_text("How did it go?")
    on = forms.DateField(label="On which day?", required=False)


class VerifyForm(OperationForm):
    """What came of it, once somebody has looked."""

    ending = forms.ChoiceField(
        label="What came of it?", choices=Ending, widget=forms.RadioSelect, initial=Ending.ACHIEVED
    )
    comment = long_text("What does the person say about it?")
    on = forms.DateField(label="On which day?", required=False)


class StopForm(OperationForm):
    """That the person no longer wants it."""

    comment = long_text("What does the person say about it?")


class OutcomeForm(OperationForm):
    """That what it was for was reached."""

    words = long_text("What was reached?")
    on = forms.DateField(label="On which day?", required=False)
