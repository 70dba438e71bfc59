"""The questions that several forms of this room ask in the same way."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.organisation.models import Staff
from alongside.stays.models import Stay


def sentences(label: str, *, required: bool = False, **how: Any) -> forms.CharField:
    """A question answered in sentences."""
    return forms.CharField(
        label=label, required=required, max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}), **how,
    )  # fmt: skip


def a_line(
    label: str, *, required: bool = False, longest: int = 200, **how: Any
) -> forms.CharField:
    """A question answered in a line."""
    return forms.CharField(label=label, required=required, max_length=longest, **how)


def one_of(label: str, *, required: bool = True, radio: bool = False) -> forms.ChoiceField:
    """A question answered from a list of the pack."""
    widget = forms.RadioSelect if radio else forms.Select
    return forms.ChoiceField(label=label, required=required, choices=(), widget=widget)


def money(label: str) -> forms.DecimalField:
    """A question for a sum of money that may not be known."""
    return forms.DecimalField(label=label, max_digits=8, decimal_places=2, required=False)


def worker(label: str, *, required: bool = True) -> forms.ModelChoiceField[Staff]:
    """A question for somebody who works here; the form offers them."""
    return forms.ModelChoiceField(
        label=label, queryset=Staff.objects.none(), required=required, empty_label="Nobody"
    )


def offer_workers(form: forms.Form, name: str, stay: Stay) -> None:
    """Put everybody who works at the scheme before the reader."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)  # noqa: S101
    field.queryset = Staff.objects.at(stay.scheme)
