"""A visit before moving in."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import staff_at
from alongside.ui.forms import OperationForm


class VisitForm(OperationForm):
    """Where and when it was, who took part, what they asked."""

    visited_on = forms.DateField(label="On which day?")
    place = forms.CharField(
        label="Where?",
        max_length=200,
        help_text="Here, where they live now, or anywhere they like.",
    )
    took_part = forms.CharField(label="Who took part?", max_length=400)
    key_worker = forms.ModelChoiceField(
        Staff.objects.none(), required=False, empty_label="Nobody is named yet"
    )
    key_worker_there = forms.BooleanField(required=False)
    questions = forms.CharField(
        label="What did they ask or worry about?", required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    words = forms.CharField(
        label="What did we show and tell them?", required=False, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args: Any, scheme: Scheme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not scheme.pack.has_key_working:
            del self.fields["key_worker"], self.fields["key_worker_there"]
            return
        term = scheme.pack.term("key_worker").singular
        self.fields["key_worker"].queryset = staff_at(scheme)  # type: ignore[attr-defined]
        self.fields["key_worker"].label = f"Who is to be their {term}?"
        self.fields["key_worker_there"].label = f"Their {term} was there"
