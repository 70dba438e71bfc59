"""What today asks: what I owe, my diary, my people, and what changed since I was last here."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Q, QuerySet

from alongside.casefile.doors import Owed, owed_now
from alongside.casefile.people import held_by, people_at
from alongside.duties.models import Duty, State
from alongside.duties.queries import duties_outstanding, merged
from alongside.keywork.models import Booking
from alongside.kit.together import read
from alongside.moments.models import Moment
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import HandedOn, PlanAction, PlanActionQuerySet, Who
from alongside.plans.queries.handed_on import handed_to
from alongside.stays.models import Stay

MOST_OWED = 200
MOST_SETTLED = 200
MOST_PEOPLE = 50
MOST_SESSIONS = 30
MOST_GIVEN = 20
MOST_CHANGES = 40
DAY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Person:
    """Whom or what it is about, and what I owe them, the most urgent first.

    `stay` is None for a colleague, the service, a referral: those are named by the duty.
    """

    stay: Stay | None
    owed: list[Owed]

    @property
    def whom(self) -> str:
        return self.first.duty.whom

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


MINE, EVERYBODY, PASSED_UP = "", "everybody", "passed-up"


def owed_by(staff: Staff, scheme: Scheme, *, whose: str = MINE) -> list[Person]:
    """What this person owes at the scheme, person by person; what everybody owes; or what was
    passed up to them, as it is overdue for so long.

    Who owes what is stored with the duty. What one person owes in two roles appears once.
    """
    today = scheme.today()
    due = duties_outstanding(scheme, on=today)
    if whose == PASSED_UP:
        due = due.passed_up_to(staff, today)
    elif whose == EVERYBODY:
        due = due & Duty.objects.visible_to(staff)
    else:
        due = due.filter(owed_by=staff)
    rows = merged(due[:MOST_OWED])
    return _by_person(owed_now(duty, by=staff, on=today) for duty in rows)


def _by_person(owed: Iterable[Owed]) -> list[Person]:
    def about(one: Owed) -> str:
        return str(one.duty.stay_id or one.duty.subject_id)

    ordered = sorted(owed, key=lambda one: (about(one), one.duty.due_on))
    groups = (list(group) for _, group in groupby(ordered, key=about))
    people = [Person(rows[0].duty.stay, rows) for rows in groups]
    return sorted(people, key=lambda person: (person.owed[0].days, person.whom))


def settled(staff: Staff, scheme: Scheme, *, week_from: date, whole_house: bool) -> Settled:
    """What was met since the week began, the latest first, and what is excused in it.

    Of the people this person holds, or of everybody.
    """
    met = Q(state__in=[State.MET, State.MET_LATE], met_on__gte=week_from)
    excused = Q(state__in=[State.EXCUSED, State.PAUSED], due_on__gte=week_from)
    rows = Duty.objects.for_page().filter(met | excused, scheme=scheme)
    if whole_house:
        rows = rows & Duty.objects.visible_to(staff)
    else:
        rows = rows.filter(Q(stay__in=held_by(staff)) | Q(stay=None, owed_by=staff))
    found = list(rows.order_by("-met_on", "due_on", "pk")[:MOST_SETTLED])
    return Settled([d for d in found if d.met_on], [d for d in found if not d.met_on])


@dataclass(frozen=True, slots=True)
class Diary:
    """Sessions, what was given to me, and what others do for the people I answer for."""

    sessions: list[Booking]
    given: list[PlanAction]
    handed: list[HandedOn]
    by_others: list[PlanAction]


def diary(staff: Staff, scheme: Scheme, *, whole_house: bool, days: int) -> Diary:
    """Sessions from this morning on, by time, what was given to me, what others do; one query.

    Source: key worker policy, General responsibilities (taking the lead in all matters).
    """
    booked = sessions(staff, scheme, whole_house=whole_house, days=days)
    given = given_to(staff, scheme)
    handed = handed_to(staff, scheme)[:MOST_GIVEN]
    others = given_to_others(staff, scheme)
    read(booked, given, handed, others)
    return Diary(list(booked), list(given), list(handed), list(others))


def given_to_others(staff: Staff, scheme: Scheme) -> PlanActionQuerySet:
    """Actions of my people that another member of staff has taken on, the soonest first."""
    found = PlanAction.objects.for_page().open().filter(stay__scheme=scheme, who=Who.STAFF)
    mine = found.filter(stay__in=held_by(staff), stay__moved_out_on=None)
    return mine.exclude(staff=staff).soonest_first()[:MOST_GIVEN]


def given_to(staff: Staff, scheme: Scheme) -> PlanActionQuerySet:
    """Actions of anybody's plan that this member of staff has taken on, the soonest first."""
    found = PlanAction.objects.for_page().open().filter(staff=staff, stay__scheme=scheme)
    return found.filter(stay__moved_out_on=None).soonest_first()[:MOST_GIVEN]


def sessions(staff: Staff, scheme: Scheme, *, whole_house: bool, days: int) -> QuerySet[Booking]:
    """Sessions from this morning on, by time: this person's, or everybody's; `days` of them."""
    start = datetime.combine(scheme.today(), time.min, tzinfo=scheme.zone)
    booked = Booking.objects.for_page().filter(stay__scheme=scheme)
    if not whole_house:
        booked = booked.filter(worker=staff)
    ahead = booked.between(start, start + days * DAY)
    return ahead.order_by("starts_at", "pk")[:MOST_SESSIONS]


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
