"""Everything that is one person's, in every table: worked out from the models, so none is missed.

A row is theirs when it names them, or names a row that is theirs: an action of a plan of a stay of
a person. A new room's records are found without anybody having to think of it. What no foreign key
ties to them (drafts, wrong PINs, the journal) is told apart here, in `loose_rows`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import batched
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Q, QuerySet

from alongside.residents.models import Resident

# A field that only mentions somebody: the row is another person's.
MENTIONS = frozenset({"workshops.HouseRole.partner"})
# Who did it: always the person whose row it is, found by what it hangs on.
ACTS = frozenset({"by_resident"})
# The journal keeps that something was done; an erasure keeps that it was. Neither names anybody.
APART = frozenset({"audit", "retention"})
# What a row is about, without a foreign key, although another one may lead to a person too.
ABOUT = "subject_id"
AT_ONCE = 500
NOT_OURS = frozenset({"contenttypes", "auth", "sessions"})


@dataclass(frozen=True, slots=True)
class Belongs:
    """How the rows of one table lead to a person: the ways, as field lookups."""

    model: type[models.Model]
    ways: tuple[str, ...]

    def of(self, resident_id: UUID) -> QuerySet[Any, Any]:
        found = Q()
        for way in self.ways:
            found |= Q(**{way: resident_id})
        return self.model._base_manager.filter(found).distinct()


@cache
def belongings() -> tuple[Belongs, ...]:
    """Every table with rows that are somebody's, those that lean on others first."""
    shortest: dict[type[models.Model], str] = {Resident: "pk"}
    waiting = True
    while waiting:
        found = {model: _ways_of(model, shortest) for model in _models() if model not in shortest}
        news = {model: told[0] for model, told in found.items() if told}
        waiting = bool(news)
        shortest |= news
    return tuple(
        Belongs(model, _ways_of(model, shortest) or ("pk",)) for model in reversed(shortest)
    )


def mentions_of(resident_id: UUID) -> Iterator[QuerySet[Any, Any]]:
    """Rows of other people that only name this one."""
    for label in sorted(MENTIONS):
        app, model, field = label.split(".")
        yield apps.get_model(app, model)._base_manager.filter(**{f"{field}__resident": resident_id})


def loose_rows(keys: set[UUID]) -> Iterator[QuerySet[Any, Any]]:
    """Rows that hold one of these keys without a foreign key: drafts, wrong PINs, letters, and
    duties about something of theirs that has no stay, such as a referral."""
    theirs = {one.model for one in belongings()}
    for model in _models():
        if model._meta.app_label in APART:
            continue
        for field in model._meta.concrete_fields:
            if model in theirs and field.name != ABOUT:
                continue
            if isinstance(field, models.UUIDField) and not field.primary_key:
                for some in batched(sorted(keys), AT_ONCE, strict=False):
                    yield model._base_manager.filter(**{f"{field.name}__in": some})


def keys_of(resident_id: UUID) -> set[UUID]:
    """The keys of every record that is theirs, their own among them."""
    keys: set[UUID] = set()
    for one in belongings():
        if isinstance(one.model._meta.pk, models.UUIDField):
            keys.update(one.of(resident_id).values_list("pk", flat=True))
    return keys


def _models() -> list[type[models.Model]]:
    every = apps.get_models(include_auto_created=True)
    return [model for model in every if model._meta.app_label not in NOT_OURS]


def _ways_of(model: type[models.Model], known: dict[type[models.Model], str]) -> tuple[str, ...]:
    told = []
    for field in model._meta.concrete_fields:
        to = field.related_model
        if not isinstance(to, type) or to not in known or to is model:
            continue
        if field.name not in ACTS and f"{model._meta.label}.{field.name}" not in MENTIONS:
            told.append(f"{field.name}__{known[to]}")
    return tuple(told)
