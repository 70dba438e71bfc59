"""What is asked about duties of the house."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms

from alongside.chores.models import HouseDuty, Result
from alongside.organisation.models import Scheme
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm, quietly_optional


class GiveForm(OperationForm):
    """Whose duty, which, and from when."""

    who = forms.ChoiceField(label="Whose turn is it?")
    kind = forms.ChoiceField(label="Which duty?")
    first_on = forms.DateField(label="On which day?")
    weeks = forms.IntegerField(label="For how many weeks, on the same day?", min_value=1, initial=1)

    def __init__(self, *args: Any, scheme: Scheme, people: Iterable[Stay], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(stay.pk): stay for stay in people}
        kinds = [(one.key, one.says) for one in scheme.pack.choices("house_duties")]
        offered = {
            "who": [(pk, stay.resident.name) for pk, stay in self.people.items()],
            "kind": kinds,
        }
        for name, choices in offered.items():
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101
            field.choices = [("", "Choose one"), *choices]

    def arguments(self) -> dict[str, Any]:
        return {name: value for name, value in super().arguments().items() if name != "who"}

    def chosen(self) -> Stay | None:
        return self.people.get(self.data.get("who", ""))


class CheckForm(OperationForm):
    """One question for each duty whose day has come."""

    def __init__(self, *args: Any, duties: Iterable[HouseDuty], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.duties = {f"duty-{duty.pk}": duty for duty in duties}
        for name, duty in self.duties.items():
            self.fields[name] = quietly_optional(
                forms.ChoiceField(
                    label=f"{duty.kind_says}: {duty.stay.resident.name}",
                    choices=[("", "Nobody has looked"), *Result.choices],
                    initial=duty.result,
                    required=False,
                )
            )

    def arguments(self) -> dict[str, Any]:
        said = super().arguments()
        return {"results": {duty: said[name] for name, duty in self.duties.items() if said[name]}}
