"""What today shows: what is owed by me, my diary, my people, and what changed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from django.db.models import Q

from alongside.allocations.models import Allocation
from alongside.casefile.doors import Door, door_of
from alongside.casefile.people import held_by, people_at
from alongside.duties.models import Duty
from alongside.duties.queries import duties_outstanding
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.moments.models import Moment
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay

MOST_OWED = 200
MOST_CHANGES = 12
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Owed:
    """One duty on my list, and the one button that opens the record which closes it."""

    duty: Duty
    door: Door
    days: int

    @property
    def urgency(self) -> str:
        if self.days < 0:
            return "overdue"
        return "today" if self.days == 0 else "later"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, and what I owe them, the most urgent first."""

    stay: Stay
    owed: list[Owed]

    @property
    def overdue(self) -> int:
        return sum(one.urgency == "overdue" for one in self.owed)


def owed_by(staff: Staff, scheme: Scheme, *, everybody: bool) -> list[Person]:
    """What this person owes at the scheme, person by person; or what everybody owes.

    A duty is owed by the first of its owners that is somebody: the holder of that role on the
    case, else whoever works in that role here. What the resident is first to do is owed as
    support by the next one.
    """
    today = scheme.today()
    due = duties_outstanding(scheme, on=today)
    roles = staff.roles_at(scheme.pk)
    if not everybody and "manager" not in roles:
        due = due.filter(stay__in=held_by(staff))
    rows = list(due[:MOST_OWED])
    held = _roles_held({duty.stay_id for duty in rows})
    mine = [duty for duty in rows if everybody or _is_owed_by(duty, staff, roles, held)]
    return _by_person(Owed(duty, door_of(duty), duty.days_left(today)) for duty in mine)


def _roles_held(stays: set[UUID]) -> dict[UUID, dict[str, UUID]]:
    held: dict[UUID, dict[str, UUID]] = {}
    found = Allocation.objects.current().filter(stay__in=stays)
    for stay_id, role, worker_id in found.values_list("stay_id", "role", "worker_id"):
        held.setdefault(stay_id, {})[role] = worker_id
    return held


def _is_owed_by(
    duty: Duty, staff: Staff, roles: list[str], held: dict[UUID, dict[str, UUID]]
) -> bool:
    on_case = held.get(duty.stay_id, {})
    for owner in duty.owner:
        if owner in on_case:
            return on_case[owner] == staff.pk
        if owner == "coordinator" and "key_worker" in on_case:
            # Nobody else is named: the key worker is the one who makes the plan.
            return on_case["key_worker"] == staff.pk
        if owner in roles:
            return True
    return False


def _by_person(owed: Iterable[Owed]) -> list[Person]:
    ordered = sorted(owed, key=lambda one: (str(one.duty.stay_id), one.duty.due_on))
    people = [
        Person(rows[0].duty.stay, rows)
        for rows in (list(group) for _, group in groupby(ordered, key=lambda one: one.duty.stay_id))
    ]
    return sorted(people, key=lambda person: (person.owed[0].days, person.stay.resident.name_key))


def my_sessions(staff: Staff, scheme: Scheme) -> list[Booking]:
    """Today's sessions of this person here, by time."""
    start = datetime.combine(scheme.today(), time.min, tzinfo=scheme.zone)
    booked = Booking.objects.for_page().filter(worker=staff, stay__scheme=scheme)
    return list(booked.between(start, start + DAY).order_by("starts_at")[:20])


def my_people(staff: Staff, scheme: Scheme) -> list[Stay]:
    """Everybody I hold here, with the key facts; at most 50."""
    return list(
        people_at(scheme, viewer=staff, show="mine").order_by("resident__name_key", "pk")[:50]
    )


def changes(staff: Staff, scheme: Scheme, *, mine: bool) -> list[Moment]:
    """What others wrote in the last day and night, the latest first."""
    found = Moment.objects.visible_to(staff).filter(
        scheme=scheme, recorded_at__gte=clock.now() - DAY
    )
    if mine:
        found = found.filter(stay__in=held_by(staff))
    others = found.filter(~Q(by=staff.name)).select_related("resident")
    return list(others.order_by("-recorded_at", "-id")[:MOST_CHANGES])
