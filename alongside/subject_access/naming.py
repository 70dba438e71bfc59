"""Tables and columns as people call them."""

from __future__ import annotations

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import models


def table(label: str) -> type[models.Model] | None:
    """The table of that name; None for one that is no more, since a room was rebuilt."""
    try:
        return apps.get_model(label)
    except (LookupError, ValueError):
        return None


def table_in_words(label: str) -> str:
    """A table as people call it: "Contacts"."""
    words = str(apps.get_model(label)._meta.verbose_name_plural)
    return words[:1].upper() + words[1:]


def field_in_words(label: str, field: str) -> str:
    """A column as people call it: "Referrer name"."""
    words = str(getattr(apps.get_model(label)._meta.get_field(field), "verbose_name", field))
    return words[:1].upper() + words[1:]


def place_in_words(where: str) -> str:
    """Where words about somebody else stand: "Referrals, referrer name".

    A place that is no more, since a room was rebuilt, is called as it was written down.
    """
    label, _, field = where.rpartition(".")
    try:
        named = field_in_words(label, field)
    except (LookupError, ValueError, FieldDoesNotExist):
        return where
    return f"{table_in_words(label)}, {named[:1].lower()}{named[1:]}"
