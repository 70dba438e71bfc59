"""What is asked about a request for one's own data."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms

from alongside.subject_access.models import Decision
from alongside.subject_access.operations import LONGEST_WORDS
from alongside.ui.forms import OperationForm


class RequestForm(OperationForm):
    received_on = forms.DateField(label="When did they ask?")
    identity_on = forms.DateField(label="Since when do we know that it is them?")
    words = forms.CharField(label="What do they ask for?", widget=forms.Textarea, required=False)


class DecideForm(OperationForm):
    says = {"decision": "Choose what is done with it.", "reason": "Say why."}

    decision = forms.ChoiceField(label="What is done with it?", widget=forms.RadioSelect)
    reason = forms.CharField(label="Why?", widget=forms.Textarea)
    everywhere = forms.BooleanField(required=False)

    def __init__(
        self, *args: Any, decisions: Iterable[Decision], same: int = 0, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offered = {one.value for one in decisions}
        asked = cast("forms.ChoiceField", self.fields["decision"])
        asked.choices = [one for one in Decision.choices if one[0] in offered]
        if same:
            places = "one other place" if same == 1 else f"{same} other places"
            self.fields["everywhere"].label = f"Do the same in {places} where these words wait"
        else:
            del self.fields["everywhere"]


class NameForm(OperationForm):
    says = {"name": "Write the words to look for."}

    name = forms.CharField(
        label="Which words name somebody else as well?",
        help_text="A nickname, for instance. Each place where they stand is then decided.",
        max_length=LONGEST_WORDS,
    )


class SureForm(OperationForm):
    """No question: the button is the answer."""
