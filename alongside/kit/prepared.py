"""Questions that are put into SQL once, and then asked again and again with other values.

Building a query and putting it into SQL takes Django longer than the database takes to answer a
short one. Where a page asks the same every time, only for another person and another day, this
is done at the first page. Nothing that was read is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextvars import Context
from copy import copy
from functools import cached_property
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Blank(Expression):
    """A place in a question, of the kind of that field, that is filled in when it is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Ready:
    """A queryset's statement as it stands, with the values it is asked with.

    `as_a_list` is the same statement as `together.read` asks it, once that was put into words.
    """

    def __init__(
        self, compiler: SQLCompiler, sql: str, params: Sequence[Any], as_a_list: list[str]
    ) -> None:
        self.compiler, self.sql, self.params, self.as_a_list = compiler, sql, params, as_a_list


class Prepared:
    """What `prepared` makes of a function. Called with the values, it gives the queryset."""

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], blanks: dict[str, Field[Any, Any]]
    ) -> None:
        self.build, self.blanks = build, blanks
        self.as_a_list: list[str] = []

    def __call__(self, **values: Any) -> Any:
        """The queryset, to be filled by `together.read` and by nothing else."""
        known = {
            name: self.blanks[name].get_db_prep_value(value, connection)
            for name, value in values.items()
        }
        queryset, compiler, sql, params = self._made
        asked, mine = queryset.all(), copy(compiler)
        mine.connection = connection  # each thread has its own
        filled = [known[one.name] if isinstance(one, Blank) else one for one in params]
        asked.ready = Ready(mine, sql, filled, self.as_a_list)
        return asked

    def at_once(self, **values: Any) -> Any:
        """The queryset, asked for now in a query of its own. A row it locks is locked."""
        asked = self(**values)
        ready: Ready = asked.ready
        compiler: Any = ready.compiler
        compiler.as_sql = lambda *_, **__: (ready.sql, ready.params)
        query, asks = asked.query, asked.query.get_compiler
        query.get_compiler = lambda *_, **__: compiler
        try:
            asked._fetch_all()
        finally:
            query.get_compiler = asks
        return asked

    @cached_property
    def _made(self) -> tuple[Any, SQLCompiler, str, Sequence[Any]]:
        # In a context of its own: whatever one person may not see is no part of the question.
        queryset = Context().run(
            self.build, **{name: Blank(name, field) for name, field in self.blanks.items()}
        )
        compiler: Any = queryset.query.clone().get_compiler(DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql(with_col_aliases=True)
        # How each column becomes a value is the same every time, and asked again for every column.
        convert = compiler.get_converters([one for one, _, _ in compiler.select])
        compiler.get_converters = lambda _: convert
        return queryset, compiler, sql, params


def prepared(
    **blanks: Field[Any, Any],
) -> Callable[[Callable[..., QuerySet[Any, Any]]], Prepared]:
    """Prepare the queryset that this function builds from blanks of these names and fields.

    The function is called once: whatever may differ the next time must be one of its blanks.
    """
    return lambda build: Prepared(build, blanks)
