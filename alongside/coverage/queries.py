"""Coverage as pages ask for it: four queries for everybody, however many and however long."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from alongside.allocations.models import Allocation
from alongside.coverage.models import Coverage, Covered, Period, Standing, longest_gap
from alongside.duties.models import Duty, State
from alongside.duties.queries import excuse_among, excuses_of
from alongside.keywork.models import Session
from alongside.organisation.models import Scheme, Staff
from alongside.practice.duties import DutyKind, DutyRule
from alongside.residents.names import name_key
from alongside.stays.models import Stay

COUNTED = (
    State.MET, State.MET_LATE, State.MISSED, State.EXCUSED, State.OPEN, State.PAUSED,
)  # fmt: skip
AGAIN_AND_AGAIN = {DutyKind.FIXED, DutyKind.ROLLING}
ORDER = list(Standing)


def rules(scheme: Scheme) -> list[DutyRule]:
    """What is owed to people here and can be looked at, the sessions first, then what repeats."""
    pack = scheme.pack
    here = [
        rule for rule in pack.duties
        if rule.subject == "stay" and not rule.limit
        if not rule.feature or pack.has(rule.feature)
    ]  # fmt: skip
    return sorted(
        here,
        key=lambda rule: (
            not rule.done_by.startswith("session.held"), rule.kind not in AGAIN_AND_AGAIN,
        ),
    )  # fmt: skip


def coverage(
    scheme: Scheme, rule: str, *, first: date, last: date, worker: UUID | None = None,
    named: str = "",
) -> Coverage:  # fmt: skip
    """Everybody who was here between two days, both included; of one worker, or of one name."""
    people = {stay.pk: Covered(stay) for stay in _there(scheme, first, last, named)}
    held = _allocations(people)
    for key, allocations in held.items():
        people[key].worker = next((one.worker for one in allocations if not one.until_on), None)
    if worker:
        people = {key: one for key, one in people.items() if one.worker and one.worker.pk == worker}
    _count_duties(scheme, rule, people, first, last)
    _count_sessions(scheme, people, held, first, last)
    return Coverage(list(people.values()))


def _there(scheme: Scheme, first: date, last: date, named: str) -> Iterable[Stay]:
    there = Stay.objects.for_page().filter(scheme=scheme, moved_in_on__lte=last)
    for word in name_key(named).split():
        there = there.filter(resident__name_key__contains=word)
    return there.exclude(moved_out_on__lt=first).order_by("resident__name_key", "pk")


def _allocations(stays: Iterable[UUID]) -> dict[UUID, list[Allocation]]:
    found: dict[UUID, list[Allocation]] = defaultdict(list)
    held = Allocation.objects.leading().filter(stay_id__in=list(stays)).select_related("worker")
    for one in held.order_by("from_on", "pk"):
        found[one.stay_id].append(one)
    return found


def _count_duties(
    scheme: Scheme, rule: str, people: dict[UUID, Covered], first: date, last: date
) -> None:
    found = Duty.objects.filter(
        scheme=scheme, state__in=COUNTED, due_on__range=(first, last), key=rule,
        stay__isnull=False,
    ).order_by()  # fmt: skip
    overdue = Count("pk", filter=Q(state=State.OPEN, due_on__lt=scheme.today()))
    rows = found.values_list("stay_id", "state").annotate(n=Count("pk"), late=overdue)
    for key, state, number, late in rows:
        if one := people.get(key):
            one.states[state] += number
            one.overdue += late


def _count_sessions(
    scheme: Scheme, people: dict[UUID, Covered], held: dict[UUID, list[Allocation]],
    first: date, last: date,
) -> None:  # fmt: skip
    rows = (
        Session.objects.counting()
        .filter(stay_id__in=list(people), held_on__range=(first, last))
        .values_list("stay_id", "held_on", "held_by_id", "held_by__name")
    )
    days: dict[UUID, list[date]] = defaultdict(list)
    for key, on, by, name in rows:
        one = people[key]
        (one.own if by == _lead_on(held.get(key, ()), on) else one.stood_in)[name] += 1
        days[key].append(on)
    today = scheme.today()
    for key, one in people.items():
        stay = one.stay
        begins = max(first, stay.moved_in_on)
        ends = min(last, today, stay.moved_out_on or last)
        one.gap = longest_gap(days[key], begins, ends) if begins <= ends else None


def _lead_on(allocations: Iterable[Allocation], on: date) -> UUID | None:
    """Whose person they were that day; the day of a change is the next one's."""
    return next(
        (
            one.worker_id for one in allocations
            if one.from_on <= on and (one.until_on is None or on < one.until_on)
        ),
        None,
    )  # fmt: skip


def workers(scheme: Scheme) -> list[Staff]:
    """Who has held a case of this scheme and works here still, by name."""
    leading = Allocation.objects.leading().filter(stay__scheme=scheme)
    return list(Staff.objects.at(scheme).filter(pk__in=leading.values("worker_id")))


def periods(stay: Stay, rule: str, *, first: date, last: date) -> list[Period]:
    """Every time this duty fell due to one person in the period, the latest first."""
    due = Duty.objects.for_page().filter(
        stay=stay, key=rule, state__in=COUNTED, due_on__range=(first, last)
    )
    duties = list(due.order_by("-due_on", "-pk"))
    excuses = excuses_of(stay)
    held = list(
        Session.objects.for_page().counting()
        .filter(stay=stay, held_on__range=(first, last)).order_by("held_on", "pk")
    )  # fmt: skip
    today = stay.scheme.today()
    return [
        Period(
            duty,
            excuse_among(excuses, duty),
            [one for one in held if duty.opens_on <= one.held_on <= duty.due_on],
            overdue=duty.state == State.OPEN and duty.due_on < today,
        )
        for duty in duties
    ]
