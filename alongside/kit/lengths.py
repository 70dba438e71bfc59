"""No text is stored that is longer than its column, on either engine.

PostgreSQL breaks off with an error that names no field; SQLite stores it, and the day the house
moves to PostgreSQL it cannot go along. So it is refused before, in the words a form would use.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache

from django.db.models import CharField, Model

from alongside.kit.refusal import Refused


def require_lengths(record: Model, among: Collection[str] | None = None) -> None:
    """Refused when a text of the record has more characters than its column holds.

    `among` are the fields about to be stored, by name; None means all of them.
    """
    for name, most in _limits(type(record)):
        if among is not None and name not in among:
            continue
        value = record.__dict__.get(name)
        if isinstance(value, str) and len(value) > most:
            raise Refused(
                f"“{value[:30]}…” is too long: {len(value):,} characters.",
                instead=f"Write at most {most:,}.",
                field=name,
            )


@cache
def _limits(model: type[Model]) -> tuple[tuple[str, int], ...]:
    """Each text column that has a limit, and how many characters that is."""
    return tuple(
        (field.attname, field.max_length)
        for field in model._meta.concrete_fields
        if isinstance(field, CharField) and field.max_length
    )
