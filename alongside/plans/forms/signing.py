"""A further signature on a plan by somebody from outside: their name, and their yes or no."""

from __future__ import annotations

from typing import Any

from django import forms

from alongside.signatures.forms import RefuseToSignForm, SignForm

NAME: dict[str, Any] = {"max_length": 200}


class OutsideSignForm(SignForm):
    """Their yes: they draw it, or signed on paper. They have no PIN here."""

    name = forms.CharField(**NAME)
    field_order = ["name", "strokes", "witness"]

    def __init__(self, *args: Any, party: str, **kwargs: Any) -> None:
        """`party` says as whom they sign: "Social worker"."""
        super().__init__(*args, **kwargs)
        self.fields.pop("pin")
        self.fields["name"].label = f"{party}: name"
        self.fields["strokes"].widget.with_pin = False

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "name": self.cleaned_data["name"]}


class OutsideNoForm(RefuseToSignForm):
    """Their no, and why."""

    name = forms.CharField(**NAME)

    def __init__(self, *args: Any, party: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = f"{party}: name"
        self.order_fields(["name"])

    def arguments(self) -> dict[str, Any]:
        return {**super().arguments(), "name": self.cleaned_data["name"]}
