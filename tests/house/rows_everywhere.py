"""A row in every table for an organisation, straight from the models, for PostgreSQL.

Operations could not make one of everything side by side, and a new model would be left out. What
a row says does not matter here, only whose it is: so the constraints on what it says, and the
triggers, are taken away first, in the transaction of the test.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from decimal import Decimal
from itertools import count
from typing import Any

from django.db import connection, models

from alongside.config.wall.ways import BY_KEY, ORGANISATION, Model, behind_the_wall
from alongside.kit.records import new_key

type Rows = dict[Model, dict[str, Any]]
NUMBERS = count(1_000_000)
NOW = datetime(2026, 4, 20, 11, tzinfo=UTC)
VALUES: dict[str, Any] = {
    "BooleanField": False, "DateField": date(2026, 4, 20), "DateTimeField": NOW,
    "DecimalField": Decimal(1), "FloatField": 1.0, "JSONField": "{}", "TimeField": time(12),
    "DurationField": "1 day", "GenericIPAddressField": "127.0.0.1", "BinaryField": b"",
}  # fmt: skip
CHECKS = """
    SELECT c.relname, k.conname FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype = 'c' AND c.relnamespace = current_schema()::regnamespace
"""
TRIGGERS = """
    SELECT c.relname, t.tgname FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid
    WHERE NOT t.tgisinternal AND c.relnamespace = current_schema()::regnamespace
"""


def let_rows_say_anything() -> None:
    """Take away checks and triggers; the end of the test's transaction brings them back."""
    with connection.cursor() as cursor:
        cursor.execute(CHECKS)
        for table, name in cursor.fetchall():
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
        cursor.execute(TRIGGERS)
        for table, name in cursor.fetchall():
            cursor.execute(f'DROP TRIGGER "{name}" ON "{table}"')


def fill() -> Rows:
    """A new organisation with a row in every table: of each model, its columns."""
    keys = {model: next(NUMBERS) if _counts(model) else new_key() for model in behind_the_wall()}
    # Where the key of a row is another's, one to one.
    keys |= {model: keys[to] for model in keys if (to := _known_pk(model).related_model) in keys}
    keys |= {
        model: keys[_called(ORGANISATION)] for model in keys if key(model) == "organisation_id"
    }
    made = {model: _row(model, keys) for model in keys}
    for model, row in made.items():
        insert(model, row)
    return made


def insert(model: Model, row: dict[str, Any]) -> None:
    names = ", ".join(f'"{column}"' for column in row)
    marks = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(
            f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({marks})', [*row.values()]
        )


def key(model: Model) -> str:
    return str(_known_pk(model).column)


def _known_pk(model: Model) -> Any:
    return model._meta.pk


def _called(label: str) -> Model:
    return next(model for model in behind_the_wall() if model._meta.label == label)


def _counts(model: Model) -> bool:
    return isinstance(model._meta.pk, models.AutoField)


def _row(model: Model, keys: dict[Model, Any]) -> dict[str, Any]:
    by_key = dict(BY_KEY.get(model._meta.label, ()))
    row: dict[str, Any] = {}
    fields: list[Any] = [*model._meta.concrete_fields]
    for field in fields:
        if field.primary_key:
            row[field.column] = keys[model]
        elif field.column in by_key:
            row[field.column] = keys[_called(by_key[field.column])]
        elif field.attname == "organisation_id":
            row[field.column] = keys[_called(ORGANISATION)]
        elif field.remote_field:
            if field.related_model in keys:
                row[field.column] = keys[field.related_model]
        elif not field.generated:
            row[field.column] = _value(field)
    return row


def _value(field: Any) -> Any:
    kind = field.get_internal_type()
    if kind == "UUIDField":
        return new_key()
    if "Integer" in kind:
        return 1
    if kind in VALUES:
        return VALUES[kind]
    return new_key().hex[-(field.max_length or 32) :]
