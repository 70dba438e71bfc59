"""What today asks: what I owe, my diary, my people, and what changed since I was last here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby

from django.db.models import Q

from alongside.building.models import NightOut
from alongside.casefile.doors import Owed, owed_now
from alongside.casefile.people import held_by, unnamed
from alongside.duties.models import Duty
from alongside.duties.queries import merged
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.kit.together import read
from alongside.moments.models import Moment
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import HandedOn, PlanAction
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.today import questions
from alongside.today.questions import MOST_OWED, MOST_SESSIONS, MOST_SETTLED, at_once, together

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
    rows = merged(_about(scheme, _due(staff, scheme, whose)))
    return _by_person(owed_now(duty, by=staff, on=today) for duty in rows)


def asked_of_me(staff: Staff, scheme: Scheme) -> list[Owed]:
    """What somebody who opens no files owes: nothing that is about a person who lives here."""
    today = scheme.today()
    due = questions.outstanding(scheme, today).filter(owed_by=staff, stay=None)
    return [owed_now(one, by=staff, on=today) for one in _about(scheme, due[:MOST_OWED])]


def _due(staff: Staff, scheme: Scheme, whose: str) -> Iterable[Duty]:
    today = scheme.today()
    due = questions.outstanding(scheme, today)
    if whose == PASSED_UP:
        return due.passed_up_to(staff, today)[:MOST_OWED]
    if whose == EVERYBODY:
        return (due & Duty.objects.visible_to(staff))[:MOST_OWED]
    mends = staff.may(Action.MANAGE_STAFF, scheme)
    question = questions.owed_or_unled if mends else questions.owed
    mine: Iterable[Duty] = at_once(question, scheme=scheme.pk, staff=staff.pk, on=today)
    return mine


def _about(scheme: Scheme, duties: Iterable[Duty]) -> Iterator[Duty]:
    """These duties of the scheme, which is at hand already."""
    for duty in duties:
        duty.scheme = scheme
        yield duty


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
    if whole_house:
        seen = questions.settled_since(scheme, week_from) & Duty.objects.visible_to(staff)
        rows: Iterable[Duty] = seen[:MOST_SETTLED]
    else:
        rows = at_once(questions.settled, scheme=scheme.pk, staff=staff.pk, since=week_from)
    found = list(_about(scheme, rows))
    return Settled([d for d in found if d.met_on], [d for d in found if not d.met_on])


@dataclass(frozen=True, slots=True)
class Diary:
    """Sessions, what was given to me, what others do for the people I answer for, the door."""

    sessions: list[Booking]
    given: list[PlanAction]
    handed: list[HandedOn]
    by_others: list[PlanAction]
    nights: list[NightOut]


def diary(staff: Staff, scheme: Scheme, *, whole_house: bool, days: int) -> Diary:
    """Sessions from this morning on, what was given to me, what others do, who is out; one query.

    Source: key worker policy, General responsibilities (taking the lead in all matters).
    """
    mine = {"scheme": scheme.pk, "staff": staff.pk}
    start = datetime.combine(scheme.today(), time.min, tzinfo=scheme.zone)
    span = {"start": start, "end": start + days * DAY}
    if whole_house:
        booked = questions.sessions_here(scheme, **span)[:MOST_SESSIONS]
    else:
        booked = together(questions.sessions, **mine, **span)
    given, handed = together(questions.given, **mine), together(questions.handed, **mine)
    others = together(questions.by_others, **mine)
    nights = together(questions.nights, scheme=scheme.pk, on=scheme.today())
    read(booked, given, handed, others, nights)
    return Diary(*map(list, (booked, given, handed, others, nights)))


def my_people(staff: Staff, scheme: Scheme) -> list[Stay]:
    """Everybody I hold here, with the key facts; at most 50."""
    at = {"on": scheme.today(), "now": clock.now(), "but": unnamed(scheme)}
    return list(at_once(questions.people, scheme=scheme.pk, staff=staff.pk, **at))


def changes(staff: Staff, scheme: Scheme, *, since: datetime, mine: bool) -> list[Moment]:
    """What others wrote since then, the latest first: of my people, or of everybody."""
    found = Moment.objects.visible_to(staff).filter(scheme=scheme, recorded_at__gte=since)
    if mine:
        found = found.filter(stay__in=held_by(staff))
    others = found.filter(~Q(by=staff.name)).select_related("resident", "stay")
    return list(others.order_by("-recorded_at", "-id")[:MOST_CHANGES])
