"""The weekly action form: five numbered lines, or as many as the practice allows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from alongside.plans.forms import offers
from alongside.plans.forms.keeping import TwoTextsForm
from alongside.plans.models import PlanAction, WeeklyForm
from alongside.plans.operations import Line
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm, quietly_optional, token

PARTS = ("text", "when_on", "when_time", "when_words", "need", "task", "action")


class WriteWeekForm(TwoTextsForm):
    """One form for one person and one week. A line that is left empty is no line."""

    completed_by = forms.ChoiceField(label="Who wrote this down?")

    def __init__(
        self,
        *args: Any,
        stay: Stay,
        starts_on: date,
        was: Mapping[int, date] | None = None,
        **kwargs: Any,
    ) -> None:
        """`was` says of each line that is carried over for which day it was written."""
        super().__init__(*args, **kwargs)
        pack = stay.pack
        self.stay, self.starts_on = stay, starts_on
        self.said = {"need": _words(offers.needs(pack)), "task": _words(offers.tasks(pack))}
        self.form = pack.form("weekly-action")
        offered = list(offers.listed(pack, "completed_by"))[1:]
        self.fields["completed_by"].choices = offered  # type: ignore[attr-defined]
        most = int(pack.limit("weekly_actions_most"))
        self.numbers = range(1, max(most, min(self._sent(), 2 * most)) + 1)
        for number in self.numbers:
            self._add_line(number, offers.needs(pack), offers.tasks(pack))
        for number, day in (was or {}).items():
            if number in self.numbers:
                self.fields[f"when_on_{number}"].help_text = f"It was {day:%A %-d %B}."
        self.order_fields(["keep"])
        self.draft_key = f"week-{stay.pk}-{starts_on.isoformat()}"

    def _sent(self) -> int:
        """The highest line that was sent, so that one too many is refused where it stands; what
        nobody could have written by hand is not looked at."""
        sent = [name.removeprefix("text_") for name in self.data if name.startswith("text_")]
        return max((int(text) for text in sent if text.isascii() and text.isdigit()), default=0)

    def _add_line(self, number: int, needs: offers.Offered, tasks: offers.Offered) -> None:
        asked = self.form.line_fields
        self.fields |= {
            f"text_{number}": forms.CharField(
                label=asked["text"].says, required=False, max_length=400
            ),
            f"when_on_{number}": forms.DateField(label="Which day?", required=False),
            f"when_time_{number}": forms.TimeField(label="What time?", required=False),
            f"when_words_{number}": forms.CharField(
                label="Or when, in your own words", required=False, max_length=120
            ),
            f"need_{number}": forms.ChoiceField(
                label=asked["item"].says, required=False, choices=needs
            ),
            f"task_{number}": forms.ChoiceField(
                label=asked["task"].says, required=False, choices=tasks
            ),
            f"action_{number}": forms.CharField(required=False, widget=forms.HiddenInput),
        }
        for part in PARTS:  # an empty row is no row: nothing in it need be called optional
            quietly_optional(self.fields[f"{part}_{number}"])

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for number in self.numbers:
            day, words = given.get(f"when_on_{number}"), given.get(f"when_words_{number}") or ""
            if not (given.get(f"text_{number}") or "").strip():
                continue
            if not day and not words.strip() and f"when_on_{number}" not in self.errors:
                self.add_error(
                    f"when_on_{number}",
                    f"Action {number} does not say when."
                    " Choose a day, or write when in your own words.",
                )
            if day and day < self.starts_on:
                self.add_error(
                    f"when_on_{number}",
                    f"That day is before the week of {self.starts_on:%-d %B}."
                    " Choose a day of this week, or a later one.",
                )
        return given

    def lines(self) -> Iterator[dict[str, Any]]:
        """For the page: each line with its bound fields."""
        for number in self.numbers:
            parts = {part: self[f"{part}_{number}"] for part in PARTS}
            said = [known.get(str(parts[part].value() or "")) for part, known in self.said.items()]
            yield {"number": number, "is_for": ", ".join(filter(None, said)), **parts}

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        written = [
            _line({part: given[f"{part}_{number}"] for part in PARTS}) for number in self.numbers
        ]
        return {
            "starts_on": self.starts_on,
            "completed_by": given["completed_by"],
            "lines": [line for line in written if line],
        }


def _words(offered: offers.Offered) -> dict[str, str]:
    """What each choice says, also those in groups; "nothing named" says nothing."""
    said: dict[str, str] = {}
    for key, says in offered:
        if isinstance(says, str):
            said |= {key: says} if key else {}
        else:
            said |= dict(says)
    return said


class ResultForm(OperationForm):
    """How a line of the week went."""

    result = forms.ChoiceField(label="How did it go?", widget=forms.RadioSelect)
    words = forms.CharField(label="Say more", required=False, max_length=1000)

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = list(offers.listed(stay.scheme.pack, "action_results"))[1:]
        self.fields["result"].choices = offered  # type: ignore[attr-defined]


def days_before(carried: Iterable[PlanAction], starts_on: date) -> dict[int, date]:
    """By line: the day that is over, of what is carried over into the week that begins then."""
    days = ((number, action.when_on) for number, action in enumerate(carried, start=1))
    return {number: day for number, day in days if day and day < starts_on}


def held_in_week(
    form: WeeklyForm | None, carried: Iterable[PlanAction], starts_on: date
) -> dict[str, Any]:
    """A week's form as the initial values of its form; a new one begins with what is carried.

    A day before the week is left empty: the new one is theirs to choose.
    """
    actions = [line.action for line in form.lines.all()] if form else list(carried)
    initial: dict[str, Any] = (
        {"version": form.version, "completed_by": form.completed_by} if form else {}
    )
    for number, action in enumerate(actions, start=1):
        for part in PARTS[:-1]:
            initial[f"{part}_{number}"] = getattr(action, part)
        if not form or action.source_id != form.pk:
            initial[f"action_{number}"] = str(action.pk)
    if not form:
        for number in days_before(actions, starts_on):
            initial |= {f"when_on_{number}": None, f"when_time_{number}": None}
    return initial


def _line(given: dict[str, Any]) -> Line | None:
    action: UUID | None = token(given.pop("action"))
    if action and not given["text"].strip():
        return None  # what last week left open, emptied: it is left, whatever its day says
    if not (given["text"].strip() or given["when_on"] or given["when_words"].strip()):
        return None
    return Line(**given, action=action)
