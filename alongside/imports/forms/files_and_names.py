"""Bringing a file, saying what its columns mean, and who its names are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms

from alongside.imports.models import ImportRun
from alongside.imports.operations.bringing import Said
from alongside.imports.reading.sheets import Limits
from alongside.organisation.models import Staff
from alongside.ui.forms import OperationForm, quietly_optional

NOT_YET = ("", "Not answered yet")
NOT_LISTED = ("elsewhere", "Somebody who is not on the staff list")
QUESTIONS_A_PAGE = 8


class BringFileForm(OperationForm):
    """The file. What it is is told from its content, not from its name."""

    says = {"file": "Choose the file you want to bring in."}

    file = forms.FileField(label="Which file?", max_length=200, allow_empty_file=True)

    def __init__(self, *args: Any, limits: Limits, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.limits = limits
        most = limits.file_bytes // 1_000_000
        self.fields["file"].help_text = (
            f"An Excel workbook (.xlsx) or a CSV file, at most {most} MB. "
            "Nothing is brought in until you have seen every row and said yes."
        )

    def clean_file(self) -> Any:
        """A file far too large is refused before it is read."""
        file = self.cleaned_data["file"]
        if file.size > self.limits.file_bytes:
            most = self.limits.file_bytes // 1_000_000
            raise forms.ValidationError(
                f"This file is larger than {most} MB. "
                "Take out pictures and sheets that are not needed, and bring it again."
            )
        return file

    def arguments(self) -> dict[str, Any]:
        file = self.cleaned_data["file"]
        return {"name": file.name, "content": file.read()}


class NamesForm(OperationForm):
    """“Who is …?”, each asked once; and which of two people a row is about."""

    def __init__(self, *args: Any, run: ImportRun, first: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked: dict[str, Any] = run.questions
        self.people: dict[str, Mapping[str, str]] = {
            one["key"]: one for one in self.asked.get("people", [])
        }
        names, which = self.asked.get("names", []), self.asked.get("which", [])
        self.of = len(names) + len(which)
        # A page that has been answered past its end begins again.
        self.first = first if 0 <= first < self.of else 0
        self.last = min(self.first + QUESTIONS_A_PAGE, self.of)
        here = range(self.first, self.last)
        self.names = {n: names[n] for n in here if n < len(names)}
        self.which = {n - len(names): which[n - len(names)] for n in here if n >= len(names)}
        for number, question in self.names.items():
            choices = self._choices(question["suggestions"])
            rows = question["rows"]
            self._ask(f"who-{number}", f"Who is “{question['text']}”?", choices, _where(rows))
            self._ask(f"also-{number}", f"Or, on other days, “{question['text']}” is", choices, "")
        for number, row in self.which.items():
            label = f"Which “{row['text']}” is {row['sheet']}, row {row['row']}, about?"
            choices = [NOT_YET, *map(self._choice, row["suggestions"])]
            self._ask(f"row-{number}", label, choices, "")

    def questions(self) -> list[tuple[Any, Any]]:
        """Each question of this page, with the second one for a name that means two people."""
        named = [(self[f"who-{n}"], self[f"also-{n}"]) for n in self.names]
        return [*named, *((self[f"row-{n}"], None) for n in self.which)]

    @property
    def left_open(self) -> int:
        """How many questions of this page were sent without an answer."""
        firsts = [f"who-{n}" for n in self.names] + [f"row-{n}" for n in self.which]
        return sum(1 for name in firsts if not self.cleaned_data.get(name))

    def _ask(self, name: str, label: str, choices: Sequence[Any], help_text: str) -> None:
        self.fields[name] = quietly_optional(
            forms.ChoiceField(
                label=label, choices=list(choices), required=False, help_text=help_text
            )
        )

    def _choices(self, likely: Sequence[str]) -> list[Any]:
        others = [key for key in self.people if key not in likely]
        groups = [("Most likely", [self._choice(key) for key in likely])] if likely else []
        return [NOT_YET, *groups, ("Everybody", [self._choice(key) for key in others])]

    def _choice(self, key: str) -> tuple[str, str]:
        one = self.people[key]
        born = f", born {date.fromisoformat(one['born']):%-d %B %Y}" if one["born"] else ""
        also = f" ({one['full']})" if one["full"] != one["name"] else ""
        return key, f"{one['name']}{also}{born}"

    def arguments(self) -> dict[str, Any]:
        said = [
            self._said(question["text"], key)
            for number, question in self.names.items()
            for name in (f"who-{number}", f"also-{number}")
            if (key := self.cleaned_data.get(name))
        ]
        for number, row in self.which.items():
            if key := self.cleaned_data.get(f"row-{number}"):
                said.append(self._said(row["text"], key, row["fingerprint"]))
        return {"answers": said}

    def _said(self, text: str, key: str, fingerprint: str = "") -> Said:
        one = self.people[key]
        return Said(
            text=text,
            name=one["full"],
            key=key if _is_resident(key) else "",
            born=date.fromisoformat(one["born"]) if one["born"] else None,
            fingerprint=fingerprint,
        )


def _is_resident(key: str) -> bool:
    """Whether a key is a resident’s, and not that of somebody who is only in the file yet."""
    try:
        UUID(key)
    except ValueError:
        return False
    return True


def _where(rows: Sequence[str]) -> str:
    shown = ", ".join(rows[:3])
    more = f" and {len(rows) - 3} more" if len(rows) > 3 else ""  # noqa: PLR2004
    return f"In {shown}{more}."


class WorkersForm(OperationForm):
    """“Which worker is …?”, each asked once."""

    def __init__(self, *args: Any, run: ImportRun, staff: Sequence[Staff], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = run.questions.get("workers", [])[:QUESTIONS_A_PAGE]
        self.of = len(run.questions.get("workers", []))
        self.staff = {str(one.pk): one for one in staff}
        for number, question in enumerate(self.asked):
            self.fields[f"worker-{number}"] = quietly_optional(
                forms.ChoiceField(
                    label=f"Which worker is “{question['text']}”?",
                    choices=self._choices(question["suggestions"]),
                    required=False,
                    help_text=_where(question["rows"]),
                )
            )

    def _choices(self, likely: Sequence[str]) -> list[Any]:
        first = [(key, self.staff[key].name) for key in likely if key in self.staff]
        others = [(key, one.name) for key, one in self.staff.items() if key not in likely]
        groups = [("Most likely", first)] if first else []
        return [NOT_YET, *groups, ("Everybody", others), NOT_LISTED]

    def questions(self) -> list[Any]:
        return [self[f"worker-{number}"] for number in range(len(self.asked))]

    def arguments(self) -> dict[str, Any]:
        said = {
            question["text"]: self.cleaned_data.get(f"worker-{number}")
            for number, question in enumerate(self.asked)
        }
        return {"answers": {text: self.staff.get(key) for text, key in said.items() if key}}


class AgreeForm(OperationForm):
    """One button: there is nothing to ask."""
