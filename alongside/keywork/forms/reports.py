"""The forms of a report and of its answer."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.allocations.forms import text
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm


class ReportForm(OperationForm):
    until_on = forms.DateField(label="Up to which day?")

    def __init__(self, *args: Any, stay: Stay, **kwargs: Any) -> None:
        self.draft_key = f"report-{stay.pk}"
        super().__init__(*args, **kwargs)
        self.headings = list(stay.scheme.pack.choices("report_headings"))
        for heading in self.headings:
            self.fields[f"heading_{heading.key}"] = text(
                heading.says, rows=4, required=True, hint=heading.help
            )
        self.fields["team_question"] = text("Is the team’s input needed? What do you ask?", rows=2)

    def arguments(self) -> dict[str, Any]:
        given = super().arguments()
        headings = {h.key: given.pop(f"heading_{h.key}") for h in self.headings}
        return {**given, "headings": headings}


class AnswerForm(OperationForm):
    answer = text("What does the team say?", required=True)
