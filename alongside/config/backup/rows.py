"""Every row of every table as one line of JSON, the same whatever engine it comes from."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, models

AT_ONCE = 1000
# What migrating makes by itself, and what nobody misses: sessions end with the machine.
LEFT_OUT = frozenset({"contenttypes", "auth", "sessions"})


def tables() -> list[type[models.Model]]:
    """Every model whose rows are kept, those in between two others among them."""
    every = apps.get_models(include_auto_created=True)
    kept = [one for one in every if one._meta.app_label not in LEFT_OUT and one._meta.managed]
    return sorted(kept, key=lambda one: one._meta.db_table)


def lines(model: type[models.Model], using: str = DEFAULT_DB_ALIAS) -> Iterator[str]:
    """The rows in the order of their key, each as canonical JSON."""
    fields = model._meta.concrete_fields
    names = [field.attname for field in fields]
    rows = model._base_manager.using(using).order_by("pk").values_list(*names)
    for row in rows.iterator(chunk_size=AT_ONCE):
        yield json.dumps([_plain(one) for one in row], separators=(",", ":"), ensure_ascii=False)


def made_of(model: type[models.Model], line: str) -> models.Model:
    """The record that a line holds, not saved."""
    fields = model._meta.concrete_fields
    values = json.loads(line)
    return model(
        **{field.attname: _back(field, value) for field, value in zip(fields, values, strict=True)}
    )


def row_hash(model: type[models.Model], using: str = DEFAULT_DB_ALIAS) -> str:
    """SHA-256 over all rows of a table in the order of their key."""
    sum_ = hashlib.sha256()
    for line in lines(model, using):
        sum_.update(line.encode() + b"\n")
    return sum_.hexdigest()


def row_hashes(using: str = DEFAULT_DB_ALIAS) -> dict[str, str]:
    """The hash of every table, by its name."""
    return {model._meta.db_table: row_hash(model, using) for model in tables()}


PLAIN: dict[type, Callable[[Any], Any]] = {
    datetime: lambda value: value.astimezone(UTC).isoformat(timespec="microseconds"),
    time: lambda value: value.isoformat(timespec="microseconds"),
    date: lambda value: value.isoformat(),
    UUID: str,
    Decimal: lambda value: format(value.normalize(), "f"),
    dict: lambda value: {"json": _sorted(value)},
    list: lambda value: {"json": _sorted(value)},
}


def _plain(value: Any) -> Any:
    made = PLAIN.get(type(value))
    return made(value) if made else value


def _sorted(value: Any) -> Any:
    """JSON with its keys in order: one engine keeps the order they came in, the other does not."""
    if isinstance(value, dict):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(one) for one in value] if isinstance(value, list) else value


BACK: dict[str, Callable[[str], Any]] = {
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "UUIDField": UUID,
    "DecimalField": Decimal,
}


def _back(field: Any, value: Any) -> Any:
    while field.remote_field is not None:
        field = field.target_field
    if isinstance(value, dict):
        return value["json"]
    made = BACK.get(field.get_internal_type())
    return made(value) if made and value is not None else value
