"""Who works with somebody, by day and by night, and who does what by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.urls import reverse

from alongside.allocations.models import LEAD, Allocation, ChangeRequest
from alongside.building.models import NightOut
from alongside.duties.models import Duty
from alongside.duties.queries import merged, open_duties_of
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.kit.together import read
from alongside.organisation.models import Staff
from alongside.plans.models import HandedOn, PlanAction, Who
from alongside.reviews.models import Review
from alongside.rota.models import Turn
from alongside.sharing.models import Consent
from alongside.stays.models import Stay
from alongside.ui.addresses import address_about

MOST = 60
AHEAD = 20
DAY = timedelta(days=1)
NOBODY = "Nobody yet"


@dataclass(frozen=True, slots=True)
class Carer:
    """Somebody who works with this person: who, as what, and when they are there."""

    name: str
    role: str
    when: str = ""
    night: bool = False


@dataclass(frozen=True, slots=True)
class Thing:
    """Something to do about this person: what, by when, where it stands."""

    says: str
    by_on: date | None
    state: str
    url: str
    is_late: bool = False


@dataclass(slots=True)
class Doer:
    """One of those who do something, what it is, and whether the key worker answers for it."""

    name: str
    role: str
    things: list[Thing] = field(default_factory=list)

    @property
    def is_nobody(self) -> bool:
        return self.name == NOBODY


@dataclass(frozen=True, slots=True)
class Request:
    """Something that waits for somebody’s answer."""

    says: str
    since: date
    url: str


@dataclass(frozen=True, slots=True)
class Event:
    """What comes next."""

    says: str
    on: date
    time: str
    with_whom: str
    url: str


@dataclass(frozen=True, slots=True)
class Board:
    """Who works with somebody, who does what, what is asked, what comes next."""

    lead: Staff | None
    team: list[Carer]
    doers: list[Doer]
    requests: list[Request]
    events: list[Event]


def board_of(stay: Stay) -> Board:
    """All of it, in one query.

    Source: key worker policy, Policy statement (many carers, day and night) and General
    responsibilities (co-ordinating).
    """
    today = stay.scheme.today()
    held = Allocation.objects.current().filter(stay=stay).select_related("worker")
    begin = datetime.combine(today, time.min, tzinfo=stay.scheme.zone)
    turns = (
        Turn.objects.standing()
        .filter(scheme=stay.scheme, ends_at__gte=clock.now(), starts_at__lt=begin + 2 * DAY)
        .select_related("worker")
        .order_by("starts_at", "pk")[:MOST]
    )
    agencies = Consent.objects.filter(stay=stay).standing(today).order_by("agency")[:MOST]
    actions = PlanAction.objects.filter(stay=stay).open().select_related("staff")
    ordered = actions.soonest_first()[:MOST]
    proposed = PlanAction.objects.filter(stay=stay).proposed().order_by("recorded_at")[:AHEAD]
    handed = HandedOn.objects.open().filter(stay=stay).select_related("action", "to")
    duties = open_duties_of(stay, on=today).select_related(None).select_related("owed_by")[:MOST]
    asked = ChangeRequest.objects.filter(stay=stay).unanswered().order_by("asked_on")[:AHEAD]
    booked = Booking.objects.open().filter(stay=stay, starts_at__gte=begin)
    sessions = booked.select_related("worker").order_by("starts_at")[:AHEAD]
    reviews = Review.objects.booked().filter(stay=stay, planned_on__gte=today)
    planned = reviews.select_related("led_by").order_by("planned_on")[:AHEAD]
    nights = NightOut.objects.standing().filter(stay=stay, night_of__gte=today)
    out = nights.order_by("night_of")[:AHEAD]
    read(held, turns, agencies, ordered, proposed, handed, duties, asked, sessions, planned, out)
    for turn in turns:
        turn.scheme = stay.scheme
    for one in (*duties, *planned):
        one.stay = stay
    for duty in duties:
        duty.scheme = stay.scheme
    lead = next((one.worker for one in held if one.role == LEAD), None)
    return Board(
        lead,
        _team(stay, held, turns, agencies),
        _doers(stay, lead, ordered, handed, merged(duties)),
        _requests(stay, proposed, asked),
        sorted(_events(stay, sessions, planned, out), key=lambda one: (one.on, one.time)),
    )


def _team(
    stay: Stay,
    held: Iterable[Allocation],
    turns: Iterable[Turn],
    agencies: Iterable[Consent],
) -> list[Carer]:
    """Who holds a role, then who is on shift today, tonight and tomorrow, then agencies."""
    roles = stay.scheme.pack.roles
    named = [Carer(one.worker.name, str(roles.get(one.role) or one.role)) for one in held]
    shifts = [
        Carer(
            turn.name,
            turn.shift_says,
            f"{turn.starts_here:%a %-d %b, %H:%M} to {turn.ends_here:%H:%M}",
            night=bool(turn.kind and turn.kind.is_overnight),
        )
        for turn in turns
    ]
    told = dict.fromkeys(one.agency for one in agencies)
    return [*named, *shifts, *(Carer(agency, "Agency") for agency in told)]


def _doers(
    stay: Stay,
    lead: Staff | None,
    actions: Iterable[PlanAction],
    handed: Iterable[HandedOn],
    duties: Iterable[Duty],
) -> list[Doer]:
    """Each with what they have to do: the person first, then staff, then what is nobody’s."""
    today = stay.scheme.today()
    plan = address_about("plans:plan", stay.pk)
    found: dict[str, Doer] = {}
    for action in actions:
        name, role = _does(stay, lead, action)
        thing = Thing(action.text, action.when_on, action.state, plan, action.is_late(today))
        found.setdefault(name, Doer(name, role)).things.append(thing)
    for task in handed:
        thing = Thing(
            f"{task.action.text}: {task.instruction}", task.due_on, task.state,
            address_about("plans:tasks", stay.pk), task.due_on < today,
        )  # fmt: skip
        found.setdefault(task.to.name, Doer(task.to.name, "")).things.append(thing)
    for duty in duties:
        name = duty.owed_by.name if duty.owed_by else NOBODY
        late = duty.due_on < today
        thing = Thing(
            duty.says, duty.due_on, "Overdue" if late else "Owed",
            address_about("casefile:duty", duty.pk), late,
        )  # fmt: skip
        found.setdefault(name, Doer(name, "")).things.append(thing)
    first = [stay.resident.name, lead.name if lead else ""]
    return sorted(found.values(), key=lambda one: (one.is_nobody, one.name not in first, one.name))


def _does(stay: Stay, lead: Staff | None, action: PlanAction) -> tuple[str, str]:
    """Who does an action. What names nobody is the key worker’s to see to."""
    if action.who == Who.STAFF and action.staff:
        return action.staff.name, ""
    if action.who == Who.RESIDENT:
        return stay.resident.name, ""
    if action.who == Who.OTHER and action.agency:
        return action.agency, "Agency"
    return (lead.name, "") if lead else (NOBODY, "")


def _requests(
    stay: Stay, proposed: Iterable[PlanAction], asked: Iterable[ChangeRequest]
) -> list[Request]:
    zone, first = stay.scheme.zone, stay.resident.first_name
    waiting = [
        Request(
            f"{first} has not answered: {action.text}",
            action.recorded_at.astimezone(zone).date(),
            reverse("plans:tell", args=[action.pk, "answer"]),
        )
        for action in proposed
    ]
    term = stay.pack.term("key_worker").singular
    change = address_about("allocations:allocation", stay.pk)
    waiting += [Request(f"Another {term} was asked for", one.asked_on, change) for one in asked]
    return sorted(waiting, key=lambda one: one.since)


def _events(
    stay: Stay, sessions: Iterable[Booking], reviews: Iterable[Review], nights: Iterable[NightOut]
) -> Iterable[Event]:
    zone, pack = stay.scheme.zone, stay.pack
    called = pack.term("session").singular.capitalize()
    for one in sessions:
        at = one.starts_at.astimezone(zone)
        page = address_about("keywork:booking", one.pk)
        yield Event(called, at.date(), f"{at:%H:%M}", one.worker.name, page)
    for review in reviews:
        at_time = f"{review.planned_time:%H:%M}" if review.planned_time else ""
        page = address_about("reviews:review", review.pk)
        yield Event(review.says, review.planned_on, at_time, review.leader, page)
    for night in nights:
        page = address_about("building:nights-out", stay.pk)
        says = pack.term("night_out").singular.capitalize()
        yield Event(says, night.night_of, "", "", page)
