"""The forms of an assessment: beginning one, and answering every item on one screen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms

from alongside.assessments.models import Answer, Assessment, Rating
from alongside.assessments.operations import Said
from alongside.practice.frameworks import Area, Framework, Item
from alongside.ui.forms import OperationForm

OTHER_ANSWERS = [(Answer.NO_NEED.value, "No need here"), (Answer.DECLINED.value, "Declined")]


class StartAssessmentForm(OperationForm):
    assessed_on = forms.DateField(
        label="On which day?", help_text="The day you sit down together.", widget=forms.DateInput
    )
    participants = forms.CharField(
        label="Who takes part, besides the two of you?", required=False, max_length=300
    )


class CorrectAssessmentForm(OperationForm):
    because = forms.CharField(label="What was wrong with it?", max_length=300)


class CompleteAssessmentForm(OperationForm):
    about_a_fall = forms.CharField(
        label="If the score is lower than last time: what has happened?",
        help_text="A number that falls should not stand alone.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if first:  # nothing to fall from
            del self.fields["about_a_fall"]


@dataclass(frozen=True, slots=True)
class Row:
    """One item on the screen: its question, its fields, and what was said last time."""

    item: Item
    answer: Any
    own: Any
    note: Any
    reason: Any
    was: Any
    last: str
    engaged: int
    advice: str


class AnswersForm(OperationForm):
    """Every item of the framework on one screen. Only what changed is saved."""

    strengths = forms.CharField(
        label="What are they good at, and who and what helps them?",
        help_text="Strengths first: skills, people, places, things that worked before.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    in_their_words = forms.CharField(
        label="In their own words", required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, assessment: Assessment, **kwargs: Any) -> None:
        self.assessment, self.framework = assessment, assessment.framework
        super().__init__(*args, **kwargs)
        ratings = {rating.item: rating for rating in assessment.ratings.all()}
        for item in self.framework.items:
            self._ask(item, ratings.get(item.key))
        self.initial.setdefault("strengths", assessment.strengths)
        self.initial.setdefault("in_their_words", assessment.in_their_words)

    def _ask(self, item: Item, rating: Rating | None) -> None:
        levels = [(level.key, level.says) for level in self.framework.steps]
        stored = (rating.level or rating.answer) if rating else ""
        for name, field, value in (
            ("answer", _choice(item, [*levels, *OTHER_ANSWERS], forms.RadioSelect), stored),
            ("own", _own(item, levels), rating.own_level if rating else ""),
            ("note", _words(item, "Note"), rating.note if rating else ""),
            ("reason", _words(item, "Why they declined"), rating.reason if rating else ""),
            ("was", forms.CharField(required=False, widget=forms.HiddenInput), stored),
        ):
            self.fields[f"{name}-{item.key}"] = field
            self.initial[f"{name}-{item.key}"] = value

    def arguments(self) -> dict[str, Any]:
        """The items that were touched, and the words about strengths."""
        answers = dict(self._said())
        return {
            "answers": answers,
            "strengths": self.cleaned_data["strengths"],
            "in_their_words": self.cleaned_data["in_their_words"],
        }

    def _said(self) -> Iterator[tuple[str, Said]]:
        for item in self.framework.items:
            chosen = self.cleaned_data.get(f"answer-{item.key}")
            touched = any(
                self.cleaned_data.get(f"{name}-{item.key}", "")
                != self.initial.get(f"{name}-{item.key}", "")
                for name in ("answer", "own", "note", "reason")
            )
            if chosen and touched:
                yield item.key, self._one(item.key, chosen)

    def _one(self, key: str, chosen: str) -> Said:
        other = chosen in Answer.values
        return Said(
            answer=chosen if other else Answer.RATED.value,
            level="" if other else chosen,
            own_level=self.cleaned_data[f"own-{key}"],
            note=self.cleaned_data[f"note-{key}"],
            reason=self.cleaned_data[f"reason-{key}"],
            was=self.cleaned_data[f"was-{key}"],
        )

    def rows(
        self, *, last: dict[str, str], engaged: dict[str, int]
    ) -> Iterator[tuple[Area, list[Row]]]:
        """The screen, area by area."""
        for area in self.framework.areas:
            yield area, [self._row(item, last, engaged) for item in area.in_order]

    def _row(self, item: Item, last: dict[str, str], engaged: dict[str, int]) -> Row:
        level = last.get(item.key, "")
        count = engaged.get(item.key, 0)
        answer = self[f"answer-{item.key}"]
        return Row(
            item=item,
            answer=answer,
            own=self[f"own-{item.key}"],
            note=self[f"note-{item.key}"],
            reason=self[f"reason-{item.key}"],
            was=self[f"was-{item.key}"],
            last=self.framework.levels[level].says if level in self.framework.levels else "",
            engaged=count,
            advice=advice(self.framework, str(answer.value() or ""), count),
        )


def advice(framework: Framework, chosen: str, engaged: int) -> str:
    """What the count of actions says about the level chosen; never more than advice."""
    for level in framework.steps:
        needs = level.actions_at_least
        if not needs:
            continue
        if chosen == level.key and engaged < needs:
            return f"{level.says} means {needs} or more actions engaged in here. So far: {engaged}."
        if chosen and chosen in framework.levels and chosen != level.key and engaged >= needs:
            return f"{engaged} actions engaged in here: {level.says} may fit."
    return ""


def _choice(
    item: Item, choices: list[tuple[str, str]], widget: type[forms.Widget]
) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=f"{item.key} {item.says}",
        help_text=item.help,
        choices=choices,
        required=False,
        widget=widget,
    )


def _own(item: Item, levels: list[tuple[str, str]]) -> forms.ChoiceField:
    field = _choice(item, [("", "Not said"), *levels], forms.Select)
    field.label = f"Their own rating of {item.says}"
    field.help_text = ""
    return field


def _words(item: Item, label: str) -> forms.CharField:
    return forms.CharField(label=f"{label} ({item.says})", required=False, max_length=2000)
