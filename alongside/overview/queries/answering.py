"""Who answers for what: all that is open about somebody, each with one accountable colleague."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from alongside.aftercare.models import Episode
from alongside.allocations.models import LEAD
from alongside.duties.explanation import owner_says
from alongside.duties.models import Duty
from alongside.duties.queries import merged
from alongside.keywork.models import Booking
from alongside.kit import clock
from alongside.kit.together import read
from alongside.organisation.models import Capacity, Scheme, Staff, StandIn
from alongside.overview.queries.accounted import (
    Answered,
    Blame,
    House,
    Told,
    Unowned,
    capital,
    one_of,
)
from alongside.overview.queries.begun import (
    drafts_begun,
    forms_begun,
    unfinished_drafts,
    unfinished_forms,
)
from alongside.plans.models import GOES_ON, Goal, GoalResult, HandedOn, Plan, PlanAction, Who
from alongside.reviews.models import Review
from alongside.stays.models import Stay
from alongside.ui.addresses import address, address_about

MOST = 500
"""Of one kind at a time; what is more stands in the next part."""


def answers_about(stay: Stay, *, viewer: Staff, part: int = 0) -> Told[Answered]:
    """All that is open about one person: what nobody answers for first, then by name; of each kind
    no more than `MOST`, from the one that `part` begins with.

    Four queries. Source: key worker policy, Policy statement (clear lines of accountability).
    """
    house = House(stay.scheme, {stay.pk: stay})
    of = _Asked(house, viewer, part=part)
    found = [*_told(house, of), *(() if part else _delegated(house, stay))]
    told = Told(sorted(found, key=_by_name))
    told.more = of.more
    return told


def unowned_at(scheme: Scheme, *, viewer: Staff, part: int = 0) -> Told[Unowned]:
    """What nobody answers for at a scheme, about anybody whose file the viewer may open, and of
    the service itself; what one step mends stands together, the longest due first. Of each kind no
    more than `MOST`, from the one that `part` begins with.

    Four queries.
    """
    open_cases = Q(moved_out_on=None) | Q(case_kept_open=True)
    mine = Stay.objects.visible_to(viewer).for_page().filter(open_cases, scheme=scheme)
    house = House(scheme, {stay.pk: stay for stay in mine})
    of = _Asked(house, viewer, unowned=True, part=part)
    found = [one for one in _told(house, of) if one.staff is None]
    together: dict[tuple[str, ...], Unowned] = {}
    for one in sorted(found, key=lambda one: (one.by_on or date.max, one.about, one.says)):
        whose = str(one.stay.pk) if one.stay else one.about
        begun = Unowned(one.about, one.why, one.to_do, one.door, one.stay)
        together.setdefault((whose, one.why, one.to_do, one.door), begun).things.append(one)
    told = Told(together.values())
    told.more = of.more
    return told


def _by_name(one: Answered) -> tuple[Any, ...]:
    return (one.staff is not None, one.who, str(one.staff and one.staff.pk),
            one.by_on or date.max, one.says)  # fmt: skip


def _told(house: House, of: _Asked) -> Iterator[Answered]:
    """Everything open about the people of this house; or only what could be nobody’s."""
    read(*of.kinds, of.handed)
    yield from _plans(house, of.plans, of.goals)
    yield from _actions(house, of.actions, of.handed)
    yield from _duties(house, of.duties)
    yield from _meetings(house, of.reviews, of.sessions)
    yield from _aftercare(house, of.episodes)
    yield from forms_begun(house, of.sheets)
    yield from drafts_begun(house, of.drafts)


class _Asked:
    """What is read: of the people of a house, all that is open; or only what may be nobody’s."""

    def __init__(
        self, house: House, viewer: Staff, *, unowned: bool = False, part: int = 0
    ) -> None:
        cut = slice(part * MOST, (part + 1) * MOST)
        keys, working = list(house.stays), list(house.working)
        led = house.unled if unowned else keys
        result = GoalResult.objects.filter(stay=OuterRef("plan__stay"), line=OuterRef("line"))
        latest = result.order_by("-recorded_at").values("result")[:1]
        goals = Goal.objects.filter(plan__stay__in=led, plan__in_force_at__isnull=False)
        open_goals = goals.filter(plan__replaced_at=None).annotate(told=Subquery(latest))
        going = Q(told=None) | Q(told__in=GOES_ON)
        plans = Plan.objects.filter(stay__in=led, replaced_at=None)
        self.plans: QuerySet[Plan] = plans.order_by("number", "pk")[cut]
        self.goals: QuerySet[Goal] = (
            open_goals.filter(going).select_related("plan").order_by("pk")[cut]
        )
        actions = PlanAction.objects.filter(stay__in=keys).open()
        duties = Duty.objects.visible_to(viewer).outstanding(house.today)
        reviews = Review.objects.standing().filter(stay__in=keys, completed_at=None)
        sessions = Booking.objects.open().filter(stay__in=keys)
        if unowned:
            gone = Q(who=Who.STAFF) & ~Q(staff__in=working)
            actions = actions.filter(gone | (~Q(who=Who.STAFF) & Q(stay__in=led)))
            duties = duties.filter(Q(stay__in=keys) | Q(stay=None), scheme=house.scheme)
            lost = [Q(stay=pk, owed_by=lead) for pk, lead in house.shut_out.items()]
            duties = duties.filter(reduce(or_, lost, Q(owed_by=None)))
            reviews = reviews.exclude(led_by__in=working)
            sessions = sessions.exclude(worker__in=working)
        else:
            duties = duties.filter(stay__in=keys)
        self.actions = actions.select_related("staff").soonest_first()[cut]
        handed = HandedOn.objects.open().filter(action__in=actions.order_by().values("pk"))
        self.handed: QuerySet[HandedOn] = handed.select_related("to")[:MOST]
        self.duties = duties.select_related("owed_by", "instead_of").order_by("due_on", "pk")[cut]
        self.reviews = reviews.select_related("led_by").order_by("planned_on", "pk")[cut]
        self.sessions = sessions.select_related("worker").order_by("starts_at", "pk")[cut]
        self.episodes: QuerySet[Episode] = (
            Episode.objects.open().filter(stay__in=led).order_by("pk")[cut]
        )
        self.sheets = unfinished_forms(house, viewer, unowned=unowned)[cut]
        self.drafts = unfinished_drafts(house, unowned=unowned)[cut]
        self.kinds: tuple[QuerySet[Any, Any], ...] = (
            self.plans, self.goals, self.actions, self.duties, self.reviews, self.sessions,
            self.episodes, self.sheets, self.drafts,
        )  # fmt: skip

    @property
    def more(self) -> bool:
        """Whether there may be more of some kind than were read."""
        return any(len(rows) >= MOST for rows in self.kinds)


def _plans(house: House, plans: Iterable[Plan], goals: Iterable[Goal]) -> Iterator[Answered]:
    for plan in plans:
        stay = house.stays[plan.stay_id]
        term = capital(stay.pack.term("plan").singular)
        says = f"Version {plan.number}: {plan.state.label[:1].lower()}{plan.state.label[1:]}"
        yield one_of(
            house, stay, term, says, _plan_of(stay), by_on=plan.look_again(),
            blame=house.lead_of(stay),
        )  # fmt: skip
    for goal in goals:
        stay = house.stays[goal.plan.stay_id]
        blame = house.lead_of(stay)
        yield one_of(house, stay, "Goal", goal.words, _plan_of(stay), by_on=goal.by_on, blame=blame)


def _actions(
    house: House, actions: Iterable[PlanAction], handed: Iterable[HandedOn]
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
            blame = Blame(blame.staff, f"{blame.why}; handed on to {' and '.join(to)}")
        yield one_of(house, stay, "Action", action.text, page, by_on=action.when_on, blame=blame)


def _done_by(action: PlanAction, stay: Stay, blame: Blame) -> Blame:
    """The same, with who does it, for it is not who answers for it."""
    if blame.staff is None:
        return blame
    does = {Who.RESIDENT: stay.resident.first_name, Who.OTHER: action.agency}.get(Who(action.who))
    return Blame(blame.staff, f"{blame.why}; {does} does it" if does else blame.why)


def _duties(house: House, duties: Iterable[Duty]) -> Iterator[Answered]:
    rows = list(duties)
    for duty in rows:
        duty.scheme = house.scheme
        duty.stay = house.stays.get(duty.stay_id) if duty.stay_id else None
    for duty in merged(rows):
        page = address_about("casefile:duty", duty.pk)
        yield one_of(
            house, duty.stay, "Owed", duty.says, page, by_on=duty.due_on,
            blame=_owes(house, duty), about=duty.about,
        )  # fmt: skip


def _owes(house: House, duty: Duty) -> Blame:
    pack = duty.stay.pack if duty.stay else house.scheme.pack
    said = owner_says(duty, pack)
    if duty.stay and duty.owed_by and house.shut_out.get(duty.stay.pk) == duty.owed_by:
        return house.lead_of(duty.stay)
    if duty.owed_by:
        return Blame(duty.owed_by, _because(said, duty.owed_by))
    roles = [pack.roles[key].says for key in duty.owner if key in pack.roles]
    if duty.stay and LEAD in duty.owner and pack.has_key_working:
        term = pack.term("key_worker").singular
        page = address_about("allocations:allocation", duty.stay.pk)
        return Blame(None, capital(said), f"Name a {term}.", page)
    asked = f"Give somebody this role: {' or '.join(roles)}." if roles else "Name a line manager."
    return Blame(None, capital(said), asked, address("team:team", house.scheme))


def _because(said: str, staff: Staff) -> str:
    return said.removeprefix(f"{staff.name}, ").removeprefix("as ")


def _meetings(
    house: House, reviews: Iterable[Review], sessions: Iterable[Booking]
) -> Iterator[Answered]:
    for review in reviews:
        stay = review.stay = house.stays[review.stay_id]
        page = address_about("reviews:review", review.pk)
        blame = house.named(
            review.led_by, "leads it", "Cancel it, and set it up with somebody who does.", page
        )
        kind = capital(stay.pack.term("review").singular)
        yield one_of(house, stay, kind, review.says, page, by_on=review.on, blame=blame)
    for session in sessions:
        stay = house.stays[session.stay_id]
        page = address_about("keywork:booking", session.pk)
        blame = house.named(session.worker, "holds it", "Move it to somebody who does.", page)
        on = session.starts_at.astimezone(house.scheme.zone)
        kind = capital(stay.pack.term("session").singular)
        yield one_of(house, stay, kind, f"{on:%A, %H:%M}", page, by_on=on.date(), blame=blame)


def _aftercare(house: House, episodes: Iterable[Episode]) -> Iterator[Answered]:
    for episode in episodes:
        stay = house.stays[episode.stay_id]
        page = address_about("aftercare:aftercare", stay.pk)
        yield one_of(
            house, stay, "After the move", "Support until it ends", page,
            by_on=episode.until_on, blame=house.lead_of(stay),
        )  # fmt: skip


def _delegated(house: House, stay: Stay) -> Iterator[Answered]:
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
                yield one_of(house, stay, "Delegated", said.says, "", by_on=until, blame=blame)


def _plan_of(stay: Stay) -> str:
    return address_about("plans:plan", stay.pk)
