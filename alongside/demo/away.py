"""Who is away at the hostel of the demo, who stands in, and the rota of four weeks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from alongside.absence.models import Absence, Cover
from alongside.absence.operations import (
    approve_leave,
    arrange,
    ask_for_cover,
    ask_for_leave,
    decline_cover,
    report_sick,
)
from alongside.absence.queries import held_during
from alongside.cover.operations import take_on
from alongside.demo.house import House
from alongside.keywork.queries.week import begins_on
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.rota.models import Turn
from alongside.rota.operations import (
    answer_swap,
    clock_in,
    clock_out,
    offer_swap,
    put_down,
    write_contingency_plan,
)

DAY = timedelta(days=1)
WEEKS = 4
LATE_EVERY = 9
NOT_ARRANGED = 2
GAP_IN = 4
WEEKEND = 5  # Saturday, Monday is 0: somebody of an agency has these nights
AGREED = (
    "Sees Ben on Tuesday at ten, and rings the job centre in between.",
    "Goes on with the savings book; Grace looks at it on Thursday.",
    "No session wanted that week. Knows to ask Grace.",
)
CALLS = (
    "Grace Okafor, 07700 900101, decides whether we call an agency\n"
    "Ben Marsden, 07700 900102, can come within the hour\n"
    "Bridge Care (agency), 07700 900103, day and night"
)
STEPS = (
    "Ask the shift that is here to stay until somebody comes.\n"
    "Call down the list until there are two awake in the house.\n"
    "Put whoever comes down on the rota, agency staff by name."
)


def tell_who_is_away(house: House, *, now: datetime) -> None:
    """The rota, then Piotr's leave next week, then Ruth who rang in sick this morning."""
    week = begins_on(house.scheme, now.date())
    leave_from = week + timedelta(weeks=1)
    _rota(house, now, week, leave_from)
    _leave(house, now, leave_from)
    _sick(house, now)
    _swap(house, now)
    with clock.standing_at(now - timedelta(days=40)):
        for scenario in ("short_staffed", "nobody_came"):
            write_contingency_plan(
                house.scheme, by=house.first("manager"), scenario=scenario, steps=STEPS,
                calls=CALLS,
            )  # fmt: skip


def _leave(house: House, now: datetime, first: date) -> None:
    worker, manager = house.staff["key_worker"][1], house.first("manager")
    with clock.standing_at(now - timedelta(days=12)):
        asked = ask_for_leave(
            house.scheme, by=worker, worker=worker, from_on=first,
            until_on=first + timedelta(days=6), reason="annual",
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=11)):
        leave = approve_leave(asked, by=manager, decision_words="Enjoy it.")
    people = held_during(_fresh(leave))
    with clock.standing_at(now - timedelta(days=1)):
        for number, stay in enumerate(people[:-NOT_ARRANGED]):
            arrange(
                stay, by=worker, absence=_fresh(leave), met_on=clock.today(),
                agreed=AGREED[number % len(AGREED)],
            )  # fmt: skip


def _sick(house: House, now: datetime) -> None:
    """One said yes, one has not answered, one said no."""
    worker, manager = house.staff["key_worker"][2], house.first("manager")
    said_yes, silent, said_no = (
        house.first("coordinator"), house.first("project_worker"), house.first("support_worker"),
    )  # fmt: skip
    with clock.standing_at(now - timedelta(hours=3)):
        sick = _fresh(report_sick(house.scheme, by=manager, worker=worker))
        people = held_during(sick)
        shares = ((said_yes, people[:4]), (silent, people[4:6]), (said_no, people[6:8]))
        for colleague, stays in shares:
            if stays:
                ask_for_cover(sick, by=manager, to_worker=colleague, stays=stays)
    with clock.standing_at(now - timedelta(hours=2)):
        for cover in Cover.objects.waiting().select_related(*Cover.LOCK_WITH):
            if cover.to_worker_id == said_yes.pk:
                take_on(cover, by=said_yes)
            elif cover.to_worker_id == said_no.pk:
                decline_cover(cover, by=said_no, reason="no_time")


def _fresh(absence: Absence) -> Absence:
    return Absence.objects.for_page().get(pk=absence.pk)


def _rota(house: House, now: datetime, week: date, leave_from: date) -> None:
    """Last week, this one and the two after, with one shift too few some days from now."""
    first, manager = week - timedelta(weeks=1), house.first("manager")
    gap = now.date() + DAY * GAP_IN
    with clock.standing_at(now - timedelta(days=15)):
        for number in range(WEEKS * 7):
            on = first + DAY * number
            for shift, worker in _day(house, number, on, now.date(), leave_from):
                if not (on == gap and shift == "late"):
                    put_down(house.scheme, by=manager, on=on, shift=shift, worker=worker)
            if on.weekday() >= WEEKEND:
                put_down(
                    house.scheme, by=manager, on=on, shift="night", agency_name="Jo Park",
                    agency="Bridge Care",
                )  # fmt: skip
    _hours(house, now)


def _day(
    house: House, number: int, on: date, today: date, leave_from: date
) -> Iterator[tuple[str, Staff]]:
    """Two early, two late; a night; one on call. Whoever is free steps in for who is away."""
    pool = [
        *house.staff["key_worker"], house.first("coordinator"), house.first("project_worker"),
        house.first("support_worker"),
    ]  # fmt: skip
    turned = [pool[(2 * number + place) % len(pool)] for place in range(len(pool))]
    spare = [turned[2], turned[5]]
    for shift, places in (("early", (0, 1)), ("late", (3, 4))):
        for place in places:
            worker = turned[place]
            on_leave = worker == pool[1] and leave_from <= on < leave_from + timedelta(weeks=1)
            if on_leave or (worker == pool[2] and on > today):
                worker = spare.pop()
            yield shift, worker
    if on.weekday() < WEEKEND:
        yield "night", house.first("night_worker")
    yield "on_call", house.first("manager")


def _hours(house: House, now: datetime) -> None:
    """When people came and left in the last week; now and then somebody came late."""
    over = Turn.objects.filter(scheme=house.scheme, ends_at__lt=now, worker__isnull=False)
    for number, turn in enumerate(over.select_related(*Turn.LOCK_WITH).order_by("starts_at")):
        late = timedelta(minutes=12 if number % LATE_EVERY == 0 else -2)
        if turn.worker:
            with clock.standing_at(turn.starts_at + late):
                clock_in(turn, by=turn.worker)
            with clock.standing_at(turn.ends_at):
                clock_out(turn, by=turn.worker)


def _swap(house: House, now: datetime) -> None:
    """One swap that two agree on and that waits for the leader."""
    amina, ben = house.first("key_worker"), house.first("coordinator")
    ahead = Turn.objects.filter(
        worker=amina, cancelled_at=None, starts_at__gt=now + timedelta(days=2)
    )
    for turn in ahead.select_related(*Turn.LOCK_WITH).order_by("starts_at")[:1]:
        with clock.standing_at(now - timedelta(hours=20)):
            swap = offer_swap(turn, by=amina, to_worker=ben, words="I have a dentist that day.")
            answer_swap(swap, by=ben, agree=True)
