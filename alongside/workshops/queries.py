"""What the workshops' and the taking-part pages ask."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.kit.together import read
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_along
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays
from alongside.workshops.facts import held_since_arrival
from alongside.workshops.models import (
    Activity,
    Attendance,
    Came,
    Course,
    HouseRole,
    NetworkContact,
    PartTaken,
    Programme,
    Volunteering,
    Workshop,
    percent,
)


@dataclass(frozen=True, slots=True)
class Share:
    """How somebody stands with the workshops: counts since they came, and this week."""

    attended: int
    excused: int
    absent: int
    held: int
    weeks: list[tuple[date, int, int]]

    @property
    def percent(self) -> Decimal:
        return percent(self.attended, self.held)


def share_of(stay: Stay) -> Share:
    """Attended, excused and absent of the workshops held since arrival, and week by week."""
    held = {row.pk: row for row in held_since_arrival(stay)}
    came = dict(
        Attendance.objects.filter(stay=stay, workshop__in=held).values_list("workshop_id", "came")
    )
    counts = Counter(came.values())
    weeks: dict[date, list[int]] = {}
    for pk, workshop in held.items():
        week = workshop.held_on - timedelta(days=workshop.held_on.weekday())
        seen = weeks.setdefault(week, [0, 0])
        seen[0] += came.get(pk) == Came.ATTENDED
        seen[1] += 1
    latest = [(week, seen[0], seen[1]) for week, seen in sorted(weeks.items(), reverse=True)[:8]]
    return Share(
        counts[Came.ATTENDED], counts[Came.EXCUSED], counts[Came.ABSENT], len(held), latest
    )


@dataclass(frozen=True, slots=True)
class Part:
    """Everything else on the taking-part page."""

    activities: list[Activity]
    volunteering: list[Volunteering]
    courses: list[Course]
    roles: list[HouseRole]
    parts: list[PartTaken]
    network: list[NetworkContact]


def part_of(stay: Stay) -> Part:
    """What this person takes part in; one query, the latest fifty of each."""
    activities = Activity.objects.filter(stay=stay)[:50]
    volunteering = Volunteering.objects.filter(stay=stay)[:50]
    courses = Course.objects.filter(stay=stay)[:50]
    roles = HouseRole.objects.filter(stay=stay).select_related("partner__resident")[:50]
    parts = PartTaken.objects.filter(stay=stay)[:50]
    network = NetworkContact.objects.filter(stay=stay).select_related("confirmed_by")[:50]
    read(activities, volunteering, courses, roles, parts, network)
    for row in (*roles, *parts, *network):
        row.stay = stay
    return Part(
        list(activities), list(volunteering), list(courses), list(roles), list(parts),
        list(network),
    )  # fmt: skip


def part_record[M: models.Model](staff: Staff, model: type[M], pk: UUID) -> M:
    """That record, if it is of somebody at a scheme where this person works."""
    rows = model._default_manager.filter(seen_along(staff, "stay", None))
    found = rows.select_related("stay__resident", "stay__scheme__organisation", "stay__bed")
    return get_object_or_404(found, pk=pk)


def possible_partners(stay: Stay) -> list[Stay]:
    """Everybody else who stays at the same scheme now."""
    return list(current_stays(stay.scheme).exclude(pk=stay.pk))


def workshops_at(scheme: Scheme) -> list[Workshop]:
    """The latest fifty workshops, with how many came, latest first."""
    return list(
        Workshop.objects.filter(programme__scheme=scheme)
        .select_related("programme__scheme")
        .annotate(came=models.Count("register", filter=models.Q(register__came=Came.ATTENDED)))
        .order_by("-held_on", "-pk")[:50]
    )


def programmes_at(scheme: Scheme) -> list[Programme]:
    return list(Programme.objects.filter(scheme=scheme).order_by("name"))


def workshop_for(staff: Staff, pk: UUID) -> Workshop:
    """That workshop, if it is at a scheme where this person works."""
    rows = Workshop.objects.filter(programme__scheme_id__in=staff.scheme_ids())
    return get_object_or_404(rows.select_related("programme__scheme__organisation"), pk=pk)


def register_of(workshop: Workshop) -> list[tuple[Stay, str]]:
    """Everybody who stayed that day and what the register says of them ("" for nothing)."""
    came = dict(Attendance.objects.filter(workshop=workshop).values_list("stay_id", "came"))
    stays = Stay.objects.for_page().on(workshop.held_on).filter(scheme=workshop.scheme)
    return [(stay, came.get(stay.pk, "")) for stay in stays.order_by("resident__name_key")]
