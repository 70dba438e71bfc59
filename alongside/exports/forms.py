"""What is asked before a list leaves the house."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms

from alongside.exports.files import CSV, XLSX
from alongside.exports.leaving import Leaving
from alongside.organisation.models import Scheme
from alongside.ui.forms import OperationForm

KINDS = {XLSX: "A workbook (XLSX)", CSV: "Comma-separated values (CSV)"}


class TakeOutForm(OperationForm):
    """Which columns, as what, what for, and who gets it."""

    says: ClassVar[dict[str, str]] = {
        "columns": "Tick what whoever gets it needs, at least one column.",
        "words": "Say who gets it, and why they need it.",
    }

    columns = forms.MultipleChoiceField(
        label="What it holds", widget=forms.CheckboxSelectMultiple,
        help_text="What says who somebody is has no tick yet. Give it one only where it is needed.",
    )  # fmt: skip
    kind = forms.ChoiceField(label="As what?", widget=forms.RadioSelect, initial=XLSX)
    purpose = forms.ChoiceField(label="What is it for?")
    words = forms.CharField(
        label="Who gets it, and why do they need it?", widget=forms.Textarea, max_length=2000,
        help_text="Do not name anybody you support here: this is kept.",
    )  # fmt: skip

    def __init__(self, *args: Any, leaving: Leaving, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        columns, purpose, kind = (self.fields[name] for name in ("columns", "purpose", "kind"))
        assert isinstance(columns, forms.MultipleChoiceField)  # noqa: S101
        assert isinstance(purpose, forms.ChoiceField)  # noqa: S101
        assert isinstance(kind, forms.ChoiceField)  # noqa: S101
        columns.choices = [(one.key, one.says) for one in leaving.columns]
        columns.error_messages["invalid_choice"] = (
            "This list has no such column. Tick those it has."
        )
        self.initial.setdefault("columns", [one.key for one in leaving.columns if not one.names])
        if not any(one.names for one in leaving.columns):
            columns.help_text = ""
        offered = scheme.pack.choices("export_purposes")
        purpose.choices = [("", "Choose one"), *((one.key, one.says) for one in offered)]
        if leaving.kinds:
            kind.choices = [(one, says) for one, says in KINDS.items() if one in leaving.kinds]
        else:
            del self.fields["kind"]


class SureForm(OperationForm):
    """No question: the button is the answer."""


class DeclineForm(OperationForm):
    """Why a file does not leave."""

    because = forms.CharField(label="Why does it stay here?", widget=forms.Textarea)
