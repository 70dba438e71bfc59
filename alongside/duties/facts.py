"""What duties and stages are worked out from: facts with their days, and measures.

Each app provides its own in its `facts.py`. A fact is asked of a stay, and answers with the
local dates on which a thing was so (every held session, the day the plan came into force),
oldest first; a `Happening` also says which record it belongs to, where pairs must meet (a
text explained, and the same text signed). A measure answers with a number (7 of 16 workshops).
Both may be narrowed: the pack writes "review.held:manager", and the answer is asked with
`of="manager"`.

Where several things can be owed at once (each refused text is offered again), the days are
`Happening`s that say which thing they belong to, so that one does not close the other. One that
is about a member of staff names them (`concerning`): they never own that duty themselves.

Both name the kinds of record they read, so that after a write only the rules that read what
changed are worked out again.

A fact of another kind of subject (an aftercare episode, a member of staff, a scheme) says so
with `subject=` and is asked of that record; see `subjects.py`. A duty about something that has a
stay may also ask the facts of the stay.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import wraps
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Min, QuerySet

from alongside.audit.operation import Done
from alongside.duties.engine import Happening
from alongside.duties.subjects import STAY, About, SubjectKind
from alongside.organisation.models import Membership, Scheme, Staff
from alongside.residents.models import Resident
from alongside.stays.models import Stay

type Days = Sequence[date | Happening]
type Answer = Callable[[Any, str], Days]
type ManyAnswers = Callable[[Sequence[Any], str], Mapping[UUID, Days]]


@dataclass(frozen=True, slots=True)
class Measure:
    """A number and how it came about: "7 of 16 workshops". None when nothing is known."""

    value: Decimal | int | None
    says: str
    as_of: date | None = None


type Reckoning = Callable[[Stay, str], Measure]


@dataclass(frozen=True, slots=True)
class Fact:
    """A named question about a subject, and the kinds of record that can change its answer.

    `ask_many` gives the answers for many subjects at once, by their keys; without it each is
    asked.
    """

    name: str
    ask: Answer
    reads: frozenset[type[models.Model]]
    ask_many: ManyAnswers | None = None


@dataclass(frozen=True, slots=True)
class MeasuredFact:
    """A named number about a stay, and the kinds of record that can change it."""

    name: str
    ask: Reckoning
    reads: frozenset[type[models.Model]]


FACTS_OF: dict[str, dict[str, Fact]] = {STAY: {}}
FACTS = FACTS_OF[STAY]
MEASURES: dict[str, MeasuredFact] = {}


def provides[A: Answer](
    name: str,
    *,
    reads: Sequence[type[models.Model]],
    subject: str = STAY,
    many: ManyAnswers | None = None,
) -> Callable[[A], A]:
    """Register the answer to a fact, a function of the subject's record and of what narrows it."""

    def register(ask: A) -> A:
        FACTS_OF.setdefault(subject, {})[name] = Fact(name, ask, frozenset(reads), many)
        return ask

    return register


type Told = Callable[..., date | Happening | None]
type Columns = Callable[[str], QuerySet[Any, Any]]


def from_rows(
    name: str,
    *,
    reads: Sequence[type[models.Model]],
    rows: Columns,
    columns: Sequence[str],
    subject: str = STAY,
    path: str = "stay",
) -> Callable[[Told], Answer]:
    """Register a fact that is told row by row, so that a night reads it for everybody at once.

    `rows` gives the rows (narrowed by `of`), `columns` those that the function is given after its
    subject; it answers with a day, a `Happening`, or None for a row that tells nothing. `path` is
    how a row names its subject.
    """

    def register(tells: Told) -> Answer:
        def many(subjects: Sequence[Any], of: str) -> dict[UUID, list[Any]]:
            by_key = {one.pk: one for one in subjects}
            found: dict[UUID, list[Any]] = {}
            asked = rows(of).filter(**{f"{path}__in": list(by_key)}).order_by()
            for key, *said in asked.values_list(path, *columns):
                day = tells(by_key[key], *said)
                if day is not None:
                    found.setdefault(key, []).append(day)
            for days in found.values():
                days.sort()
            return found

        @wraps(tells)
        def alone(subject: Any, of: str = "") -> Days:
            return many([subject], of).get(subject.pk, [])

        provides(name, reads=reads, subject=subject, many=many)(alone)
        return alone

    return register


def provides_where[A: Answer](
    name: str,
    *,
    reads: Sequence[type[models.Model]],
    rows: Callable[[], QuerySet[Any, Any]],
    path: str = "stay",
) -> Callable[[A], A]:
    """Register a fact that needs more than its rows to be told, where few have such rows at all.

    Of many at once only those who have any of `rows` are asked.
    """

    def register(ask: A) -> A:
        def many(subjects: Sequence[Any], of: str) -> dict[UUID, Days]:
            by_key = {one.pk: one for one in subjects}
            having = rows().filter(**{f"{path}__in": list(by_key)}).order_by()
            keys = set(having.values_list(path, flat=True))
            return {key: ask(by_key[key], of) for key in keys}

        provides(name, reads=reads, many=many)(ask)
        return ask

    return register


def local_day(stay: Stay, at: datetime) -> date:
    """The day of a moment where the scheme of a stay is."""
    return at.astimezone(stay.scheme.zone).date()


def measures(name: str, *, reads: Sequence[type[models.Model]]) -> Callable[[Reckoning], Reckoning]:
    """Register a number, a function of the stay and of what narrows it."""

    def register(ask: Reckoning) -> Reckoning:
        MEASURES[name] = MeasuredFact(name, ask, frozenset(reads))
        return ask

    return register


def kinds_changed(one: Done) -> set[type[models.Model]]:
    """The kinds of record that an operation changed.

    Something new that hangs on a stay, or is done by or at a scheme, does not change it: a note
    moves nobody in or out. A record that changes others with it says so (`changes_with_it`).
    """
    kinds = {type(one.record), *getattr(one.record, "changes_with_it", ())}
    if not isinstance(one.subject, Stay | Scheme | Staff):
        kinds |= {type(one.subject), *getattr(one.subject, "changes_with_it", ())}
    return kinds


def occurrences(name: str, stay: Stay) -> Days:
    """The days of a fact of a stay as the pack writes it; none while no app provides it."""
    plain, _, of = name.partition(":")
    fact = FACTS.get(plain)
    return fact.ask(stay, of) if fact else ()


def fact_for(kind: SubjectKind, name: str) -> tuple[Fact | None, bool]:
    """The fact that answers for a kind of subject, and whether it is asked of its stay."""
    plain = name.partition(":")[0]
    if own := FACTS_OF.get(kind.key, {}).get(plain):
        return own, False
    return (FACTS.get(plain), True) if kind.of_stay else (None, False)


def gather(kind: SubjectKind, name: str, abouts: Sequence[About]) -> dict[UUID, Days]:
    """The days of a fact for each of these subjects, in as few questions as it allows."""
    fact, of_stay = fact_for(kind, name)
    if fact is None:
        return {}
    rows = {about.pk: about.stay if of_stay else about.row for about in abouts}
    return dict(_asked(fact, name.partition(":")[2], rows))


def _asked(fact: Fact, of: str, rows: Mapping[UUID, Any]) -> Iterable[tuple[UUID, Days]]:
    there = {key: row for key, row in rows.items() if row is not None}
    if fact.ask_many and len(there) > 1:
        found = fact.ask_many(list(there.values()), of)
        return ((key, found.get(row.pk, ())) for key, row in there.items())
    return ((key, fact.ask(row, of)) for key, row in there.items())


def _first_days(staff: Sequence[Staff], of: str) -> dict[UUID, list[date]]:
    every = Membership.objects.filter(staff__in=staff).order_by().values("staff")
    first = every.annotate(first=Min("from_on")).values_list("staff", "first")
    return {key: [day] for key, day in first}


@provides("work.begun", subject="staff", reads=[Membership], many=_first_days)
def began_to_work(worker: Staff, of: str) -> Sequence[date]:
    """The day they began to work here."""
    return _first_days([worker], of).get(worker.pk, [])


@provides("service.begun", subject="scheme", reads=[Membership])
def service_began(scheme: Scheme, of: str) -> Sequence[date]:
    """The day the first member of staff of the service began."""
    first = Membership.objects.filter(scheme=scheme).order_by("from_on").first()
    return [first.from_on] if first else []


@provides(
    "admission",
    reads=[Stay],
    many=lambda stays, _: {stay.pk: [stay.moved_in_on] for stay in stays},
)
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
