"""Who answers for what: all that is open about somebody, each with one accountable colleague."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.aftercare.models import Episode
from alongside.allocations.models import LEAD, Allocation
from alongside.duties.explanation import owner_says
from alongside.duties.models import Duty
from alongside.duties.queries import merged
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.kit.together import read
from alongside.organisation.models import Capacity, Membership, Scheme, Staff, StandIn
from alongside.plans.models import GOES_ON, Goal, GoalResult, HandedOn, Plan, PlanAction, Who
from alongside.reviews.models import Review
from alongside.stays.models import Stay
from alongside.team.statement import MANAGER
from alongside.ui.addresses import address, address_about

MOST = 500  # of one kind; a house that has more unowned at once has to begin somewhere

NAMED = 3  # of what one step mends, in the list of a house


@dataclass(frozen=True, slots=True)
class Answered:
    """One thing that is open, and the one member of staff who answers for it, if there is one.

    `why` says how it came to them. What nobody answers for says what `to_do` about it, and `door`
    is the page where that is done.
    """

    about: str
    kind: str
    says: str
    url: str
    by_on: date | None
    is_late: bool
    staff: Staff | None
    why: str
    to_do: str = ""
    door: str = ""
    stay: Stay | None = None

    @property
    def who(self) -> str:
        return self.staff.name if self.staff else ""


@dataclass(frozen=True, slots=True)
class Unowned:
    """What nobody answers for about one person, and the one step that mends it."""

    about: str
    why: str
    to_do: str
    door: str
    stay: Stay | None = None
    things: list[Answered] = field(default_factory=list)

    @property
    def shown(self) -> list[Answered]:
        return self.things[:NAMED]

    @property
    def more(self) -> int:
        """How many of them are not named in the list."""
        return max(len(self.things) - NAMED, 0)


@dataclass(frozen=True, slots=True)
class _Blame:
    """Who it falls to and why; of nobody, what is to be done, and where."""

    staff: Staff | None
    why: str
    to_do: str = ""
    door: str = ""


@dataclass(slots=True)
class _House:
    """Who works at a scheme today, who leads which case, and which role answers without them."""

    scheme: Scheme
    stays: Mapping[UUID, Stay]
    today: date = field(init=False)
    working: dict[UUID, Staff] = field(default_factory=dict)
    manager: Staff | None = None
    leads: dict[UUID, Staff] = field(default_factory=dict)
    left: dict[UUID, Staff] = field(default_factory=dict)
    team: dict[UUID, set[UUID]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.today = self.scheme.today()
        pack = self.scheme.pack
        roles = set(pack.choices(MANAGER).keys())
        here = Membership.objects.current(self.today).filter(scheme=self.scheme)
        posts = here.select_related("staff").order_by("from_on", "pk")
        held = Allocation.objects.filter(stay__in=list(self.stays), until_on=None)
        cases = held.select_related("worker").order_by("pk")
        read(posts, cases)
        for post in posts:
            if not post.staff.has_left(self.today):
                self.working[post.staff_id] = post.staff
                if self.manager is None and post.role in roles:
                    self.manager = post.staff
        for case in cases:
            self.team.setdefault(case.stay_id, set()).add(case.worker_id)
            if pack.has_key_working and case.role == LEAD:
                of = self.leads if case.worker_id in self.working else self.left
                of[case.stay_id] = case.worker

    @property
    def unled(self) -> list[UUID]:
        """Whose own affairs nobody answers for as things stand."""
        return [pk for pk, stay in self.stays.items() if self.lead_of(stay).staff is None]

    def lead_of(self, stay: Stay) -> _Blame:
        """Who answers for what names nobody: the key worker. Where a practice works without any,
        whoever is registered for the service does."""
        pack = self.scheme.pack
        term = pack.term("key_worker").singular
        if lead := self.leads.get(stay.pk):
            return _Blame(lead, term)
        if not pack.has_key_working:
            title = next((one.says for one in pack.choices(MANAGER)), "")
            if self.manager:
                return _Blame(self.manager, f"{title}, where nobody has a {term}")
            page = address("team:team", self.scheme)
            return _Blame(None, "Nobody here holds the post", f"Fill it: {title}.", page)
        page = address_about("allocations:allocation", stay.pk)
        if gone := self.left.get(stay.pk):
            return _Blame(None, f"{gone.name} no longer works here", f"Name a {term}.", page)
        name = stay.resident.first_name
        return _Blame(None, f"{name} has no {term}", f"Name a {term}.", page)

    def named(self, staff: Staff | None, why: str, mend: str, door: str) -> _Blame:
        """Who was named, if they still work here; else what to do instead."""
        if staff and staff.pk in self.working:
            return _Blame(staff, why)
        name = staff.name if staff else "Whoever was named"
        return _Blame(None, f"{name} no longer works here", mend, door)


def answers_about(stay: Stay, *, viewer: Staff) -> list[Answered]:
    """All that is open about one person: what nobody answers for first, then by name.

    Three queries. Source: key worker policy, Policy statement (clear lines of accountability).
    """
    house = _House(stay.scheme, {stay.pk: stay})
    found = [*_told(house, viewer), *_delegated(house, stay)]
    return sorted(found, key=_by_name)


def unowned_at(scheme: Scheme, *, viewer: Staff) -> list[Unowned]:
    """What nobody answers for at a scheme, about anybody whose file the viewer may open, and of
    the service itself; what one step mends stands together, the longest due first.

    Three queries.
    """
    open_cases = Q(moved_out_on=None) | Q(case_kept_open=True)
    mine = Stay.objects.visible_to(viewer).for_page().filter(open_cases, scheme=scheme)
    house = _House(scheme, {stay.pk: stay for stay in mine})
    found = [one for one in _told(house, viewer, unowned=True) if one.staff is None]
    together: dict[tuple[str, ...], Unowned] = {}
    for one in sorted(found, key=lambda one: (one.by_on or date.max, one.about, one.says)):
        whose = str(one.stay.pk) if one.stay else one.about
        begun = Unowned(one.about, one.why, one.to_do, one.door, one.stay)
        together.setdefault((whose, one.why, one.to_do, one.door), begun).things.append(one)
    return list(together.values())


def _by_name(one: Answered) -> tuple[Any, ...]:
    return (one.staff is not None, one.who, str(one.staff and one.staff.pk),
            one.by_on or date.max, one.says)  # fmt: skip


def _told(house: _House, viewer: Staff, *, unowned: bool = False) -> Iterator[Answered]:
    """Everything open about the people of this house; with `unowned`, what could be nobody’s."""
    of = _Asked(house, viewer, unowned=unowned)
    read(of.plans, of.goals, of.actions, of.handed, of.duties, of.reviews, of.sessions, of.episodes)
    yield from _plans(house, of.plans, of.goals)
    yield from _actions(house, of.actions, of.handed)
    yield from _duties(house, of.duties)
    yield from _meetings(house, of.reviews, of.sessions)
    yield from _aftercare(house, of.episodes)


class _Asked:
    """What is read: of the people of a house, all that is open; or only what may be nobody’s."""

    def __init__(self, house: _House, viewer: Staff, *, unowned: bool) -> None:
        keys, working = list(house.stays), list(house.working)
        led = house.unled if unowned else keys
        result = GoalResult.objects.filter(stay=OuterRef("plan__stay"), line=OuterRef("line"))
        latest = result.order_by("-recorded_at").values("result")[:1]
        goals = Goal.objects.filter(plan__stay__in=led, plan__in_force_at__isnull=False)
        open_goals = goals.filter(plan__replaced_at=None).annotate(told=Subquery(latest))
        going = Q(told=None) | Q(told__in=GOES_ON)
        plans = Plan.objects.filter(stay__in=led, replaced_at=None)
        self.plans: QuerySet[Plan] = plans.order_by("number", "pk")[:MOST]
        self.goals: QuerySet[Goal] = (
            open_goals.filter(going).select_related("plan").order_by("pk")[:MOST]
        )
        actions = PlanAction.objects.filter(stay__in=keys).open()
        duties = Duty.objects.visible_to(viewer).outstanding(house.today)
        reviews = Review.objects.standing().filter(stay__in=keys, completed_at=None)
        sessions = Booking.objects.open().filter(stay__in=keys)
        if unowned:
            gone = Q(who=Who.STAFF) & ~Q(staff__in=working)
            actions = actions.filter(gone | (~Q(who=Who.STAFF) & Q(stay__in=led)))
            duties = duties.filter(Q(stay__in=keys) | Q(stay=None), scheme=house.scheme)
            duties = duties.filter(owed_by=None)
            reviews = reviews.exclude(led_by__in=working)
            sessions = sessions.exclude(worker__in=working)
        else:
            duties = duties.filter(stay__in=keys)
        self.actions = actions.select_related("staff").soonest_first()[:MOST]
        handed = HandedOn.objects.open().filter(action__in=actions.order_by().values("pk"))
        self.handed: QuerySet[HandedOn] = handed.select_related("to")[:MOST]
        self.duties = duties.select_related("owed_by", "instead_of").order_by("due_on", "pk")[:MOST]
        self.reviews = reviews.select_related("led_by").order_by("planned_on", "pk")[:MOST]
        self.sessions = sessions.select_related("worker").order_by("starts_at", "pk")[:MOST]
        self.episodes: QuerySet[Episode] = (
            Episode.objects.open().filter(stay__in=led).order_by("pk")[:MOST]
        )


def _plans(house: _House, plans: Iterable[Plan], goals: Iterable[Goal]) -> Iterator[Answered]:
    term = _capital(house.scheme.pack.term("plan").singular)
    for plan in plans:
        stay = house.stays[plan.stay_id]
        says = f"Version {plan.number}: {plan.state.label[:1].lower()}{plan.state.label[1:]}"
        yield _one(
            house, stay, term, says, _plan_of(stay), by_on=plan.look_again(),
            blame=house.lead_of(stay),
        )  # fmt: skip
    for goal in goals:
        stay = house.stays[goal.plan.stay_id]
        blame = house.lead_of(stay)
        yield _one(house, stay, "Goal", goal.words, _plan_of(stay), by_on=goal.by_on, blame=blame)


def _actions(
    house: _House, actions: Iterable[PlanAction], handed: Iterable[HandedOn]
) -> Iterator[Answered]:
    """Whoever is named answers for an action, else who leads the case; also for what was handed
    on, which somebody else does."""
    given: dict[UUID, list[str]] = {}
    for task in handed:
        given.setdefault(task.action_id, []).append(task.to.name)
    for action in actions:
        stay = house.stays[action.stay_id]
        page = _plan_of(stay)
        if action.who == Who.STAFF:
            mend = "Write the action anew with somebody who does."
            blame = house.named(action.staff, "named in the plan", mend, page)
        else:
            blame = _done_by(action, stay, house.lead_of(stay))
        if blame.staff and (to := given.get(action.pk)):
            blame = _Blame(blame.staff, f"{blame.why}; handed on to {' and '.join(to)}")
        yield _one(house, stay, "Action", action.text, page, by_on=action.when_on, blame=blame)


def _done_by(action: PlanAction, stay: Stay, blame: _Blame) -> _Blame:
    """The same, with who does it, for it is not who answers for it."""
    if blame.staff is None:
        return blame
    does = {Who.RESIDENT: stay.resident.first_name, Who.OTHER: action.agency}.get(Who(action.who))
    return _Blame(blame.staff, f"{blame.why}; {does} does it" if does else blame.why)


def _duties(house: _House, duties: Iterable[Duty]) -> Iterator[Answered]:
    rows = list(duties)
    for duty in rows:
        duty.scheme = house.scheme
        duty.stay = house.stays.get(duty.stay_id) if duty.stay_id else None
    for duty in merged(rows):
        page = address_about("casefile:duty", duty.pk)
        yield _one(
            house, duty.stay, "Owed", duty.says, page, by_on=duty.due_on,
            blame=_owes(house, duty), about=duty.about,
        )  # fmt: skip


def _owes(house: _House, duty: Duty) -> _Blame:
    pack = house.scheme.pack
    said = owner_says(duty, pack)
    if duty.owed_by:
        return _Blame(duty.owed_by, _because(said, duty.owed_by))
    roles = [pack.roles[key].says for key in duty.owner if key in pack.roles]
    if duty.stay and LEAD in duty.owner and pack.has_key_working:
        term = pack.term("key_worker").singular
        page = address_about("allocations:allocation", duty.stay.pk)
        return _Blame(None, _capital(said), f"Name a {term}.", page)
    asked = f"Give somebody this role: {' or '.join(roles)}." if roles else "Name a line manager."
    return _Blame(None, _capital(said), asked, address("team:team", house.scheme))


def _because(said: str, staff: Staff) -> str:
    return said.removeprefix(f"{staff.name}, ").removeprefix("as ")


def _meetings(
    house: _House, reviews: Iterable[Review], sessions: Iterable[Booking]
) -> Iterator[Answered]:
    pack = house.scheme.pack
    for review in reviews:
        stay = review.stay = house.stays[review.stay_id]
        page = address_about("reviews:review", review.pk)
        blame = house.named(
            review.led_by, "leads it", "Cancel it, and set it up with somebody who does.", page
        )
        kind = _capital(pack.term("review").singular)
        yield _one(house, stay, kind, review.says, page, by_on=review.on, blame=blame)
    for session in sessions:
        stay = house.stays[session.stay_id]
        page = address_about("keywork:booking", session.pk)
        blame = house.named(session.worker, "holds it", "Move it to somebody who does.", page)
        on = session.starts_at.astimezone(house.scheme.zone)
        kind = _capital(pack.term("session").singular)
        yield _one(house, stay, kind, f"{on:%A, %H:%M}", page, by_on=on.date(), blame=blame)


def _aftercare(house: _House, episodes: Iterable[Episode]) -> Iterator[Answered]:
    for episode in episodes:
        stay = house.stays[episode.stay_id]
        page = address_about("aftercare:aftercare", stay.pk)
        yield _one(
            house, stay, "After the move", "Support until it ends", page,
            by_on=episode.until_on, blame=house.lead_of(stay),
        )  # fmt: skip


def _delegated(house: _House, stay: Stay) -> Iterator[Answered]:
    """What the registered manager delegated to those who hold this case, and still answers for."""
    team: Collection[UUID] = house.team.get(stay.pk, ())
    now = clock.now()
    given = StandIn.objects.at_hand().filter(
        Q(until_at=None) | Q(until_at__gt=now), post__scheme=house.scheme, staff__in=team,
        capacity=Capacity.DELEGATE, accepted_at__isnull=False, ended_at=None, from_at__lte=now,
    )  # fmt: skip
    words = house.scheme.pack.choices("responsibilities")
    for one in given:
        until = one.until_at.astimezone(house.scheme.zone).date() if one.until_at else None
        why = f"delegated to {one.staff.name}, and still answers for it"
        for key in one.responsibilities:
            if said := words.get(key):
                blame = house.named(
                    one.post.staff, why, "Ask the manager.", address("team:team", house.scheme)
                )
                yield _one(house, stay, "Delegated", said.says, "", by_on=until, blame=blame)


def _one(
    house: _House,
    stay: Stay | None,
    kind: str,
    says: str,
    url: str,
    *,
    by_on: date | None,
    blame: _Blame,
    about: str = "",
) -> Answered:
    late = bool(by_on and by_on < house.today)
    whom = stay.resident.name if stay else about
    return Answered(
        whom, kind, says, url, by_on, late, blame.staff, blame.why, blame.to_do, blame.door, stay
    )


def _plan_of(stay: Stay) -> str:
    return address_about("plans:plan", stay.pk)


def _capital(said: str) -> str:
    return f"{said[:1].upper()}{said[1:]}"
