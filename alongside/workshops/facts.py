"""What stages ask about workshops and taking part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet

from alongside.duties.facts import Measure, measures, provides
from alongside.duties.rows import days_from, provides_from
from alongside.organisation.models import Scheme
from alongside.stays.models import Stay
from alongside.workshops.models import (
    Activity,
    Attendance,
    Came,
    Course,
    HouseRole,
    NetworkContact,
    PartTaken,
    Volunteering,
    Workshop,
    percent,
)

type Days = QuerySet[Any, date | None]


def held_since_arrival(stay: Stay) -> QuerySet[Workshop]:
    """The workshops that count for this person: held since they came, none that was cancelled."""
    last = min(day for day in (stay.scheme.today(), stay.moved_out_on) if day)
    return Workshop.objects.filter(
        programme__scheme_id=stay.scheme_id,
        cancelled_on=None,
        held_on__gte=stay.moved_in_on,
        held_on__lte=last,
    ).order_by("held_on", "pk")


def attended(stay: Stay) -> QuerySet[Workshop]:
    return held_since_arrival(stay).filter(register__stay=stay, register__came=Came.ATTENDED)


@measures("workshops.percent", reads=[Workshop, Attendance])
def workshops_percent(stay: Stay, of: str) -> Measure:
    """Attended of those held since arrival, in per cent; nothing is known before the first."""
    came_to = Q(register__stay=stay, register__came=Came.ATTENDED)
    counted = (
        held_since_arrival(stay)
        .order_by()
        .aggregate(held=Count("pk", distinct=True), came=Count("pk", filter=came_to, distinct=True))
    )
    held, came = counted["held"], counted["came"]
    says = f"{came} of {held} workshops: {percent(came, held)} per cent"
    return Measure(percent(came, held) if held else None, says, stay.scheme.today())


@provides_from(
    "workshops.weeks_running",
    reads=[Workshop, Attendance],
    rows=lambda stay, _: [_days(attended(stay)), _days(held_since_arrival(stay))],
)
def workshops_weeks_running(
    stay: Stay, of: str, attended_on: Sequence[date], held_on: Sequence[date]
) -> Sequence[date]:
    """One day for each week of the longest run of weeks in which they came to a workshop.

    A week without a workshop neither counts nor breaks the run.
    """
    came = {_monday(day) for day in attended_on}
    held = {_monday(day) for day in held_on}
    best: list[date] = []
    run: list[date] = []
    for week in sorted(held):
        run = [*run, week] if week in came else []
        best = max(best, run, key=len)
    return best


def _days(workshops: QuerySet[Workshop]) -> Days:
    return workshops.values_list("held_on", flat=True)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


@days_from("activities.attended", reads=[Activity])
def activities_attended(stay: Stay, of: str) -> Days:
    """The days of activities of that kind; of every kind when none is named."""
    rows = Activity.objects.filter(stay=stay, **({"kind": of} if of else {}))
    return rows.order_by("done_on").values_list("done_on", flat=True)


@days_from("volunteering.placements", reads=[Volunteering])
def volunteering_placements(stay: Stay, of: str) -> Days:
    """The first days of placements they have begun."""
    rows = Volunteering.objects.filter(stay=stay, from_on__lte=stay.scheme.today())
    return rows.order_by("from_on").values_list("from_on", flat=True)


@days_from("courses.attended", reads=[Course])
def courses_attended(stay: Stay, of: str) -> Days:
    """The first days of courses; "external" is every course outside the house."""
    kinds = {} if of in {"", "external"} else {"kind": of}
    rows = Course.objects.filter(stay=stay, began_on__lte=stay.scheme.today(), **kinds)
    return rows.order_by("began_on").values_list("began_on", flat=True)


@days_from("courses.completed", reads=[Course])
def courses_completed(stay: Stay, of: str) -> Days:
    """The days on which courses of that kind were completed."""
    rows = Course.objects.filter(stay=stay, completed_on__isnull=False)
    rows = rows.filter(kind=of) if of else rows
    return rows.order_by("completed_on").values_list("completed_on", flat=True)


@days_from("house_roles.held", reads=[HouseRole])
def house_roles_held(stay: Stay, of: str) -> Days:
    """Since when they hold that role in the house today."""
    rows = HouseRole.objects.filter(stay=stay, until_on=None, from_on__lte=stay.scheme.today())
    rows = rows.filter(role=of) if of else rows
    return rows.order_by("from_on").values_list("from_on", flat=True)


@provides_from(
    "house_roles.meetings",
    reads=[HouseRole, PartTaken],
    rows=lambda stay, of: [
        HouseRole.objects.filter(stay=stay, role=of.partition("/")[0]),
        _parts(stay, of.partition("/")[2]),
    ],
)
def house_roles_meetings(
    stay: Stay, of: str, roles: Sequence[HouseRole], days: Sequence[date]
) -> Sequence[date]:
    """The days they took that part while they had that role: "house_spokesperson/team_meeting"."""
    spans = [(role.from_on, role.until_on or stay.scheme.today()) for role in roles]
    return [day for day in days if any(first <= day <= last for first, last in spans)]


@days_from("network.contacts", reads=[NetworkContact])
def network_contacts(stay: Stay, of: str) -> Days:
    """When each contact outside the service that still stands was last found alive."""
    rows = NetworkContact.objects.filter(stay=stay, confirmed_on__isnull=False, ended_on=None)
    return rows.order_by("confirmed_on").values_list("confirmed_on", flat=True)


@days_from("peer_support.entries", reads=[PartTaken])
def peer_support_entries(stay: Stay, of: str) -> Days:
    """The days on which they supported another resident."""
    return _parts(stay, "peer_support")


@provides_from(
    "cooking.meals", reads=[PartTaken], rows=lambda stay, _: [_parts(stay, "cooked_for_all")]
)
def cooking_meals(stay: Stay, of: str, days: Sequence[date]) -> Sequence[date]:
    """The evening meals cooked for everybody in the month in which they cooked most."""
    months = Counter((day.year, day.month) for day in days)
    if not months:
        return []
    best = max(months, key=lambda month: (months[month], month))
    return [day for day in days if (day.year, day.month) == best]


def _parts(stay: Stay, kind: str) -> Days:
    rows = PartTaken.objects.filter(stay=stay, kind=kind, done_on__lte=stay.scheme.today())
    return rows.order_by("done_on").values_list("done_on", flat=True)


@provides("workshop.planned", subject="scheme", reads=[Workshop])
def first_workshop(scheme: Scheme, of: str) -> Sequence[date]:
    """The day of the first workshop that was not cancelled: from then on there is one a week."""
    days = Workshop.objects.filter(programme__scheme=scheme, cancelled_on=None)
    return list(days.order_by("held_on").values_list("held_on", flat=True)[:1])


@provides("workshop.held", subject="scheme", reads=[Workshop])
def workshops_held(scheme: Scheme, of: str) -> Sequence[date]:
    """The days of every workshop of the service that was not cancelled."""
    days = Workshop.objects.filter(programme__scheme=scheme, cancelled_on=None)
    return list(days.order_by("held_on").values_list("held_on", flat=True))
