"""Forms for explaining texts, publishing them, and recording breaches."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from alongside.agreements.models import Breach, Confidence, Understanding
from alongside.agreements.texts import Text
from alongside.practice.pack import Pack
from alongside.signatures.forms import choices_of
from alongside.ui.forms import OperationForm

LONG = 4_000
LINES = {"rows": 3}


def long_words(label: str, help_text: str = "", *, required: bool = False) -> forms.CharField:
    """A few sentences."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONG,
        widget=forms.Textarea(attrs=LINES),
    )


class ExplainForm(OperationForm):
    """How a text was explained, and what they took from it."""

    explained_on = forms.DateField(label="When was it explained?")
    language = forms.CharField(label="In which language?", required=False, max_length=80)
    way = forms.ChoiceField(label="How?", required=False, choices=())
    understanding = forms.ChoiceField(
        label="Did they understand it?",
        help_text="Ask them to say in their own words what it means for them.",
        choices=Understanding.choices,
        widget=forms.RadioSelect,
    )
    confidence = forms.ChoiceField(
        label="Do they feel confident to use it?",
        choices=Confidence.choices,
        widget=forms.RadioSelect,
    )
    understanding_words = long_words("What did they say or ask?")
    copy_given = forms.BooleanField(label="They have a copy in their hands", required=False)

    def __init__(
        self, *args: Any, pack: Pack, today: date, text: Text | None = None, **kwargs: Any
    ) -> None:
        kwargs["initial"] = {"explained_on": today, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        if text is None or not text.asks_confidence:
            del self.fields["confidence"]
        self.fields["way"].choices = choices_of(pack.choices("explained_how"))  # type: ignore[attr-defined]


class GiveCopyForm(OperationForm):
    """When they were given their copy."""

    given_on = forms.DateField(label="When did they get their copy?")


class PublishForm(OperationForm):
    """A newer version of a text, clause by clause."""

    new_version = forms.CharField(
        label="What is the new version called?",
        help_text="For example a number or a month.",
        max_length=40,
    )
    text = forms.CharField(label="The text", max_length=40_000, widget=forms.Textarea({"rows": 14}))
    clauses = forms.CharField(
        label="Its clauses",
        help_text="One on each line. They are numbered in this order.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea({"rows": 10}),
    )
    what_changed = long_words("What has changed, in a sentence or two?")

    def __init__(self, *args: Any, text: Text, **kwargs: Any) -> None:
        kwargs["initial"] = {
            "text": text.text,
            "clauses": "\n".join(clause.says for clause in text.clauses),
            **(kwargs.get("initial") or {}),
        }
        super().__init__(*args, **kwargs)

    def clean_clauses(self) -> list[str]:
        lines = self.cleaned_data["clauses"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class TalkForm(OperationForm):
    """The talk with them after a clause was not kept."""

    talked_on = forms.DateField(label="When did you talk with them?")
    their_view = long_words("How do they see it?")
    agreed = long_words("What did you agree?", required=True)


class BreachForm(OperationForm):
    """Which clause was not kept, what happened, and the talk if there has been one."""

    clause = forms.ChoiceField(label="Which clause?", choices=())
    happened_on = forms.DateField(label="When was it?")
    what_happened = long_words(
        "What happened?", "What you saw or were told, without guessing why.", required=True
    )
    talked_on = forms.DateField(label="When did you talk with them?", required=False)
    their_view = long_words("How do they see it?")
    agreed = long_words("What did you agree?")

    says = {"clause": "Choose the clause that was not kept"}

    def __init__(self, *args: Any, texts: list[Text], today: date, **kwargs: Any) -> None:
        kwargs["initial"] = {"happened_on": today, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.fields["clause"].choices = [  # type: ignore[attr-defined]
            ("", "Choose one"),
            *(
                (text.says, [(f"{text.key}/{c.key}", f"{c.key}. {c.says}") for c in breachable])
                for text in texts
                if (breachable := [c for c in text.clauses if c.can_be_breached])
            ),
        ]

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        key, _, clause = given.pop("clause").partition("/")
        return {**given, "key": key, "clause": clause}


class ResolveForm(OperationForm):
    """How a breach was resolved."""

    outcome = forms.ChoiceField(
        label="How was it resolved?", choices=Breach.Outcome.choices, widget=forms.RadioSelect
    )
    words = long_words("Anything to add?")
