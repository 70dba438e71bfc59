"""Handing a task on, and what the colleague says to it; a plan that is kept as it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms

from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import staff_at
from alongside.plans.forms import offers
from alongside.plans.forms.actions import long_text
from alongside.plans.models import Goal
from alongside.ui.forms import OperationForm


class HandOnForm(OperationForm):
    """To whom, how it is done, by when, and what one has to be competent for."""

    says = {"instruction": "Write how it is to be done.", "to": "Choose a colleague."}

    to = forms.ModelChoiceField(
        Staff.objects.none(), label="To whom?", empty_label="Choose a colleague"
    )
    instruction = long_text(
        "How is it to be done?", "The way the person wants it done.", required=True
    )
    due_on = forms.DateField(label="By which day?")
    due_time = forms.TimeField(label="At what time?", required=False)
    skill = forms.ChoiceField(label="What must they be competent for?", required=False)

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = staff_at(scheme)  # type: ignore[attr-defined]
        listed = offers.listed(scheme.pack, "task_skills", "Nothing in particular")
        self.fields["skill"].choices = listed  # type: ignore[attr-defined]


class AcceptForm(OperationForm):
    """Yes or no to a task that was handed to me."""

    accept = forms.TypedChoiceField(
        label="Do you take it on?",
        choices=[("yes", "Yes, I take it on"), ("no", "No")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    words = long_text("If not: why?")


class TellForm(OperationForm):
    """That it is done, or what stands in the way."""

    done = forms.TypedChoiceField(
        label="How did it go?",
        choices=[("yes", "It is done"), ("no", "There is a problem")],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
    )
    words = long_text("In your own words")


class LookForm(OperationForm):
    """That nothing has to change, and when it is looked at again."""

    words = long_text("What did you talk about?", required=True)
    looked_on = forms.DateField(label="On which day?")
    again_on = forms.DateField(label="When is it looked at again?")


class RankForm(OperationForm):
    """Which goal matters most, and which comes next. Its argument is `order`."""

    def __init__(self, *args: Any, goals: Sequence[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.goals = list(goals)
        places = [(str(n), str(n)) for n in range(1, len(self.goals) + 1)]
        self.fields |= {
            f"rank_{goal.pk}": forms.ChoiceField(label=goal.words, choices=places, initial=str(n))
            for n, goal in enumerate(self.goals, start=1)
        }

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        chosen = [given.get(f"rank_{goal.pk}") for goal in self.goals]
        if None not in chosen and len(set(chosen)) < len(chosen):
            twice = next(goal for goal in self.goals if chosen.count(given[f"rank_{goal.pk}"]) > 1)
            self.add_error(
                f"rank_{twice.pk}", "Two goals have the same place. Give each a place of its own."
            )
        return given

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        order: list[UUID] = [
            goal.pk for goal in sorted(self.goals, key=lambda one: int(given[f"rank_{one.pk}"]))
        ]
        return {"order": order}
