"""What is asked when a colleague is asked for something, and of what came of it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import staff_at
from alongside.other_duties.models import Kind, OtherDuty, Outcome
from alongside.other_duties.operations import OUTCOMES
from alongside.other_duties.queries import Narrowed
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


def words(label: str, help_text: str = "", *, rows: int = 3) -> forms.CharField:
    return forms.CharField(
        label=label, help_text=help_text, max_length=2000,
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class NarrowForm(forms.Form):
    """What a leader looks at of everybody's. What makes no sense is left out."""

    who = forms.ModelChoiceField(Staff.objects.none(), required=False)
    late = forms.BooleanField(required=False)
    first = forms.DateField(required=False)
    last = forms.DateField(required=False)

    def __init__(self, asked: Any, *, scheme: Scheme) -> None:
        super().__init__(asked)
        self.fields["who"].queryset = staff_at(scheme)  # type: ignore[attr-defined]

    @property
    def narrowed(self) -> Narrowed | None:
        """As it was asked for; None where nothing was."""
        self.is_valid()
        said = self.cleaned_data
        first, last = said.get("first"), said.get("last")
        found = Narrowed(
            who=said.get("who"),
            late=bool(said.get("late")),
            done=(first, last) if first and last else None,
        )
        return found if found != Narrowed() else None


class AskingForm(OperationForm):
    """Of whom, what, why, and by when."""

    says = {
        "to": "Choose a colleague",
        "what": "Say what is to be done",
        "why": "Say why it is needed",
        "due_on": "Say by which day",
    }

    to = forms.ModelChoiceField(
        Staff.objects.none(), label="Whom do you ask?", empty_label="Choose a colleague"
    )
    what = forms.CharField(
        label="What is to be done?", max_length=160,
        help_text="In a few words: this is how it stands on their list.",
    )  # fmt: skip
    why = words("Why, and what to look out for?")
    due_on = forms.DateField(label="By which day?")

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = staff_at(scheme)  # type: ignore[attr-defined]


class GiveForm(AskingForm):
    """The same, and whether it is training, and about whom."""

    field_order = ("to", "kind", "what", "why", "due_on", "stay")

    kind = forms.ChoiceField(
        label="What kind?", choices=Kind.choices, initial=Kind.TASK, widget=forms.RadioSelect,
        help_text="For training they say whether they attended, and when.",
    )  # fmt: skip
    stay = forms.ChoiceField(
        label="Is it about somebody who lives here?", required=False,
        help_text="Only if both of you may open their file.",
    )  # fmt: skip

    def __init__(self, *args: Any, people: Iterable[Stay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(stay.pk): stay for stay in people}
        listed = [(pk, stay.resident.name) for pk, stay in self.people.items()]
        self.fields["stay"].choices = [("", "No"), *listed]  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return {**said, "stay": self.people.get(said["stay"])}


class ChangeForm(AskingForm):
    """What is asked now, and why it is asked otherwise than before."""

    says = {**AskingForm.says, "because": "Say why it is changed"}

    because = words("Why is it changed?", rows=2)


class AnswerForm(OperationForm):
    """What came of it; for training, whether they were there."""

    says = {
        "outcome": "Say whether you attended",
        "on": "Say on which day",
        "words": "Say how it went, in a few words",
    }

    outcome = forms.ChoiceField(label="Did you attend?", widget=forms.RadioSelect)
    on = forms.DateField(label="On which day?")
    words = words("How did it go?")

    def __init__(self, *args: Any, other_duty: OtherDuty, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not other_duty.is_training:
            del self.fields["outcome"]
            return
        offered = [(one.value, one.label) for one in OUTCOMES[Kind.TRAINING]]
        self.fields["outcome"].choices = offered  # type: ignore[attr-defined]

    def arguments(self) -> dict[str, Any]:
        return {"outcome": Outcome.DONE, **super().arguments()}


class BecauseForm(OperationForm):
    """Only why."""

    says = {"because": "Say why"}

    because = words("Why?")
