"""The plan, its day, barriers, steps, the new home, and what workers share."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.moving_on.facts import current_plan
from alongside.moving_on.forms.fields import a_line, money, offer_workers, one_of, sentences, worker
from alongside.moving_on.models import Barrier
from alongside.plans.models import Who
from alongside.stays.forms import StayForm


class PlanForm(StayForm):
    """The plan as it is to be; of another version also why."""

    lists: ClassVar = {"housing": "housing_choices"}
    reasons: ClassVar = {"change_reason": "move_on_plan_changed"}

    housing = one_of("What kind of home do they want?", radio=True)
    goal = sentences("What home do they want?", required=True, help_text="In their own words.")
    area = a_line("Where?")
    size = a_line("How big?", longest=120)
    needs = sentences("What must it have?", help_text="Stairs, pets, near somebody, quiet.")
    documents = sentences("Which papers do they need for it?")
    their_words = sentences("What do they say about moving on?")
    written_together = forms.BooleanField(label="We wrote this together", required=False)
    change_reason = one_of("Why is the plan changed?", required=False)
    change_words = sentences("Say more about the change")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        stay = kwargs["stay"]
        before = current_plan(stay)
        held = ("housing", "goal", "area", "size", "needs", "documents", "their_words")
        known = {name: getattr(before, name) for name in held} if before else {}
        kwargs["initial"] = {"written_together": True, **known, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if before is None:
            del self.fields["change_reason"], self.fields["change_words"]


class ConfirmForm(StayForm):
    words = sentences("What makes it clear and achievable?")

    def arguments(self) -> dict[str, Any]:
        return {"words": self.cleaned_data["words"]}


class TargetForm(StayForm):
    reasons: ClassVar = {"reason": "move_on_target"}

    target_on = forms.DateField(label="By which day should they have moved on?")
    reason = one_of("Why another day?")
    words = sentences("Say more")


class BarrierForm(StayForm):
    lists: ClassVar = {"area": "barrier_areas"}

    what = a_line("What stands in the way?", required=True, longest=300)
    area = one_of("What is it about?")
    since_on = forms.DateField(label="Since when?")
    effect = sentences("What does it do to moving on?")
    who_helps = a_line("Who helps with it?")
    step = sentences("What is the next step?")


class CloseBarrierForm(StayForm):
    closed_on = forms.DateField(label="Since when is it out of the way?")
    words = sentences("How did that come about?", required=True)


class TaskForm(StayForm):
    text = sentences("What will be done?", required=True)
    when_on = forms.DateField(label="By when?")
    who = forms.ChoiceField(label="Who does it?", choices=Who.choices, widget=forms.RadioSelect)
    staff = worker("If a member of staff, who?", required=False)
    barrier = forms.ModelChoiceField(
        label="Against which barrier?",
        queryset=Barrier.objects.none(),
        required=False,
        empty_label="None in particular",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"who": Who.RESIDENT, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        offer_workers(self, "staff", self.stay)
        field = self.fields["barrier"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
        field.queryset = Barrier.objects.filter(stay=self.stay, closed_on=None)


class HomeStepForm(StayForm):
    lists: ClassVar = {"kind": "home_set_up", "phase": "move_phases"}

    kind = one_of("What is it about?")
    what = a_line("What exactly?")
    phase = one_of("When is it needed?", radio=True)
    source = a_line("Where does it come from?")
    cost = money("What does it cost, if known?")
    due_on = forms.DateField(label="By when?", required=False)


class DoHomeStepForm(StayForm):
    done_on = forms.DateField(label="When was it arranged?")
    source = a_line("Where did it come from?")
    cost = money("What did it cost?")


class IssueForm(StayForm):
    what = sentences("What is to be settled?", required=True)
    owner = worker("Who sees to it?")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_workers(self, "owner", self.stay)


class CommentForm(StayForm):
    words = sentences("What should the others know?", required=True)


class SettleIssueForm(StayForm):
    words = sentences("How was it settled?", required=True)
