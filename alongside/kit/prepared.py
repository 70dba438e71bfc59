"""Questions that are put into SQL once, and then asked again and again with other values.

Building a query and putting it into SQL takes Django longer than the database takes to answer a
short one. Where a page asks the same every time, only for another person and another day, this
is done at the first page, and so is working out which column becomes which field of which record.
Nothing that was read is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextvars import Context
from copy import copy
from functools import cached_property, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import Expression, Field, QuerySet
from django.db.models.query import ModelIterable, get_related_populators
from django.db.models.sql.compiler import SQLCompiler


class Blank(Expression):
    """A place in a question, of the kind of that field, that is filled in when it is asked."""

    def __init__(self, name: str, field: Field[Any, Any]) -> None:
        super().__init__(output_field=field)
        self.name = name

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return "%s", (self,)


class Records:
    """How the rows of a statement become records, as Django's own querysets make them."""

    def __init__(self, queryset: QuerySet[Any, Any], compiler: Any) -> None:
        told, select = compiler.klass_info, compiler.select
        mode = queryset._fetch_mode  # type: ignore[attr-defined]
        self.make = partial(told["model"].from_db, fetch_mode=mode)
        self.columns = slice(told["select_fields"][0], told["select_fields"][-1] + 1)
        self.names = [column.target.attname for column, _, _ in select[self.columns]]
        self.beside = get_related_populators(told, select, DEFAULT_DB_ALIAS, mode)
        self.annotations = list((compiler.annotation_col_map or {}).items())
        converters = compiler.get_converters([one for one, _, _ in select])
        self.converters = [(at, *how) for at, how in converters.items()]

    def of(self, rows: Iterable[Sequence[Any]]) -> list[Any]:
        here = connections[DEFAULT_DB_ALIAS]
        return [self._record(list(row), here) for row in rows]

    def _record(self, row: list[Any], here: Any) -> Any:
        for at, how, column in self.converters:
            for convert in how:
                row[at] = convert(row[at], column, here)
        record = self.make(DEFAULT_DB_ALIAS, self.names, row[self.columns])
        for one in self.beside:
            one.populate(row, record)
        for name, at in self.annotations:
            setattr(record, name, row[at])
        return record


class Made:
    """A question in SQL: the statement with its blanks, and what becomes of the answer.

    `records` is None for what does not become records, such as a list of values. `as_a_list` is
    the same statement as `together.read` asks it, once that was put into words; `from_json` what
    each column is read by from there.
    """

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.queryset: Any = queryset
        self.compiler: Any = queryset.query.clone().get_compiler(DEFAULT_DB_ALIAS)
        self.sql, self.params = self.compiler.as_sql(with_col_aliases=True)
        # How each column becomes a value is the same every time, and asked again for every column.
        convert = self.compiler.get_converters([one for one, _, _ in self.compiler.select])
        self.compiler.get_converters = lambda _: convert
        self.records = Records(queryset, self.compiler) if _plain(queryset) else None
        self.as_a_list = ""
        self.from_json: list[Callable[[Any], Any] | None] = []

    def again(self) -> Any:
        """A queryset that asks this anew."""
        if self.records is None:
            return self.queryset.all()
        # Nothing will change its query: it is asked as it stands, so there is no need of another.
        twin = object.__new__(type(self.queryset))
        twin.__dict__.update(self.queryset.__dict__)
        return twin


class Ready:
    """A question with the values it is asked with."""

    def __init__(self, made: Made, params: Sequence[Any]) -> None:
        self.made, self.params = made, params

    @property
    def sql(self) -> str:
        return str(self.made.sql)

    def compiler(self) -> SQLCompiler:
        mine: SQLCompiler = copy(self.made.compiler)
        mine.connection = connection  # each thread has its own
        return mine


class Prepared:
    """What `prepared` makes of a function. Called with the values, it gives the queryset."""

    def __init__(
        self, build: Callable[..., QuerySet[Any, Any]], blanks: dict[str, Field[Any, Any]]
    ) -> None:
        self.build, self.blanks = build, blanks

    def __call__(self, **values: Any) -> Any:
        """The queryset, to be filled by `together.read` and by nothing else."""
        known = {
            name: self.blanks[name].get_db_prep_value(value, connection)
            for name, value in values.items()
        }
        asked = self._made.again()
        filled = [known[one.name] if type(one) is Blank else one for one in self._made.params]
        asked.ready = Ready(self._made, filled)
        return asked

    def at_once(self, **values: Any) -> Any:
        """The queryset, asked for now in a query of its own. A row it locks is locked."""
        asked = self(**values)
        ready: Ready = asked.ready
        if ready.made.records is None:
            return _by_django(asked, ready)
        with connection.cursor() as cursor:
            cursor.execute(ready.sql, ready.params)
            asked._result_cache = ready.made.records.of(cursor.fetchall())
        asked._fetch_all()  # what it prefetches
        return asked

    @cached_property
    def _made(self) -> Made:
        # In a context of its own: whatever one person may not see is no part of the question.
        return Made(
            Context().run(
                self.build, **{name: Blank(name, field) for name, field in self.blanks.items()}
            )
        )


def filled_by_django(asked: Any, compiler: Any) -> None:
    """Let a queryset build what it gives from the answer of this compiler."""
    query, asks = asked.query, asked.query.get_compiler
    query.get_compiler = lambda *_, **__: compiler
    try:
        asked._fetch_all()
    finally:
        query.get_compiler = asks


def _by_django(asked: Any, ready: Ready) -> Any:
    compiler: Any = ready.compiler()
    compiler.as_sql = lambda *_, **__: (ready.sql, ready.params)
    filled_by_django(asked, compiler)
    return asked


def _plain(queryset: Any) -> bool:
    """Whether it gives records, and only such as come from its own columns."""
    return (
        queryset._iterable_class is ModelIterable
        and not queryset._known_related_objects
        and not queryset._fetch_mode.track_peers
    )


def prepared(
    **blanks: Field[Any, Any],
) -> Callable[[Callable[..., QuerySet[Any, Any]]], Prepared]:
    """Prepare the queryset that this function builds from blanks of these names and fields.

    The function is called once: whatever may differ the next time must be one of its blanks.
    """
    return lambda build: Prepared(build, blanks)
