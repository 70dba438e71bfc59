"""The tags and filters that templates share: `{% load house %}`."""

from __future__ import annotations

from typing import Any

from django import forms, template

register = template.Library()


@register.filter
def is_checkbox(field: Any) -> bool:
    """Whether a bound field is one box to tick, which stands before its words."""
    return isinstance(field.field.widget, forms.CheckboxInput)
