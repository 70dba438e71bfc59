"""Forms about a person, whose lists come from the practice pack in force for them."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


class StayForm(OperationForm):
    """A form about one stay. `lists` and `reasons` name the pack's list for each choice field."""

    lists: ClassVar[dict[str, str]] = {}
    reasons: ClassVar[dict[str, str]] = {}

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stay = stay
        pack = stay.pack
        for name, key in self.lists.items():
            self.offer(name, [(choice.key, choice.says) for choice in pack.choices(key)])
        for name, key in self.reasons.items():
            self.offer(name, [(choice.key, choice.says) for choice in pack.reasons(key)])

    def offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Put these answers before the reader; an optional question may be left open."""
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101
        if not field.required:
            field.choices = [("", "–"), *choices]
        elif isinstance(field.widget, forms.Select) and len(choices) > 1:
            field.choices = [
                ("", "Choose one"),
                *choices,
            ]  # A first answer nobody gave is no answer.
        else:
            field.choices = choices
