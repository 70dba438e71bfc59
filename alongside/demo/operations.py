"""Tells the whole demo: the house, the lives in it, and those who came no further than the door."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.demo.climbing import climb, part_of_the_way, slip
from alongside.demo.house import TELLER, House, close_a_bed, found
from alongside.demo.lives import Happening, Life, tell
from alongside.demo.meeting import induct, monthly_days, review
from alongside.demo.people import RESIDENTS
from alongside.demo.this_week import tell_this_week
from alongside.duties.operations import work_out
from alongside.kit import clock
from alongside.organisation.models import Scheme

SEED = 14
MONTHS_OF_HISTORY = 14
WORKERS = 3
EMPTY_BEDS = 2
REVIEWED_FOR_WEEKS = 7
MOST = 0.85
SLIPS = 7


@operation("demo.life_told", needs=None)
def tell_a_life(scheme: Scheme, *, by: Actor, life: Life, until: datetime) -> Scheme:
    """Tell one resident's time here. One operation, so that what follows is worked out once."""
    last = life.moved_out_on or until.date()
    tell(life, until=until, more=[*_meetings(life, last), *_climbs(life, last)])
    return scheme


@operation("demo.week_told", needs=None)
def tell_of_this_week(scheme: Scheme, *, by: Actor, house: House, now: datetime) -> Scheme:
    """Tell what is going on just now. One operation, for the same reason."""
    tell_this_week(house, now=now)
    return scheme


def _meetings(life: Life, last: date) -> Iterator[Happening]:
    yield life.at(life.moved_in_on, 16), partial(induct, life)
    leader = life.house.staff.get("coordinator", [life.worker])[0]
    recent = clock.today() - timedelta(weeks=REVIEWED_FOR_WEEKS)
    for day in monthly_days(life.moved_in_on, last):
        if day > recent and life.rng.random() < MOST:
            for before, act in review(life, "monthly", leader):
                yield life.at(day + before, 15), act
    for day in (life.moved_in_on + timedelta(days=60),):
        if recent < day <= last and life.rng.random() < MOST:
            for before, act in review(life, "manager", life.manager):
                yield life.at(day + before, 16), act


def _climbs(life: Life, last: date) -> Iterator[Happening]:
    day, pace = life.moved_in_on, timedelta(days=int(75 - 40 * life.drive))
    while (day := day + pace) <= last - timedelta(days=12):
        yield life.at(day, 13), partial(climb, life)
    if last - life.moved_in_on > timedelta(days=20):
        yield life.at(last - timedelta(days=8), 13), partial(part_of_the_way, life)
    if life.slips:
        yield life.at(last - timedelta(days=4), 13), partial(slip, life)


def tell_the_demo(say: object = None) -> tuple[House, House]:
    """Set up everything and tell fourteen months of it. Deterministic, at dates before today."""
    now = clock.now()
    rng = Random(SEED)
    opened = now.date() - timedelta(days=31 * MONTHS_OF_HISTORY)
    with clock.standing_at(now - timedelta(days=31 * MONTHS_OF_HISTORY + 30)):
        mill, quay = found(opened - timedelta(days=30))
    for life in _lives(mill, quay, rng, now.date(), opened):
        tell_a_life(life.house.scheme, by=TELLER, life=life, until=now)
    tell_of_this_week(mill.scheme, by=TELLER, house=mill, now=now)
    with clock.standing_at(now - timedelta(days=6)):
        close_a_bed(mill, mill.beds[-1], on=clock.today())
    for house in (mill, quay):
        work_out(house.scheme, by=TELLER)
    return mill, quay


def _lives(mill: House, quay: House, rng: Random, today: date, opened: date) -> list[Life]:
    people = iter(RESIDENTS)
    lives: list[Life] = []
    workers = mill.staff["key_worker"]
    occupied = mill.beds[:-EMPTY_BEDS]
    for number, bed in enumerate(occupied):
        worker, index = workers[number % WORKERS], number // WORKERS
        slot = (index % 5, 10 + 2 * (index // 5))
        for moved_in, moved_out in _spans(rng, today, opened, twice=number % 3 == 0):
            lives.append(
                Life(mill, next(people), bed, worker, slot, moved_in, moved_out,
                     drive=round(rng.uniform(0.25, 0.9), 2), rng=Random(rng.random()),
                     slips=number == SLIPS and moved_out is None)
            )  # fmt: skip
    women = [person for person in people if person[4] == "woman"][:4]
    for number, (person, bed) in enumerate(zip(women, quay.beds, strict=False)):
        moved_in = today - timedelta(days=30 * (number + 2))
        lives.append(
            Life(quay, person, bed, quay.first("key_worker"), (number, 11), moved_in, None,
                 drive=0.6, rng=Random(rng.random()))
        )  # fmt: skip
    return lives


def _spans(
    rng: Random, today: date, opened: date, *, twice: bool
) -> list[tuple[date, date | None]]:
    """When a bed was lived in: by one person, or by one who left and one who came after."""
    if not twice:
        return [(today - timedelta(days=rng.randint(10, 260)), None)]
    first = opened + timedelta(days=rng.randint(0, 50))
    left = first + timedelta(days=rng.randint(90, 230))
    second = min(left + timedelta(days=rng.randint(3, 20)), today - timedelta(days=9))
    return [(first, left), (second, None)]
