"""Many rows written in one statement, added or changed, without a model instance for each.

Worked-out rows are written by the thousand; making an instance of each, and asking each of its
fields again for every value, takes Django several times as long as the database takes to store
them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import batched, chain
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import BooleanField, CharField, Field, Model, TextField
from django.db.models.constants import OnConflict

from alongside.kit.records import new_key

PLAIN = (BooleanField, CharField, TextField)  # what is stored is what was said

type Row = Sequence[Any]


def upsert(
    model: type[Model], names: Sequence[str], rows: Sequence[Row], *, unique: Sequence[str]
) -> None:
    """Add these rows, or change those of the same `unique` columns; `names` are their columns.

    Columns that are not named keep what the database has for them, so name all that have no
    default there. The key of a new row is made here; that of one that is changed stays.
    """
    if not rows:
        return
    fields = _fields(model, tuple(names))
    size = connection.ops.bulk_batch_size([model._meta.pk, *fields], list(rows))
    with connection.cursor() as cursor:
        for batch in batched(rows, max(size, 1)):
            values = list(chain.from_iterable(_prepared(model, fields, batch)))
            cursor.execute(_statement(model, tuple(names), tuple(unique), len(batch)), values)


def _prepared(
    model: type[Model], fields: Sequence[Field[Any, Any]], rows: Sequence[Row]
) -> Iterator[list[Any]]:
    here = connections[DEFAULT_DB_ALIAS]  # not by its proxy, which asks each time for which thread
    key = model._meta.pk.get_db_prep_save
    prepare = [None if isinstance(field, PLAIN) else field.get_db_prep_save for field in fields]
    for row in rows:
        told = [
            value if to is None or value is None else to(value, here)
            for to, value in zip(prepare, row, strict=True)
        ]
        yield [key(new_key(), here), *told]


def _fields(model: type[Model], names: tuple[str, ...]) -> list[Field[Any, Any]]:
    return [model._meta.get_field(name) for name in names]  # type: ignore[misc]


def _statement(
    model: type[Model], names: tuple[str, ...], unique: tuple[str, ...], many: int
) -> str:
    head, row, tail = _parts(model, names, unique, connection.vendor)
    return f"{head} VALUES {', '.join([row] * many)} {tail}"


@cache
def _parts(
    model: type[Model], names: tuple[str, ...], unique: tuple[str, ...], vendor: str
) -> tuple[str, str, str]:
    """The statement before its rows, one row, and after them; one of each for an engine."""
    fields, quote = _fields(model, names), connection.ops.quote_name
    columns = [str(field.column) for field in (model._meta.pk, *fields)]
    same = [str(field.column) for field in _fields(model, unique)]
    tail = connection.ops.on_conflict_suffix_sql(
        fields, OnConflict.UPDATE, [c for c in columns[1:] if c not in same], same
    )
    head = f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    return head, f"({', '.join(['%s'] * len(columns))})", tail
