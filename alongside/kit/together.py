"""Reads several short lists in one question to the database.

A page about a person shows a little of everything: where they are, what is owed, who comes. Each
of these is a short list of its own table, and one question for each adds up. `read` asks
for all of them at once: every queryset becomes a list in one row, and is then filled as if it had
been asked alone, with its related records, its annotations and its order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import batched, chain
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, QuerySet

from alongside.kit.prepared import Ready, filled_by_django

AT_MOST = 90  # columns to one call of a function, of which PostgreSQL takes a hundred arguments
ARRAY = {"sqlite": "json_array", "postgresql": "json_build_array"}
LIST = {
    "sqlite": "json_group_array({row})",
    "postgresql": "coalesce(json_agg({row}), '[]')::text",
}
type Reads = Callable[[Any], Any]

# What a column of that kind is when PostgreSQL hands it over itself, from what JSON says of it.
FROM_JSON: dict[str, Reads] = {
    "UUIDField": UUID,
    "DateTimeField": datetime.fromisoformat,
    "DateField": date.fromisoformat,
    "TimeField": time.fromisoformat,
    "DecimalField": Decimal,
    "FloatField": float,
    "JSONField": lambda value: json.dumps(value, default=float),
}


def read(*querysets: QuerySet[Any, Any]) -> None:
    """Fill these querysets, in one query; going through them afterwards asks nothing more.

    For lists that are short by nature or cut to a length. What a queryset prefetches is asked
    for as always, in a query of its own.
    """
    asked = [
        one for one in map(_Question, querysets) if one.queryset._result_cache is None and one.sql
    ]
    if asked:
        with connection.cursor() as cursor:
            columns = ", ".join(f"({one.sql}) AS list{n}" for n, one in enumerate(asked))
            cursor.execute(f"SELECT {columns}", [*chain(*(one.params for one in asked))])
            for one, found in zip(asked, cursor.fetchone(), strict=True):
                one.fill(json.loads(found, parse_float=one.floats))


class _Question:
    """One queryset as a part of the whole, and back from what the whole answered."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.queryset: Any = queryset
        self.ready: Ready | None = getattr(queryset, "ready", None)
        self.floats = float if connection.vendor == "sqlite" else Decimal
        self.compiler: Any = None  # of what was not put into SQL before
        self.sql, self.params = self._prepared(self.ready) if self.ready else self._statement()

    def _prepared(self, ready: Ready) -> tuple[str, Sequence[Any]]:
        made = ready.made
        if not made.as_a_list:
            made.from_json = _from_json(made.compiler.select)
            made.as_a_list = _as_a_list(made.sql, made.compiler.select)
        return made.as_a_list, ready.params

    def _statement(self) -> tuple[str, Sequence[Any]]:
        self.compiler = self.queryset.query.clone().get_compiler(self.queryset.db)
        try:
            inner, params = self.compiler.as_sql(with_col_aliases=True)
        except EmptyResultSet:  # it can be seen without asking that nothing fits
            return "", ()
        return _as_a_list(inner, self.compiler.select), params

    def fill(self, found: list[list[list[Any]]]) -> None:
        """Let the queryset build its objects from these rows, as it does from its own."""
        if not found:
            self.queryset._result_cache = []
            return
        made = self.ready.made if self.ready else None
        readers = made.from_json if made else _from_json(self.compiler.select)
        rows = [_row(chain(*parts), readers) for parts in found]
        if made and made.records:
            self.queryset._result_cache = made.records.of(rows)
            self.queryset._fetch_all()  # what it prefetches
            return
        compiler: Any = self.ready.compiler() if self.ready else self.compiler
        compiler.execute_sql = lambda *_, **__: [rows]
        filled_by_django(self.queryset, compiler)


def _as_a_list(inner: str, select: Sequence[Any]) -> str:
    array, quote = ARRAY[connection.vendor], connection.ops.quote_name
    names = [quote(alias) for _, _, alias in select]
    parts = [f"{array}({', '.join(part)})" for part in batched(names, AT_MOST)]
    row = f"{array}({', '.join(parts)})"
    # Names and the text of Django's own query; every value goes beside it.
    return f"SELECT {LIST[connection.vendor].format(row=row)} FROM ({inner}) AS rows"  # noqa: S608


def _from_json(select: Sequence[Any]) -> list[Reads | None]:
    """What each column is read by, on PostgreSQL; None where it is as JSON says."""
    if connection.vendor == "sqlite":
        return []
    return [FROM_JSON.get(_kind(column.output_field)) for column, _, _ in select]


def _row(values: Iterable[Any], readers: Sequence[Reads | None]) -> list[Any]:
    if not readers:
        return [json.dumps(one) if isinstance(one, list | dict) else one for one in values]
    return [
        value if value is None or reads is None else reads(value)
        for reads, value in zip(readers, values, strict=True)
    ]


def _kind(field: Field[Any, Any]) -> str:
    while field.remote_field is not None and hasattr(field, "target_field"):
        field = field.target_field
    return field.get_internal_type()
