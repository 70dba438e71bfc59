"""When two people wrote the same text: keep mine, theirs, or both."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.kit.refusal import ChangedMeanwhile
from alongside.ui.forms import OperationForm

KEEP = (
    ("mine", "What I wrote"),
    ("theirs", "What they wrote"),
    ("both", "Both, theirs first"),
)


class TwoTextsForm(OperationForm):
    """A form that asks which text to keep once somebody else has changed it meanwhile.

    Its `initial` holds the texts as they are now.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.is_bound and "keep" in self.data:
            self._ask()

    def show_both_texts(self, change: ChangedMeanwhile) -> None:
        super().show_both_texts(change)
        self._ask()

    def kept(self, given: dict[str, Any]) -> dict[str, Any]:
        """What was typed, with the other person's words where they are to be kept."""
        keep = given.pop("keep", "mine")
        if keep == "mine":
            return given
        for name, mine in given.items():
            theirs = self.initial.get(name)
            if isinstance(mine, str) and isinstance(theirs, str) and theirs != mine:
                given[name] = _both(theirs, mine) if keep == "both" else theirs
        return given

    def arguments(self) -> dict[str, Any]:
        return self.kept(super().arguments())

    def _ask(self) -> None:
        self.fields["keep"] = forms.ChoiceField(
            label="Which do you want to keep?",
            choices=KEEP,
            initial="mine",
            widget=forms.RadioSelect,
        )
        self.order_fields(["keep"])


def _both(theirs: str, mine: str) -> str:
    return "\n\n".join(text for text in (theirs, mine) if text.strip())
