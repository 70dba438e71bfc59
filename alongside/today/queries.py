"""What today asks: what I owe, my diary, my people, and what changed since I was last here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Q

from alongside.casefile.doors import Owed, owed_now
from alongside.casefile.people import held_by, people_at
from alongside.duties.models import Duty, State
from alongside.duties.queries import duties_outstanding, merged
from alongside.keywork.models import Booking
from alongside.moments.models import Moment
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay

MOST_OWED = 200
MOST_SETTLED = 200
MOST_PEOPLE = 50
MOST_SESSIONS = 30
MOST_CHANGES = 40
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, and what I owe them, the most urgent first."""

    stay: Stay
    owed: list[Owed]

    @property
    def overdue(self) -> int:
        return sum(one.urgency == "overdue" for one in self.owed)

    @property
    def first(self) -> Owed:
        return self.owed[0]

    @property
    def others(self) -> list[Owed]:
        return self.owed[1:]


@dataclass(frozen=True, slots=True)
class Settled:
    """What this week needs no more: what was met, and what was excused or is paused."""

    met: list[Duty]
    excused: list[Duty]


def owed_by(staff: Staff, scheme: Scheme, *, everybody: bool) -> list[Person]:
    """What this person owes at the scheme, person by person; or what everybody owes.

    Who owes what is stored with the duty. What one person owes in two roles appears once.
    """
    today = scheme.today()
    due = duties_outstanding(scheme, on=today).exclude(stay=None)
    if not everybody:
        due = due.filter(owed_by=staff)
    rows = merged(due[:MOST_OWED])
    return _by_person(owed_now(duty, by=staff, on=today) for duty in rows)


def _by_person(owed: Iterable[Owed]) -> list[Person]:
    ordered = sorted(owed, key=lambda one: (str(one.duty.stay_id), one.duty.due_on))
    people = [
        Person(stay, rows)
        for rows in (list(group) for _, group in groupby(ordered, key=lambda one: one.duty.stay_id))
        if (stay := rows[0].duty.stay)
    ]
    return sorted(people, key=lambda person: (person.owed[0].days, person.stay.resident.name_key))


def settled(staff: Staff, scheme: Scheme, *, week_from: date, whole_house: bool) -> Settled:
    """What was met since the week began, the latest first, and what is excused in it.

    Of the people this person holds, or of everybody.
    """
    met = Q(state__in=[State.MET, State.MET_LATE], met_on__gte=week_from)
    excused = Q(state__in=[State.EXCUSED, State.PAUSED], due_on__gte=week_from)
    rows = Duty.objects.for_page().filter(met | excused, scheme=scheme, stay__isnull=False)
    if not whole_house:
        rows = rows.filter(stay__in=held_by(staff))
    found = list(rows.order_by("-met_on", "due_on", "pk")[:MOST_SETTLED])
    return Settled([d for d in found if d.met_on], [d for d in found if not d.met_on])


def sessions(staff: Staff, scheme: Scheme, *, whole_house: bool, days: int) -> list[Booking]:
    """Sessions from this morning on, by time: this person's, or everybody's; `days` of them."""
    start = datetime.combine(scheme.today(), time.min, tzinfo=scheme.zone)
    booked = Booking.objects.for_page().filter(stay__scheme=scheme)
    if not whole_house:
        booked = booked.filter(worker=staff)
    ahead = booked.between(start, start + days * DAY)
    return list(ahead.order_by("starts_at", "pk")[:MOST_SESSIONS])


def my_people(staff: Staff, scheme: Scheme) -> list[Stay]:
    """Everybody I hold here, with the key facts; at most 50."""
    mine = people_at(scheme, viewer=staff, show="mine")
    return list(mine.order_by("resident__name_key", "pk")[:MOST_PEOPLE])


def changes(staff: Staff, scheme: Scheme, *, since: datetime, mine: bool) -> list[Moment]:
    """What others wrote since then, the latest first: of my people, or of everybody."""
    found = Moment.objects.visible_to(staff).filter(scheme=scheme, recorded_at__gte=since)
    if mine:
        found = found.filter(stay__in=held_by(staff))
    others = found.filter(~Q(by=staff.name)).select_related("resident", "stay")
    return list(others.order_by("-recorded_at", "-id")[:MOST_CHANGES])
