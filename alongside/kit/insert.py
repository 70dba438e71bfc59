"""New records in one statement, which is put into SQL once for each kind of record.

Every write is followed by rows of the same few kinds: the line on the timeline, the entry in the
journal. Putting each of them into SQL again takes Django several times as long as the database
takes to store it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, Field, Model

from alongside.kit.lengths import require_lengths


@dataclass(frozen=True, slots=True)
class Into:
    """How one kind of record is stored: the statement before its rows, one row, and its end.

    `reads` gives what a column holds of a record; there is an end where the database gives the key.
    """

    head: str
    row: str
    end: str
    fields: list[Field[Any, Any]]
    reads: tuple[Callable[[Any, Any], Any], ...]


def insert[M: Model](records: Sequence[M]) -> None:
    """Store these new records, all of one kind; they then have their key.

    For a kind without parents, and without values that the database works out itself.
    """
    if not records:
        return
    into = _into(type(records[0]), connection.vendor)
    size = connection.ops.bulk_batch_size(into.fields, list(records))
    for batch in batched(records, max(size, 1)):
        _store(batch, into)


def insert_unless_there(record: Model, unique: Sequence[str]) -> bool:
    """Store this record unless there is one of the same `unique` columns; whether it was stored.

    For a kind whose key the database gives.
    """
    into = _into(type(record), connection.vendor)
    there = ", ".join(connection.ops.quote_name(name) for name in unique)
    return _store([record], into, f" ON CONFLICT ({there}) DO NOTHING") == 1


def _store(records: Sequence[Model], into: Into, on_conflict: str = "") -> int:
    for record in records:
        require_lengths(record)
    here = connections[DEFAULT_DB_ALIAS]  # not by its proxy, which asks each time for which thread
    values = [read(record, here) for record in records for read in into.reads]
    with here.cursor() as cursor:
        rows = ", ".join([into.row] * len(records))
        cursor.execute(f"{into.head} VALUES {rows}{on_conflict}{into.end}", values)
        keys = cursor.fetchall() if into.end else ()
    if on_conflict and not keys:
        return 0
    for record, (key,) in zip(records, keys, strict=False):
        record.pk = key
    for record in records:
        record._state.adding, record._state.db = False, DEFAULT_DB_ALIAS
    return len(records)


@cache
def _into(model: type[Model], vendor: str) -> Into:
    quote, key = connection.ops.quote_name, model._meta.pk
    numbered = isinstance(key, AutoField)
    fields = [one for one in model._meta.concrete_fields if not (numbered and one.primary_key)]
    columns = ", ".join(quote(str(field.column)) for field in fields)
    return Into(
        head=f"INSERT INTO {quote(model._meta.db_table)} ({columns})",
        row=f"({', '.join(['%s'] * len(fields))})",
        end=f" RETURNING {quote(str(key.column))}" if numbered else "",
        fields=fields,
        reads=tuple(map(_reader, fields)),
    )


def _reader(field: Field[Any, Any]) -> Callable[[Any, Any], Any]:
    name, stored = field.attname, field.get_db_prep_save
    if type(field).pre_save is not Field.pre_save:  # it says itself what is stored, such as "now"
        return lambda record, here: stored(field.pre_save(record, add=True), here)

    def read(record: Any, here: Any) -> Any:
        value = getattr(record, name)
        return value if value is None or type(value) is str else stored(value, here)

    return read
