"""Reads several short lists in one question to the database.

A page about a person shows a little of everything: where they are, what is owed, who comes. Each
of these is a short list of its own table, and one question for each adds up. `read` asks
for all of them at once: every queryset becomes a list in one row, and is then filled as if it had
been asked alone, with its related records, its annotations and its order.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from itertools import batched, chain
from typing import Any
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from alongside.kit.prepared import Ready

AT_MOST = 90  # columns to one call of a function, of which PostgreSQL takes a hundred arguments
ARRAY = {"sqlite": "json_array", "postgresql": "json_build_array"}
LIST = {
    "sqlite": "json_group_array({row})",
    "postgresql": "coalesce(json_agg({row}), '[]')::text",
}
# What a column of that kind is when PostgreSQL hands it over itself, from what JSON says of it.
FROM_JSON: dict[str, Callable[[Any], Any]] = {
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
        self.vendor = connection.vendor
        self.floats = float if self.vendor == "sqlite" else Decimal
        ready: Ready | None = getattr(queryset, "ready", None)
        self.compiler: SQLCompiler = (
            ready.compiler if ready else queryset.query.clone().get_compiler(queryset.db)
        )
        self.sql, self.params = self._statement(ready)

    def _statement(self, ready: Ready | None) -> tuple[str, Sequence[Any]]:
        try:
            inner, params = (
                (ready.sql, ready.params) if ready else self.compiler.as_sql(with_col_aliases=True)
            )
        except EmptyResultSet:  # it can be seen without asking that nothing fits
            return "", ()
        if ready and ready.as_a_list:
            return ready.as_a_list[0], params
        array, quote = ARRAY[self.vendor], connection.ops.quote_name
        names = [quote(alias) for _, _, alias in self._select]
        parts = [f"{array}({', '.join(part)})" for part in batched(names, AT_MOST)]
        row = f"{array}({', '.join(parts)})"
        # Names and the text of Django's own query; every value goes beside it.
        listed = f"SELECT {LIST[self.vendor].format(row=row)} FROM ({inner}) AS rows"  # noqa: S608
        if ready:
            ready.as_a_list.append(listed)
        return listed, params

    @property
    def _select(self) -> Sequence[Any]:
        return self.compiler.select or ()

    def fill(self, found: list[list[list[Any]]]) -> None:
        """Let the queryset build its objects from these rows, as it does from its own."""
        if not found:
            self.queryset._result_cache = []
            return
        rows = [self._row(chain(*parts)) for parts in found]
        compiler: Any = self.compiler
        compiler.execute_sql = lambda *_, **__: [rows]
        query, asks = self.queryset.query, self.queryset.query.get_compiler
        query.get_compiler = lambda *_, **__: compiler
        try:
            self.queryset._fetch_all()
        finally:
            query.get_compiler = asks

    def _row(self, values: Any) -> list[Any]:
        if self.vendor == "sqlite":
            return [json.dumps(one) if isinstance(one, list | dict) else one for one in values]
        fields = [expression.output_field for expression, _, _ in self._select]
        return [
            value if value is None else FROM_JSON.get(_kind(field), _as_it_is)(value)
            for field, value in zip(fields, values, strict=True)
        ]


def _kind(field: Field[Any, Any]) -> str:
    while field.remote_field is not None and hasattr(field, "target_field"):
        field = field.target_field
    return field.get_internal_type()


def _as_it_is(value: Any) -> Any:
    return value
