"""Gives every text of every row that is somebody's a word of its own, that can be looked for."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError, connection, models, transaction

from alongside.audit.final import names_of, statements
from alongside.residents.models import Resident
from alongside.retention.final import FINAL
from alongside.retention.person import belongings

ROOM = 16


def plant(resident_id: UUID, start: str) -> set[str]:
    """Put a word into every text that has room for it; returns the words that went in."""
    planted: set[str] = set()
    _triggers(there=False)
    for one in belongings():
        for row in list(one.of(resident_id)):
            for field in row._meta.concrete_fields:
                word = f"{start}{len(planted):05d}x"
                if _takes(field) and _put(row, field, word):
                    planted.add(word)
    _triggers(there=True)
    return planted


def everything_stored() -> Iterator[str]:
    """Every value of every table, as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield repr(row)


def _takes(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.FileField | models.UUIDField):
        return False
    if isinstance(field, models.JSONField):
        return True
    text = isinstance(field, models.CharField | models.TextField)
    return text and (field.max_length or ROOM) >= ROOM


def _put(row: Any, field: models.Field[Any, Any], word: str) -> bool:
    value: Any = {word: word} if isinstance(field, models.JSONField) else word
    if field.name == "own_values":  # read with every duty, so only of a day that never comes
        value = [{"from": "2999-01-01", "at": word, "value": word, "named": word}]
    if field.choices or (isinstance(row, Resident) and field.name == "name_key"):
        return False
    try:
        with transaction.atomic():
            rows = type(row)._base_manager.filter(pk=row.pk)
            return bool(rows.update(**{field.name: value}) == 1)
    except (DatabaseError, FieldDoesNotExist):
        return False


def _triggers(*, there: bool) -> None:
    with connection.cursor() as cursor:
        if there:
            for statement in statements(FINAL, connection.vendor):
                cursor.execute(statement)
            return
        for final in FINAL:
            for name in names_of(final):
                on = f" ON {final.table}" if connection.vendor != "sqlite" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {name}{on}")
