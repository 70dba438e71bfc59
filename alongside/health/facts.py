"""What stages ask about health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.duties.rows import days_from, provides_from
from alongside.health.models import Observation, Registration
from alongside.stays.models import Stay


def _held_by_many(stays: Sequence[Stay], of: str) -> dict[UUID, list[date]]:
    held = Registration.objects.filter(stay__in=stays, ended_on=None)
    found: dict[UUID, list[date]] = {}
    for stay, day in (held.filter(kind=of) if of else held).values_list("stay", "registered_on"):
        found.setdefault(stay, []).append(day)
    return {stay: sorted(days) for stay, days in found.items()}


@days_from("registrations.held", reads=[Registration], many=_held_by_many)
def registrations_held(stay: Stay, of: str) -> QuerySet[Any, date]:
    """Since when they are registered with a service of that kind; none once it ended."""
    held = Registration.objects.filter(stay=stay, ended_on=None)
    if of:
        held = held.filter(kind=of)
    return held.order_by("registered_on").values_list("registered_on", flat=True)


def _seen_lately(stay: Stay, of: str) -> list[QuerySet[Observation]]:
    """Of that kind, within the days the pack looks back on, oldest first."""
    back = timedelta(days=int(stay.scheme.pack.limit("observation_period")))
    seen = Observation.objects.filter(stay=stay, kind=of, seen_on__gt=stay.scheme.today() - back)
    return [seen.order_by("seen_on", "pk")]


def _level(stay: Stay, seen: Observation) -> int:
    """Where it stands on the pack's list, from nought; below it when the list has lost it."""
    keys = [level.key for level in stay.scheme.pack.choices("observation_levels")]
    return keys.index(seen.stands) if seen.stands in keys else -1


@provides_from("observations.improving", reads=[Observation], rows=_seen_lately)
def observations_improving(stay: Stay, of: str, seen: Sequence[Observation]) -> Sequence[date]:
    """The days it was looked at lately, when the last was better than the first; else none.

    What was at its best from the first to the last cannot improve and counts too.
    """
    if not seen:
        return []
    best = len(stay.scheme.pack.choices("observation_levels")) - 1
    levels = [_level(stay, one) for one in seen]
    improved = levels[-1] > levels[0] or set(levels) == {best}
    return [one.seen_on for one in seen] if improved else []


@provides_from("observations.good", reads=[Observation], rows=_seen_lately)
def observations_good(stay: Stay, of: str, seen: Sequence[Observation]) -> Sequence[date]:
    """The days since which it was at its best every time it was looked at lately."""
    best = len(stay.scheme.pack.choices("observation_levels")) - 1
    days: list[date] = []
    for one in seen:
        days = [*days, one.seen_on] if _level(stay, one) == best else []
    return days
