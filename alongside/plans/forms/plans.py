"""Writing a plan and its goals, and what happens to the agreement after."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.plans.forms import offers
from alongside.plans.forms.actions import long_text
from alongside.plans.forms.keeping import TwoTextsForm
from alongside.plans.models import Goal, Plan, WhoseIdea
from alongside.practice.pack import Pack
from alongside.practice.words import Choice
from alongside.ui.forms import OperationForm


class OpenVersionForm(OperationForm):
    """Why there is another version."""

    why = long_text("Why does the plan change?", required=True)


class PlanForm(TwoTextsForm):
    """The person's own words, the other parts the practice asks for, and who took part."""

    no_voice_because = forms.CharField(
        label="If there is nothing in their own words: why?", required=False, max_length=400
    )
    took_part = forms.CharField(
        label="Who took part?", required=False, max_length=400,
        help_text="Everybody who sat together, and anybody the person wanted there.",
    )  # fmt: skip
    led_by = forms.ChoiceField(label="Who leads the plan?", required=False)
    facilitator = forms.CharField(
        label="Who brings the talk along?", required=False, max_length=200,
        help_text="If somebody other than the one who leads it does.",
    )  # fmt: skip
    review_on = forms.DateField(label="When do you look at it again?", required=False)
    principles = forms.MultipleChoiceField(
        label="Which of our principles does it rest on?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        self.plan, pack = plan, plan.scheme.pack
        kwargs["initial"] = held_in_plan(plan)
        super().__init__(*args, **kwargs)
        leaders = [(one.key, one.says) for one in pack.choices("plan_led_by")]
        self.fields["led_by"].choices = [("", "–"), *leaders]  # type: ignore[attr-defined]
        if chosen := offers.principles(pack, also=plan.principles):
            self.fields["principles"].choices = chosen  # type: ignore[attr-defined]
        else:
            del self.fields["principles"]
        self.voice = self._ask_list(pack, "plan_voice", "voice")
        self.sections = self._ask_list(pack, "plan_sections", "section")
        self.order_fields(["keep", *self.voice, "no_voice_because", *self.sections])
        self.draft_key = f"plan-{plan.pk}"

    def _ask_list(self, pack: Pack, listed: str, prefix: str) -> list[str]:
        choices: Any = pack.choice_lists.get(listed) or ()
        names = []
        for choice in choices:
            names.append(f"{prefix}_{choice.key}")
            self.fields[names[-1]] = self._question(choice)
        return names

    @staticmethod
    def _question(choice: Choice) -> forms.CharField:
        return long_text(choice.says, choice.help)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        return {
            "voice": {name.removeprefix("voice_"): given.pop(name) for name in self.voice},
            "sections": {name.removeprefix("section_"): given.pop(name) for name in self.sections},
            **given,
        }


def held_in_plan(plan: Plan) -> dict[str, Any]:
    """A draft as the initial values of its form."""
    return {
        **{f"voice_{key}": text for key, text in plan.voice.items()},
        **{f"section_{key}": text for key, text in plan.sections.items()},
        "no_voice_because": plan.no_voice_because,
        "took_part": plan.took_part,
        "review_on": plan.review_on,
        "led_by": plan.led_by,
        "facilitator": plan.facilitator,
        "principles": plan.principles,
        "version": plan.version,
    }


class GoalForm(TwoTextsForm):
    """One goal: theirs first, then what helps to know whether it is reached."""

    says = {"words": "Write what they want, in their own words."}

    words = long_text("What do you want to reach?", "In the person’s own words.", required=True)
    whose_idea = forms.ChoiceField(
        label="Whose idea was it?", choices=WhoseIdea, widget=forms.RadioSelect
    )
    need = forms.ChoiceField(label="Which need is it for?", required=False)
    aim = forms.ChoiceField(label="Which aim of the service does it serve?", required=False)
    strength = long_text("Which strength does it build on?", "What they are good at, or who helps.")
    outcome = forms.CharField(label="What will be different then?", required=False, max_length=400)
    measure = forms.CharField(label="How will we know?", required=False, max_length=400)
    matters = forms.CharField(label="Why does it matter?", required=False, max_length=400)
    by_on = forms.DateField(label="By when?", required=False)
    readiness = forms.ChoiceField(label="How ready are they for it?", required=False)
    agencies = forms.CharField(label="Which agencies help?", required=False, max_length=200)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["need"].choices = offers.needs(pack)  # type: ignore[attr-defined]
        if aims := offers.aims(pack):
            self.fields["aim"].choices = aims  # type: ignore[attr-defined]
        else:
            del self.fields["aim"]
        self.fields["readiness"].choices = offers.levels(pack)  # type: ignore[attr-defined]


GOAL_FIELDS = (
    "words", "whose_idea", "need", "aim", "strength", "outcome", "measure", "matters", "by_on",
    "readiness", "agencies", "version",
)  # fmt: skip


def held_in_goal(goal: Goal) -> dict[str, Any]:
    """A goal as the initial values of its form."""
    return {name: getattr(goal, name) for name in GOAL_FIELDS}


class GoalResultForm(OperationForm):
    """What became of a goal."""

    result = forms.ChoiceField(label="What became of it?")
    comment = long_text("What does the person say about it?")

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["result"].choices = offers.listed(pack, "goal_results")  # type: ignore[attr-defined]


class WithdrawForm(OperationForm):
    """That the person no longer agrees."""

    words = long_text("What does the person say?")


class ReconsiderForm(OperationForm):
    """What came of going through the plan again."""

    words = long_text("What came of it?", required=True)


class CopyForm(OperationForm):
    """The copy for the person."""

    format = forms.ChoiceField(label="In which format?")
    declined = forms.BooleanField(label="They did not want one", required=False)

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["format"].choices = offers.listed(pack, "copy_formats")  # type: ignore[attr-defined]


class DisagreementForm(OperationForm):
    """Who disagrees with what, and how the person sees it."""

    who = forms.CharField(label="Who disagrees?", max_length=200)
    line = forms.TypedChoiceField(
        label="With what?", required=False, empty_value=None, coerce=lambda text: text
    )
    words = long_text("What do they say?", required=True)
    resident_view = long_text("How does the person see it?")

    def __init__(self, *args: Any, goals: list[Goal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [("", "The plan as a whole"), *((str(goal.line), goal.words) for goal in goals)]
        self.fields["line"].choices = offered  # type: ignore[attr-defined]


class DecisionForm(OperationForm):
    """What was decided about a disagreement."""

    decision = long_text("What was decided, and what happens next?", required=True)
