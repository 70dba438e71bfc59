"""A signature drawn with a finger, a pen or a mouse, kept as the path of the stroke."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

# Moves and lines with whole numbers, in a field 600 wide and 200 high: nothing else can be drawn.
STROKES = re.compile(r"(M\d{1,4} \d{1,4}( ?L\d{1,4} \d{1,4})* ?)+")
LONGEST = 40_000


class SignaturePad(forms.HiddenInput):
    """Somewhere to draw. Without JavaScript or a pointer, offer a PIN in the same form."""

    template_name = "ui/signature_pad.html"
    with_pin = True  # whoever signs may have a PIN instead
    input_type = "text"  # so that its label and errors are shown like any other field's

    def get_context(self, *args: Any) -> dict[str, Any]:
        return {**super().get_context(*args), "with_pin": self.with_pin}

    @property
    def is_hidden(self) -> bool:
        return False


class SignatureField(forms.CharField):
    """The strokes of a signature as SVG path data ("M10 20 L12 24 ..."), or nothing."""

    widget = SignaturePad

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and (len(value) > LONGEST or not STROKES.fullmatch(value.strip())):
            raise ValidationError("This drawing could not be read. Clear it and sign again.")
