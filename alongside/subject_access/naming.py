"""Tables and columns as people call them."""

from __future__ import annotations

from django.apps import apps


def table_in_words(label: str) -> str:
    """A table as people call it: "Contacts"."""
    words = str(apps.get_model(label)._meta.verbose_name_plural)
    return words[:1].upper() + words[1:]


def field_in_words(label: str, field: str) -> str:
    """A column as people call it: "Referrer name"."""
    words = str(getattr(apps.get_model(label)._meta.get_field(field), "verbose_name", field))
    return words[:1].upper() + words[1:]


def place_in_words(where: str) -> str:
    """Where words about somebody else stand: "Referrals, referrer name"."""
    label, _, field = where.rpartition(".")
    named = field_in_words(label, field)
    return f"{table_in_words(label)}, {named[:1].lower()}{named[1:]}"
