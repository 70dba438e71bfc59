"""The forms a resident fills in by themselves: few questions, in plain words."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.plans.forms.actions import long_text
from alongside.plans.models import Plan
from alongside.plans.models.actions import Answer
from alongside.practice.pack import Pack
from alongside.signatures.forms import RefuseToSignForm, SignForm, pin_field
from alongside.stages.forms import EvidenceForm
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


class PinForm(OperationForm):
    """The figures that open somebody's own pages."""

    pin = pin_field("Your PIN", required=True)


class DoneForm(OperationForm):
    """That an action is done; it counts once a member of staff has looked."""

    words = long_text("How did it go?")


class ProposeForm(OperationForm):
    """Something the resident would like to do."""

    says = {"text": "Write what you would like to do."}

    text = long_text("What would you like to do?", "In your own words.", required=True)


class OwnGoalForm(OperationForm):
    """What somebody wants to reach, in their own words."""

    says = {"words": "Write what you would like to reach."}

    words = long_text("What would you like to reach?", "In your own words.", required=True)
    matters = forms.CharField(label="Why does it matter to you?", required=False, max_length=400)


class GoalSaidForm(OperationForm):
    """How far somebody is with a goal, and what they say to it."""

    result = forms.ChoiceField(label="How is it going?", widget=forms.RadioSelect)
    comment = long_text("What would you like to say about it?")

    def __init__(self, *args: Any, pack: Pack, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(one.key, one.says) for one in pack.choices("goal_results")]
        self.fields["result"].choices = offered  # type: ignore[attr-defined]


class AnswerForm(OperationForm):
    """What somebody says to an action that was proposed to them."""

    answer = forms.ChoiceField(
        label="What would you like?",
        choices=[
            (Answer.ACCEPT, "I take it on"),
            (Answer.PARK, "Not now"),
            (Answer.REFUSE, "I do not want to do this"),
        ],
        widget=forms.RadioSelect,
    )
    answer_words = forms.CharField(
        label="Would you like to say more?", required=False, max_length=1000
    )


class AnswerMoveForm(OperationForm):
    """What somebody says to being moved back a stage."""

    says = {"words": "Write what you say to it."}

    words = long_text("What do you say to it?", "In your own words.", required=True)


class OwnEvidenceForm(EvidenceForm):
    """Words or a photo that show a task is done."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = "What would you like to say about it?"
        self.fields["file"].label = "A photo or a file"
        self.fields["file"].widget.attrs["accept"] = "image/*,application/pdf"


class OwnSignForm(SignForm):
    """A resident's own yes: drawn, or by PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["witness"]

    def clean(self) -> dict[str, Any]:
        return {**(super().clean() or {}), "witness": ""}


class OwnRefusalForm(RefuseToSignForm):
    """A resident's own no, and why."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = "Why do you not want to sign?"
        self.fields["reason_words"].label = "In your own words"
        self.fields["disagrees_with"].label = "Which parts do you not agree with?"
        self.fields["witness"].widget = forms.HiddenInput()
        self.fields["next_offer_on"].widget = forms.HiddenInput()


class OwnWordsForm(OperationForm):
    """The parts of the plan that are in the person's own words."""

    def __init__(self, *args: Any, stay: Stay, plan: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plan = plan
        self.fields |= {f"voice_{one.key}": long_text(one.says) for one in _asked(stay.scheme.pack)}
        self.draft_key = f"own-words-{stay.pk}"

    def arguments(self) -> dict[str, Any]:
        plan, given = self.plan, super().arguments()
        voice = {name.removeprefix("voice_"): words for name, words in given.items()}
        assert plan is not None  # noqa: S101  # only a plan that is being written takes words
        return {
            "voice": {**plan.voice, **voice},
            "sections": plan.sections,
            "no_voice_because": plan.no_voice_because,
            "took_part": plan.took_part,
            "review_on": plan.review_on,
        }


def _asked(pack: Pack) -> list[Any]:
    return list(pack.choice_lists.get("plan_voice") or ())
