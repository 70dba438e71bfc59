"""What the rota of the house asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.chores.models import HouseDuty
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_along
from alongside.stays.models import Stay

SHOWN_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the rota, and whether it has come."""

    on: date
    duties: list[HouseDuty]
    has_come: bool


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(scheme: Scheme, first: date) -> list[Day]:
    """The seven days from that one, each with its duties; one query."""
    days = [first + timedelta(days=1) * number for number in range(7)]
    found = HouseDuty.objects.at(scheme).between(days[0], days[-1])
    rows = list(found.order_by("due_on", "kind", "stay__resident__name_key", "pk")[:SHOWN_AT_MOST])
    for row in rows:
        row.stay.scheme = scheme
    today = scheme.today()
    return [Day(day, [row for row in rows if row.due_on == day], day <= today) for day in days]


def duty_for(staff: Staff, pk: UUID) -> HouseDuty:
    """That duty, if its person stays where this member of staff works."""
    rows = HouseDuty.objects.filter(seen_along(staff, "stay", None))
    return get_object_or_404(rows.select_related(*HouseDuty.LOCK_WITH), pk=pk)


def duties_of(stay: Stay) -> list[HouseDuty]:
    """This person's duties of the days the pack looks back on, and those to come, latest first."""
    back = stay.scheme.today() - timedelta(days=int(stay.scheme.pack.limit("house_duty_period")))
    rows = list(
        HouseDuty.objects.filter(stay=stay, due_on__gt=back)
        .select_related("checked_by")
        .order_by("-due_on", "kind")[:SHOWN_AT_MOST]
    )
    for row in rows:
        row.stay = stay
    return rows
