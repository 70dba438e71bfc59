"""What duties and stages are worked out from: facts with their days, and measures.

Each app provides its own in its `facts.py`. A fact is asked of a stay, and answers with the
local dates on which a thing was so (every held session, the day the plan came into force),
oldest first; a `Happening` also says which record it belongs to, where pairs must meet (a
text explained, and the same text signed). A measure answers with a number (7 of 16 workshops).
Both may be narrowed: the pack writes "review.held:manager", and the answer is asked with
`of="manager"`.

Where several things can be owed at once (each refused text is offered again), the days are
`Happening`s that say which thing they belong to, so that one does not close the other.

Both name the kinds of record they read, so that after a write only the rules that read what
changed are worked out again.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from alongside.audit.operation import Done
from alongside.duties.engine import Happening
from alongside.residents.models import Resident
from alongside.stays.models import Stay

type Answer = Callable[[Stay, str], Sequence[date | Happening]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and how it came about: "7 of 16 workshops". None when nothing is known."""

    value: Decimal | int | None
    says: str
    as_of: date | None = None


type Reckoning = Callable[[Stay, str], Measure]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named question about a stay, and the kinds of record that can change its answer."""

    name: str
    ask: Answer
    reads: frozenset[type[models.Model]]


@dataclass(frozen=True, slots=True)
class MeasuredFact:
    """A named number about a stay, and the kinds of record that can change it."""

    name: str
    ask: Reckoning
    reads: frozenset[type[models.Model]]


FACTS: dict[str, Fact] = {}
MEASURES: dict[str, MeasuredFact] = {}


def provides(name: str, *, reads: Sequence[type[models.Model]]) -> Callable[[Answer], Answer]:
    """Register the answer to a fact, a function of the stay and of what narrows it."""

    def register(ask: Answer) -> Answer:
        FACTS[name] = Fact(name, ask, frozenset(reads))
        return ask

    return register


def measures(name: str, *, reads: Sequence[type[models.Model]]) -> Callable[[Reckoning], Reckoning]:
    """Register a number, a function of the stay and of what narrows it."""

    def register(ask: Reckoning) -> Reckoning:
        MEASURES[name] = MeasuredFact(name, ask, frozenset(reads))
        return ask

    return register


def kinds_changed(one: Done) -> set[type[models.Model]]:
    """The kinds of record that an operation changed.

    Something new that hangs on a stay does not change the stay: a note moves nobody in or out.
    """
    kinds = {type(one.record)}
    if not isinstance(one.subject, Stay):
        kinds.add(type(one.subject))
    return kinds


def occurrences(name: str, stay: Stay) -> Sequence[date | Happening]:
    """The days of a fact as the pack writes it; none while no app provides it."""
    plain, _, of = name.partition(":")
    fact = FACTS.get(plain)
    return fact.ask(stay, of) if fact else ()


@provides("admission", reads=[Stay])
def admitted(stay: Stay, of: str) -> Sequence[date]:
    """The day they moved in."""
    return [stay.moved_in_on]


@provides("birthday", reads=[Stay, Resident])
def birthdays(stay: Stay, of: str) -> Sequence[date]:
    """Each birthday from moving in until the one that comes next."""
    born = stay.resident.born_on
    if born is None:
        return []
    next_year = stay.scheme.today().year + 1
    days = [anniversary(born, year) for year in range(stay.moved_in_on.year, next_year + 1)]
    coming = next(day for day in days if day >= stay.scheme.today())
    return [day for day in days if stay.moved_in_on <= day <= coming]


def anniversary(day: date, year: int) -> date:
    """The same day of another year; 29 February is kept on the 28th where there is none."""
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
