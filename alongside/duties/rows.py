"""Facts that are told from rows, so that a page which asks many of them reads once.

A stage asks ten facts of ten tables. A fact that says apart which rows it needs and what they
tell can be asked with the others, in one query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import QuerySet

from alongside.duties.engine import Happening
from alongside.duties.facts import FACTS, ManyAnswers, provides
from alongside.kit.together import read
from alongside.stays.models import Stay

type Days = Sequence[date | Happening]
type Rows = Callable[[Stay, str], Sequence[QuerySet[Any, Any]]]
type Told = Callable[..., Days]
type Column = Callable[[Stay, str], QuerySet[Any, Any]]
type Asked = tuple[str, str]


@dataclass(frozen=True, slots=True)
class FromRows:
    """Which rows a fact needs, and what it tells from them."""

    rows: Rows
    told: Told


FROM_ROWS: dict[str, FromRows] = {}


def provides_from(
    name: str,
    *,
    reads: Sequence[type[models.Model]],
    rows: Rows,
    many: ManyAnswers | None = None,
    every: Callable[[], QuerySet[Any, Any]] | None = None,
) -> Callable[[Told], Told]:
    """Register a fact that is told from rows: a function of the stay, `of`, and each list.

    `many` answers for many stays at once, for what duties ask every night. Where the rows are of
    one kind and name their stay, `every` gives all of them in their order, and that is enough.
    """

    def register(told: Told) -> Told:
        FROM_ROWS[name] = FromRows(rows, told)
        at_once = many or (_shared_out(every, told) if every else None)

        @wraps(told)
        def alone(stay: Stay, of: str) -> Days:
            return told(stay, of, *map(list, rows(stay, of)))

        provides(name, reads=reads, many=at_once)(alone)
        return told

    return register


def _shared_out(every: Callable[[], QuerySet[Any, Any]], told: Told) -> ManyAnswers:
    """Everybody's rows read at once, and each stay told of its own; nothing of those without."""

    def many(stays: Sequence[Stay], of: str) -> dict[UUID, Days]:
        own: dict[UUID, list[Any]] = {stay.pk: [] for stay in stays}
        for row in every().filter(stay__in=list(own)):
            own[row.stay_id].append(row)
        return {stay.pk: told(stay, of, own[stay.pk]) for stay in stays if own[stay.pk]}

    return many


def days_from(
    name: str, *, reads: Sequence[type[models.Model]], many: ManyAnswers | None = None
) -> Callable[[Column], Column]:
    """Register a fact that is nothing but the days of one column, in the order of its rows."""

    def register(column: Column) -> Column:
        def told(stay: Stay, of: str, days: Days) -> Days:
            return days

        told.__doc__ = column.__doc__
        provides_from(name, reads=reads, rows=lambda stay, of: [column(stay, of)], many=many)(told)
        return column

    return register


def ask_together(stay: Stay, asked: Iterable[Asked]) -> Mapping[Asked, Days]:
    """The answers to all these facts, each by its name and what narrows it.

    One query for all that are told from rows; every other fact is asked as always.
    """
    wanted = list(dict.fromkeys(asked))
    rows = {one: FROM_ROWS[one[0]].rows(stay, one[1]) for one in wanted if one[0] in FROM_ROWS}
    read(*(each for found in rows.values() for each in found))
    return {
        (name, of): FROM_ROWS[name].told(stay, of, *map(list, rows[name, of]))
        if (name, of) in rows
        else FACTS[name].ask(stay, of)
        for name, of in wanted
    }
