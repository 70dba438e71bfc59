"""How full each limit of the practice is today: who stands how near to it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count
from django.urls import reverse

from alongside.accommodation.models import Bed
from alongside.allocations.matching import may_hold
from alongside.allocations.queries import loads
from alongside.building.models import NightOut, service_week
from alongside.building.queries import NIGHTS_OUT, evening_of
from alongside.organisation.models import Scheme
from alongside.practice.duties import DutyRule
from alongside.practice.rules import Limit
from alongside.privileges.queries import holders
from alongside.stays.queries import current_stays


@dataclass(frozen=True, slots=True)
class Filled:
    """One thing that a limit holds for: how many there are, and how many there may be."""

    name: str
    number: int
    most: int
    url: str = ""

    @property
    def stands(self) -> tuple[str, str, str]:
        """In words, with the tone and the sign that go with them."""
        if self.number > self.most:
            return "Beyond it", "bad", "✗"
        if self.number == self.most:
            return "Full", "warn", "!"
        left = self.most - self.number
        return f"Room for {left}", "good", "✓"


@dataclass(frozen=True, slots=True)
class Filling:
    """One limit of the practice, and everything it holds for, the fullest first."""

    rule: DutyRule
    limit: Limit
    those: Sequence[Filled]

    @property
    def full(self) -> int:
        return sum(one.number >= one.most for one in self.those)


type Measure = Callable[[Scheme, int], Sequence[Filled]]


def fillings(scheme: Scheme) -> list[Filling]:
    """Every limit of the practice in force here, as full as it is now."""
    pack = scheme.pack
    found = []
    for rule in pack.duties:
        limit = pack.limits.get(rule.limit) if rule.limit else None
        measure = MEASURES.get(rule.limit)
        if limit is not None and measure and (not rule.feature or pack.has(rule.feature)):
            those = sorted(measure(scheme, int(limit)), key=lambda one: one.number - one.most)
            found.append(Filling(rule, limit, those[::-1]))
    return found


def _caseloads(scheme: Scheme, most: int) -> Sequence[Filled]:
    """What the people of each worker count for, at every scheme together."""
    workers = {one.staff_id: one.staff for one in may_hold(scheme)}
    held = loads(workers.values())
    return [Filled(worker.name, held[key].weighs, most) for key, worker in workers.items()]


def _beds(scheme: Scheme, most: int) -> Sequence[Filled]:
    """The people who live here, of the beds of the service and never more than the practice has."""
    beds = Bed.objects.filter(scheme=scheme).count()
    people = current_stays(scheme).exclude(bed=None).count()
    return [Filled(scheme.name, people, min(beds, most) or most)]


def _nights_out(scheme: Scheme, most: int) -> Sequence[Filled]:
    """Whoever may or will be out this week: nights booked, of those their stage gives."""
    first, last = service_week(scheme.today(), scheme.pack.about.week_starts)
    nights = NightOut.objects.standing().begun_between(first, last).filter(stay__scheme=scheme)
    booked: dict[UUID, int] = dict(
        nights.order_by().values("stay").annotate(n=Count("pk")).values_list("stay", "n")
    )
    stays = list(current_stays(scheme))
    allowed = holders(stays, NIGHTS_OUT, at=evening_of(stays[0], scheme.today())) if stays else {}
    return [
        Filled(
            stay.resident.name,
            booked.get(stay.pk, 0),
            min(allowed[stay.pk].number, most) if stay.pk in allowed else 0,
            reverse("building:nights-out", args=[stay.pk]),
        )
        for stay in stays
        if stay.pk in allowed or stay.pk in booked
    ]


# What measures each limit that a practice can name in a duty of the kind “limit”.
MEASURES: dict[str, Measure] = {
    "caseload_most": _caseloads,
    "beds_large_house": _beds,
    "beds_womens_house": _beds,
    "nights_out_most": _nights_out,
}
