"""What the house asks about nights out and the evening meal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.building.models import NightOut, NightOutQuerySet, service_week
from alongside.organisation.models import Scheme, Staff
from alongside.privileges.queries import holders, privilege
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays

EVENING_MEAL, NIGHTS_OUT = "evening_meal", "nights_out"


@dataclass(frozen=True, slots=True)
class Allowance:
    """How many nights a week somebody may be out, and what is booked in one week."""

    number: int
    first: date
    last: date
    booked: int

    @property
    def left(self) -> int:
        return max(self.number - self.booked, 0)


def evening_of(stay: Stay, day: date) -> datetime:
    """The evening of a day where the scheme is: the moment its privileges are asked for."""
    return datetime.combine(day, time(18), stay.scheme.zone)


def allowance(stay: Stay, *, on: date) -> Allowance:
    """What this person may book in the service week that holds that day. Two queries."""
    first, last = service_week(on, stay.scheme.pack.about.week_starts)
    held = privilege(stay, NIGHTS_OUT, at=evening_of(stay, on))
    booked = NightOut.objects.standing().begun_between(first, last).filter(stay=stay).count()
    return Allowance(held.number if held else 0, first, last, booked)


def nights_out_of(stay: Stay) -> NightOutQuerySet:
    """Every night out of this person, latest first."""
    return NightOut.objects.for_page().filter(stay=stay).order_by("-night_of", "-pk")


def night_out_for(staff: Staff, pk: UUID) -> NightOut:
    """That night out, if its person stays where this member of staff works."""
    return get_object_or_404(NightOut.objects.visible_to(staff).for_page(), pk=pk)


@dataclass(frozen=True, slots=True)
class AtTheTable:
    """One person on the kitchen's list."""

    stay: Stay
    exempt: bool
    out: bool

    @property
    def expected(self) -> bool:
        return not self.exempt and not self.out


def evening_meal(scheme: Scheme, *, on: date) -> list[AtTheTable]:
    """Who is expected at the evening meal of that day, who need not come, who is out.

    Fixed number of queries. What somebody may do is asked for that evening, so that a move of
    stage counts from the next meal.
    """
    stays = list(current_stays(scheme).on(on))
    if not stays:
        return []
    exempt = holders(stays, EVENING_MEAL, at=evening_of(stays[0], on))
    out = _out_on(stays, on)
    return [AtTheTable(stay, stay.pk in exempt, stay.pk in out) for stay in stays]


def _out_on(stays: Iterable[Stay], day: date) -> set[UUID]:
    nights = NightOut.objects.standing().filter(stay__in=list(stays), night_of=day)
    return set(nights.values_list("stay_id", flat=True))


def at_the_door(scheme: Scheme, *, on: date) -> list[NightOut]:
    """The nights out the door must know of: tonight's, and everybody still out."""
    return list(nights_at_the_door(scheme, on=on))


def nights_at_the_door(scheme: Any, *, on: Any) -> NightOutQuerySet:
    """The same as a question, of a scheme or its key."""
    rows = NightOut.objects.for_page().standing().filter(stay__scheme=scheme, back_at=None)
    tonight = rows.filter(night_of=on) | rows.filter(left_at__isnull=False)
    return tonight.order_by("back_by", "pk")
