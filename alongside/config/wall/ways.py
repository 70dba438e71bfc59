"""How each table reaches its organisation, read from the models and not written by hand.

A table with an organisation of its own compares it. Any other looks for its parent, whose own
policy does the rest, so that a chain of any length is a chain of short questions by primary key.
What is written must besides lead to this organisation along every other relation it has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models

from alongside.kit.wall import EVERYBODYS, SETTING

type Model = type[models.Model]

# Tables that belong to no organisation, each with its reason.
OF_NOBODY = {
    "audit.Once": "A token by chance and the key of a record, which its own table keeps.",
    "audit.Permit": "It never outlives the transaction of one erasure, and the triggers ask it.",
    "auth.Group": "Django's own, and empty: rights stand in the practice pack.",
    "auth.Group_permissions": "The same.",
    "auth.Permission": "Django's own, the same in every installation.",
    "contenttypes.ContentType": "The names of the tables.",
    "sessions.Session": "Read before it is known who asks; its key is a secret of one browser.",
    "signin.Counter": "How often something was tried, by digest; also at doors of nobody.",
    "socialaccount.SocialApp": "Empty: organisations' own accounts stand in the settings.",
}
# Relations that are no foreign keys, because their room is above the table's own, or because the
# row outlives what it names. One of them must lead to the organisation.
BY_KEY = {
    "drafts.Draft": (("staff_id", "organisation.Staff"), ("resident_id", "residents.Resident")),
    "drafts.GoneDraft": (
        ("scheme_id", "organisation.Scheme"),
        ("resident_id", "residents.Resident"),
    ),
    "signatures.PinTries": (
        ("person_id", "organisation.Staff"),
        ("person_id", "residents.Resident"),
    ),
    "signin.OpenedFile": (("sign_in_id", "signin.SignIn"),),
}
# Of which an organisation has so few that all of their keys are looked up at once.
FEW = {"organisation.Scheme"}
ORGANISATION, STAFF = "organisation.Organisation", "organisation.Staff"
TOLD = f"current_setting('{SETTING}', true)"
# Asked once for a statement, not for each row; a key is 36 signs long, and nothing else is.
HERE = f"(SELECT CASE WHEN length({TOLD}) = 36 THEN {TOLD}::uuid END)"
OPEN = f"{TOLD} = '{EVERYBODYS}'"


@dataclass(frozen=True, slots=True)
class Way:
    """One step from a table towards its organisation: a column, and whose key stands in it.

    `to` is None where it is the organisation's own.
    """

    column: str
    to: Model | None = None


def behind_the_wall() -> dict[Model, tuple[Way, ...]]:
    """Every model whose rows belong to an organisation, with the ways to it; mostly one."""
    return {model: ways for model, (ways, _) in _known().items()}


def in_the_open() -> list[Model]:
    """Every model from which no way leads to an organisation."""
    return [model for model in _every() if model not in _known()]


def may_be_seen(model: Model) -> str:
    """The condition of one table for rows that are there: read, changed or taken away."""
    ways = behind_the_wall()[model]
    return f"{OPEN} OR {' OR '.join(_leads(model, way) for way in ways)}"


def may_be_written(model: Model) -> str:
    """The condition for rows as they are written: nothing in them may belong to somebody else."""
    ways, others = behind_the_wall()[model], [*_others(model)]
    here = " OR ".join(_leads(model, way) for way in ways)
    leads: dict[str, list[str]] = {}
    for way in [*(ways if len(ways) > 1 else ()), *others]:
        leads.setdefault(_column(model, way), []).append(_leads(model, way))
    each = [f"({column} IS NULL OR {' OR '.join(some)})" for column, some in leads.items()]
    return f"{OPEN} OR {' AND '.join([f'({here})', *each])}"


def _leads(model: Model, way: Way) -> str:
    column = _column(model, way)
    if way.to is None:
        return f"{column} = {HERE}"
    key = way.to._meta.pk
    assert key is not None  # noqa: S101  # every model has one
    table = way.to._meta.db_table
    if way.to._meta.label in FEW:
        # Asked once for a statement, not for each row, and good for an index.
        return f'{column} = ANY (ARRAY(SELECT p."{key.column}" FROM "{table}" p))'  # noqa: S608
    # Not EXISTS, which PostgreSQL plans in two ways, and each step of those in two more: planning
    # took twice as long. Names of our own tables, and nothing that anybody sent.
    return f'(SELECT true FROM "{table}" p WHERE p."{key.column}" = {column})'  # noqa: S608


def _column(model: Model, way: Way) -> str:
    return f'"{model._meta.db_table}"."{way.column}"'


def _every() -> list[Model]:
    return [one for one in apps.get_models(include_auto_created=True) if one._meta.managed]


@cache
def _known() -> dict[Model, tuple[tuple[Way, ...], int]]:
    """The ways of each model, and how many steps it is to the organisation along them."""
    known: dict[Model, tuple[tuple[Way, ...], int]] = {
        model: (own, 0) for model in _every() if (own := _own(model))
    }
    while more := {model: found for model in _every() if (found := _next(model, known))}:
        known |= more
    return known


def _own(model: Model) -> tuple[Way, ...]:
    if model._meta.label == ORGANISATION:
        return (Way("id"),)
    return tuple(
        Way(str(field.column))
        for field in model._meta.concrete_fields
        if field.attname == "organisation_id"
    )


def _next(
    model: Model, known: dict[Model, tuple[tuple[Way, ...], int]]
) -> tuple[tuple[Way, ...], int] | None:
    """The way of a model all of whose parents are known, and of no other as yet."""
    if model in known:
        return None
    if by_key := BY_KEY.get(model._meta.label):
        ways = tuple(Way(column, apps.get_model(label)) for column, label in by_key)
        to = [way.to for way in ways if way.to]
        return (ways, 1 + max(known[one][1] for one in to)) if set(to) <= known.keys() else None
    parents = [field for field in _relations(model) if not field.null]
    if not parents or not all(field.related_model in known for field in parents):
        return None
    best = min(parents, key=lambda field: _worth(field, known))
    return (Way(best.column, best.related_model),), 1 + known[best.related_model][1]


def _worth(field: Any, known: dict[Model, tuple[tuple[Way, ...], int]]) -> tuple[Any, ...]:
    """What the row is about rather than who wrote it; then the shortest; then the scheme's."""
    by_whom = field.related_model._meta.label == STAFF
    return by_whom, known[field.related_model][1], field.name != "scheme"


def _relations(model: Model) -> Iterator[Any]:
    """The foreign keys of a model to others; one to itself leads nowhere."""
    for field in model._meta.concrete_fields:
        if field.remote_field and field.related_model is not model:
            yield field


def _others(model: Model) -> Iterator[Way]:
    """Its relations besides those that it is read along, as far as they lead to an organisation.

    Not those whose own way leads through this table: PostgreSQL would go round in a circle.
    """
    known, taken = _known(), {way.column for way in behind_the_wall()[model]}
    for field in _relations(model):
        to: Model = field.related_model
        if field.column not in taken and to in known and model not in _through(to):
            yield Way(field.column, to)


def _through(model: Model) -> Iterator[Model]:
    """The models that its way to the organisation passes, itself the first."""
    yield model
    for way in behind_the_wall()[model]:
        if way.to is not None:
            yield from _through(way.to)
