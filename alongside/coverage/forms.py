"""What a reader of the coverage asks: which duty, whose people, from when until when."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms

from alongside.coverage.models import SHOWN, Standing
from alongside.coverage.queries import rules
from alongside.organisation.models import Scheme, Staff
from alongside.practice.rules import Limit


class CoverageForm(forms.Form):
    """A filter; nothing is written. What is left out is filled in with what is usual."""

    use_required_attribute = False
    what = forms.ChoiceField(label="What was owed")
    first = forms.DateField(label="Due from", widget=forms.DateInput(attrs={"type": "date"}))
    last = forms.DateField(label="Due until", widget=forms.DateInput(attrs={"type": "date"}))
    worker = forms.ChoiceField(label="Whose people", required=False)
    named = forms.CharField(label="Name contains", required=False, max_length=100)
    show = forms.ChoiceField(label="How it stands", required=False)

    def __init__(self, asked: Any, *, scheme: Scheme, workers: list[Staff] | None = None) -> None:
        offered = rules(scheme)
        back = timedelta(days=int(scheme.pack.limit("coverage_looks_back")))
        today = scheme.today()
        usual = {
            "what": offered[0].key if offered else "",
            "first": (today - back).isoformat(),
            "last": today.isoformat(),
        }
        given = {key: value for key, value in asked.items() if key in self.base_fields}
        super().__init__({**usual, **given}, label_suffix="")
        self.longest: Limit = scheme.pack.limit("coverage_longest")
        what, worker = self.fields["what"], self.fields["worker"]
        assert isinstance(what, forms.ChoiceField)  # noqa: S101
        assert isinstance(worker, forms.ChoiceField)  # noqa: S101
        what.choices = [(rule.key, rule.says) for rule in offered]
        what.error_messages["invalid_choice"] = "Nothing of this name is owed here. Choose another."
        show = self.fields["show"]
        assert isinstance(show, forms.ChoiceField)  # noqa: S101
        show.choices = [("", "However"), *((one.value, SHOWN[one][0]) for one in Standing)]
        show.error_messages["invalid_choice"] = "Nothing stands like that. Choose from the list."
        worker.choices = [("", "Everybody’s"), *((str(one.pk), one.name) for one in workers or ())]
        if workers is None:  # one person’s page: nobody to choose among
            del self.fields["named"], self.fields["show"]
        worker.error_messages["invalid_choice"] = (
            "Nobody of this name holds a case here. Choose somebody from the list."
        )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        first, last = given.get("first"), given.get("last")
        if isinstance(first, date) and isinstance(last, date):
            if last < first:
                self.add_error("last", "The last day lies before the first. Mend one of the two.")
            elif (last - first).days > int(self.longest):
                self.add_error(
                    "last", f"That is more than {self.longest.number} days. Choose a shorter time."
                )
        return given

    @property
    def whose(self) -> UUID | None:
        worker = self.cleaned_data.get("worker")
        return UUID(worker) if worker else None
