"""Tells the whole demo: the house, the lives in it, and those who came no further than the door."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from random import Random

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.demo.house import TELLER, House, close_a_bed, found
from alongside.demo.lives import Life, tell
from alongside.demo.people import RESIDENTS
from alongside.duties.operations import work_out
from alongside.kit import clock
from alongside.organisation.models import Scheme

SEED = 14
MONTHS_OF_HISTORY = 14
WORKERS = 3
EMPTY_BEDS = 2


@operation("demo.life_told", needs=None)
def tell_a_life(scheme: Scheme, *, by: Actor, life: Life, until: datetime) -> Scheme:
    """Tell one resident's time here. One operation, so that what follows is worked out once."""
    tell(life, until=until)
    return scheme


def tell_the_demo(say: object = None) -> tuple[House, House]:
    """Set up everything and tell fourteen months of it. Deterministic, at dates before today."""
    now = clock.now()
    rng = Random(SEED)
    opened = now.date() - timedelta(days=31 * MONTHS_OF_HISTORY)
    with clock.standing_at(now - timedelta(days=31 * MONTHS_OF_HISTORY + 30)):
        mill, quay = found(opened - timedelta(days=30))
    for life in _lives(mill, quay, rng, now.date(), opened):
        tell_a_life(life.house.scheme, by=TELLER, life=life, until=now)
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
        for moved_in, moved_out in _spans(rng, today, opened, twice=number % 2 == 0):
            lives.append(
                Life(mill, next(people), bed, worker, slot, moved_in, moved_out,
                     drive=round(rng.uniform(0.25, 0.9), 2), rng=Random(rng.random()))
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
