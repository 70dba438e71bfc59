"""How ready somebody is to move: one line for each thing, from every room that knows of one.

Rooms below are asked here; rooms above, or beside, register a teller of their own. Whatever the
lines read of the database is read in one query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Aggregate, Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.urls import reverse

from alongside.assessments.queries import latest_completed
from alongside.money.models import Arrears, ArrearsStep, Deposit, Saving
from alongside.money.queries import sees_money
from alongside.moving_on.models import EvidenceAsked, HomeStep
from alongside.organisation.models import Staff
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Ready:
    """One thing: how it stands, and whether that is good, a warning or only told."""

    label: str
    says: str
    tone: str = "quiet"
    url: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the page knows already, and what the lines asked to be read."""

    viewer: Staff
    barriers: int
    late: int
    found: Mapping[str, Any]


type Tells = Callable[[Stay, Known], Ready | None]


@dataclass(frozen=True, slots=True)
class Teller:
    """Who tells a line, and the columns it reads of the stay."""

    tells: Tells
    reads: Mapping[str, Any]


TELLERS: dict[str, Teller] = {}


def tells_readiness(name: str, **reads: Any) -> Callable[[Tells], Tells]:
    """Register one line. `reads` are expressions of a stay; None for the line leaves it out."""

    def register(tells: Tells) -> Tells:
        TELLERS[name] = Teller(tells, reads)
        return tells

    return register


def each(rows: QuerySet[Any], stay: str, of: Aggregate) -> Subquery:
    """One figure about the rows of a stay, which they name by that path."""
    own = rows.filter(**{stay: OuterRef("pk")}).order_by().values(stay)
    return Subquery(own.annotate(figure=of).values("figure"))


def readiness_of(stay: Stay, *, viewer: Staff, barriers: int, late: int) -> list[Ready]:
    """Every line that this person may read, in the order of the rooms.

    `barriers` are open and `late` steps overdue, as the page has them at hand.
    """
    asked = {name: read for teller in TELLERS.values() for name, read in teller.reads.items()}
    found = Stay.objects.filter(pk=stay.pk).values(**asked).get()
    return list(_lines(stay, Known(viewer, barriers, late, found)))


def _lines(stay: Stay, known: Known) -> Iterator[Ready]:
    for teller in TELLERS.values():
        if line := teller.tells(stay, known):
            yield line


@tells_readiness("barriers")
def barriers_open(stay: Stay, known: Known) -> Ready:
    """What still stands in the way."""
    if not known.barriers:
        return Ready("Barriers", "None open", "good", "#barriers")
    return Ready("Barriers", f"{known.barriers} open", "warn", "#barriers")


@tells_readiness("steps")
def steps_on_time(stay: Stay, known: Known) -> Ready:
    """Whether any step is late."""
    if known.late:
        return Ready("Steps", f"{known.late} late", "bad", "#steps")
    return Ready("Steps", "None late", "good", "#steps")


@tells_readiness("skills")
def skills(stay: Stay, known: Known) -> Ready:
    """How far they have come by the last assessment."""
    url = reverse("assessments:progress", args=[stay.pk])
    scored = latest_completed(stay)
    if scored is None or scored.overall.percent is None:
        return Ready("Skills", "No assessment with a score yet", "warn", url)
    return Ready("Skills", f"{scored.overall.percent} per cent at the last assessment", "info", url)


@tells_readiness(
    "savings",
    savings_goal=each(Saving.objects.filter(ended_on=None), "stay", Sum("goal")),
    savings_saved=each(
        Deposit.objects.filter(saving__ended_on=None), "saving__stay", Sum("amount")
    ),
)
def savings(stay: Stay, known: Known) -> Ready | None:
    """What was put by, of what they aim for."""
    if not sees_money(known.viewer, stay):
        return None
    url = reverse("money:money", args=[stay.pk])
    goal, saved = known.found["savings_goal"], known.found["savings_saved"] or Decimal(0)
    if goal is None:
        return Ready("Savings", "No saving scheme", "warn", url)
    tone = "good" if saved >= goal else "info"
    return Ready("Savings", f"{saved:.2f} of {goal:.2f}", tone, url)


@tells_readiness(
    "arrears",
    arrears_all=each(Arrears.objects.all(), "stay", Count("pk")),
    arrears_agreed=each(
        Arrears.objects.filter(steps__kind=ArrearsStep.Kind.AGREEMENT),
        "stay",
        Count("pk", distinct=True),
    ),
)
def arrears(stay: Stay, known: Known) -> Ready | None:
    """What is owed for former homes, and whether anything was done about it."""
    if not sees_money(known.viewer, stay):
        return None
    url = reverse("money:money", args=[stay.pk])
    every, agreed = known.found["arrears_all"] or 0, known.found["arrears_agreed"] or 0
    if not every:
        return Ready("Arrears", "None recorded", "good", url)
    if without := every - agreed:
        return Ready("Arrears", f"{without} of {every} without an agreement", "warn", url)
    return Ready("Arrears", f"{every}, all with an agreement", "info", url)


@tells_readiness(
    "papers",
    papers_lacking=each(
        EvidenceAsked.objects.filter(application__ended_on=None, sent_on=None),
        "application__stay",
        Count("pk"),
    ),
)
def papers(stay: Stay, known: Known) -> Ready:
    """Papers that an application still lacks."""
    url = reverse("moving_on:housing", args=[stay.pk])
    if lacking := known.found["papers_lacking"]:
        return Ready("Papers", f"{lacking} still to send", "warn", url)
    return Ready("Papers", "Nothing asked for is missing", "good", url)


@tells_readiness(
    "new_home",
    home_all=each(HomeStep.objects.all(), "stay", Count("pk")),
    home_done=each(HomeStep.objects.all(), "stay", Count("pk", filter=Q(done_on__isnull=False))),
)
def new_home(stay: Stay, known: Known) -> Ready | None:
    """What is arranged for the new home."""
    every, done = known.found["home_all"], known.found["home_done"]
    if not every:
        return None
    tone = "good" if done == every else "info"
    url = reverse("moving_on:new-home", args=[stay.pk])
    return Ready("New home", f"{done} of {every} arranged", tone, url)
