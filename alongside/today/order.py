"""The order in which today is read: by urgency or by person, alike things folded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby
from uuid import UUID

from alongside.casefile.doors import Owed
from alongside.moments.models import Moment
from alongside.today.queries import Person

BANDS = {
    "overdue": "Overdue",
    "today": "Due today",
    "week": "Later this week",
    "later": "After this week",
}
# So many of one kind stand under each other; more are folded to one line with their number.
STAND = 3
# So many of them, the most urgent, are there when it is opened; the rest is a page away.
PEEK = 5


@dataclass(frozen=True, slots=True)
class Alike:
    """The same duty towards several people."""

    says: str
    owed: list[Owed]

    @property
    def folded(self) -> bool:
        return len(self.owed) > STAND

    @property
    def first(self) -> Owed:
        return self.owed[0]

    @property
    def peek(self) -> list[Owed]:
        return self.owed[:PEEK]

    @property
    def has_more(self) -> bool:
        return len(self.owed) > PEEK


@dataclass(frozen=True, slots=True)
class Band:
    """What is equally urgent."""

    key: str
    says: str
    alike: list[Alike] = field(default_factory=list)

    @property
    def count(self) -> int:
        return sum(len(one.owed) for one in self.alike)


@dataclass(frozen=True, slots=True)
class News:
    """What changed with one person, the latest first."""

    latest: Moment
    others: list[Moment]


def band_of(owed: Owed, week_ends: date) -> str:
    """How urgent a duty is."""
    if owed.urgency != "later":
        return owed.urgency
    return "week" if owed.duty.due_on <= week_ends else "later"


def only(says: str, people: Iterable[Person]) -> list[Owed]:
    """One duty towards everybody it is owed to, the most urgent first."""
    found = (one for person in people for one in person.owed if one.duty.says == says)
    return sorted(found, key=lambda one: (one.days, one.duty.whom))


def by_urgency(people: Iterable[Person], week_ends: date) -> list[Band]:
    """What is owed, the most urgent first; within a band the most urgent kind first."""
    every = [one for person in people for one in person.owed]
    found: dict[str, list[Owed]] = {key: [] for key in BANDS}
    for one in every:
        found[band_of(one, week_ends)].append(one)
    return [Band(key, BANDS[key], _alike(owed)) for key, owed in found.items() if owed]


def _alike(owed: list[Owed]) -> list[Alike]:
    """What stands by itself in the order of its days; then what is folded, kind by kind."""
    ordered = sorted(owed, key=lambda one: one.duty.says)
    groups: list[Alike] = []
    for says, rows in groupby(ordered, key=lambda one: one.duty.says):
        kind = Alike(says, sorted(rows, key=lambda one: (one.days, one.duty.whom)))
        groups += [kind] if kind.folded else [Alike(says, [one]) for one in kind.owed]
    return sorted(
        groups, key=lambda kind: (kind.folded, kind.first.days, kind.says, kind.first.duty.whom)
    )


def news_of(moments: Iterable[Moment]) -> list[News]:
    """What changed, person by person, whoever's latest is newest first."""
    found: dict[UUID, list[Moment]] = {}
    for moment in moments:
        found.setdefault(moment.resident_id, []).append(moment)
    return [News(rows[0], rows[1:]) for rows in found.values()]
