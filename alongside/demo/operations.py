"""Tells the whole demo: the house, the lives in it, and those who came no further than the door."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from random import Random

from alongside.audit.actors import Actor
from alongside.audit.operation import as_one, operation
from alongside.demo.besides import close_last_month, tell_what_is_kept_besides
from alongside.demo.climbing import climb, part_of_the_way, slip
from alongside.demo.differing import differ
from alongside.demo.elsewhere.telling import tell_elsewhere
from alongside.demo.house import TELLER, House, close_a_bed, found
from alongside.demo.lives import Happening, Life, tell
from alongside.demo.meeting import induct, managers_days, monthly_days, review
from alongside.demo.otherwise import excuse_something
from alongside.demo.people import RESIDENTS
from alongside.demo.this_week import tell_quay_street, tell_this_week
from alongside.demo.turns import turns_of
from alongside.duties.operations import work_out
from alongside.kit import clock
from alongside.organisation.models import Scheme

SEED = 14
MONTHS_OF_HISTORY = 14
WORKERS = 3
EMPTY_BEDS = 2
SET_UP_AHEAD = timedelta(days=6)
NOT_YET = 0.1
DAYS_HERE = (
    3, 9, 17, 24, 31, 38, 45, 52, 60, 66, 73, 80, 88, 95, 103, 110, 118, 126, 135, 147, 160, 175,
    190, 215, 260, 340,
)  # fmt: skip
# What goes otherwise, and for whom of those who stay: the first is who has been here longest.
TURNED: dict[str, tuple[int, ...]] = {
    "slips": (3,),
    "lapse": (5, 7),
    "keeps": (7,),
    "night": (0, 1),
    "cancelled": (0,),
    "tonight": (0, 2),
    "late_note": (4, 12),
    "corrected": (6, 9),
    "confidential": (2, 8, 14),
    "another_worker": (10,),
    "does_not_sign": (11,),
    "refuses": (13, 18),
    "substitute": (15, 22),
    "reads_it": (15,),
}
QUICK = {"night", "tonight", "cancelled"}
LEAVING = (
    ("planned", "", "A council flat in Northgate"),
    ("planned", "", "A room in a shared house near work"),
    ("unplanned", "", "Went back to family in Leeds"),
    ("planned", "", "Supported flat, Riverside"),
    (
        "asked_to_leave",
        "Threats to another resident, twice, after two reviews.",
        "The night shelter",
    ),
    ("planned", "", "A private tenancy with a guarantor"),
)


@operation("demo.life_told", needs=None)
def tell_a_life(scheme: Scheme, *, by: Actor, life: Life, until: datetime) -> Scheme:
    """Tell one resident's time here, all or nothing of it."""
    last = life.moved_out_on or until.date()
    tell(
        life,
        until=until,
        more=[*_meetings(life, last), *_climbs(life, last), *turns_of(life, last)],
    )
    return scheme


@operation("demo.week_told", needs=None)
def tell_of_this_week(scheme: Scheme, *, by: Actor, house: House, now: datetime) -> Scheme:
    """Tell what is going on just now. One operation, for the same reason."""
    tell_this_week(house, now=now)
    return scheme


@operation("demo.other_house_told", needs=None)
def tell_of_quay_street(scheme: Scheme, *, by: Actor, house: House, now: datetime) -> Scheme:
    """Tell what is going on at the other hostel. One operation, for the same reason."""
    tell_quay_street(house, now=now)
    return scheme


def _meetings(life: Life, last: date) -> Iterator[Happening]:
    yield life.at(life.moved_in_on, 16), partial(induct, life)
    leader = life.house.staff.get("coordinator", [life.worker])[0]
    # Whoever stays on has the next ones in the diary already.
    until = last if life.moved_out_on else last + SET_UP_AHEAD
    for kind, days, led_by, hour in (
        ("monthly", monthly_days(life, until), leader, 15),
        ("manager", managers_days(life, until), life.manager, 16),
    ):
        for day in days:
            held = day <= last and not (day == days[-1] and life.rng.random() < NOT_YET)
            yield from review(life, kind, led_by, day, hour=hour, held=held)


def _climbs(life: Life, last: date) -> Iterator[Happening]:
    day, pace = life.moved_in_on, timedelta(days=int(100 - 50 * life.drive))
    while (day := day + pace) <= last - timedelta(days=12):
        yield life.at(day, 13), partial(climb, life)
    if last - life.moved_in_on > timedelta(days=20):
        yield life.at(last - timedelta(days=8), 13), partial(part_of_the_way, life)
    if "slips" in life.turns:
        yield life.at(last - timedelta(days=4), 13), partial(slip, life)


def tell_the_demo(say: Callable[[str], object] = lambda _: None) -> tuple[House, House]:
    """Set up everything and tell fourteen months of it. Deterministic, at dates before today.

    `say` is told what comes next, for whoever waits.
    """
    now = clock.now()
    say("Telling fourteen months at the hostel …")
    rng = Random(SEED)
    opened = now.date() - timedelta(days=31 * MONTHS_OF_HISTORY)
    with as_one(), clock.standing_at(now - timedelta(days=31 * MONTHS_OF_HISTORY + 30)):
        mill, quay = found(opened - timedelta(days=30))
    with as_one():  # what follows from all these lives is worked out once
        for life in _lives(mill, quay, rng, now.date(), opened):
            tell_a_life(life.house.scheme, by=TELLER, life=life, until=now)
    tell_of_this_week(mill.scheme, by=TELLER, house=mill, now=now)
    tell_of_quay_street(quay.scheme, by=TELLER, house=quay, now=now)
    with clock.standing_at(now - timedelta(days=6)):
        close_a_bed(mill, mill.beds[-1], on=clock.today())
    tell_what_is_kept_besides(mill.scheme, by=TELLER, house=mill, now=now)
    differ(mill)  # which works out all that Mill House owes
    excuse_something(mill)
    close_last_month(mill, now)
    work_out(quay.scheme, by=TELLER)
    say("Telling of the five other services …")
    tell_elsewhere(now)
    return mill, quay


def _lives(mill: House, quay: House, rng: Random, today: date, opened: date) -> list[Life]:
    """Who lived in which bed, with whom, from when: first those who left, then those here."""
    people = iter(RESIDENTS)
    lives: list[Life] = []
    workers = mill.staff["key_worker"]
    beds = mill.beds[:-EMPTY_BEDS]
    days_here = rng.sample(DAYS_HERE, len(DAYS_HERE))
    for number, bed in enumerate(beds):
        index = number // WORKERS
        slot = (index % 5, 10 + 2 * (index // 5))
        here = today - timedelta(days=days_here[number])
        spans = [*_before(rng, here, opened, number), (here, None)]
        for moved_in, moved_out in spans:
            life = Life(
                mill, next(people), bed, workers[number % WORKERS], slot, moved_in, moved_out,
                drive=round(rng.uniform(0.25, 0.9), 2), rng=Random(rng.random()),
            )  # fmt: skip
            lives.append(life)
            if moved_out:
                life.left_because, life.left_words, life.destination = LEAVING[
                    len(lives) % len(LEAVING)
                ]
    staying = [life for life in lives if life.moved_out_on is None]
    for key, place in TURNED.items():
        for at in place:
            # The longest stay first, so that what needs time to have happened has had it.
            life = sorted(staying, key=lambda one: one.moved_in_on)[at]
            life.turns |= {key}
            life.drive = 0.95 if key in QUICK else life.drive
            # An hour that is free with every key worker.
            life.slot = (4, 9) if key == "another_worker" else life.slot
    women = [person for person in people if person[4] == "woman"][:4]
    for number, (person, bed) in enumerate(zip(women, quay.beds, strict=False)):
        moved_in = today - timedelta(days=30 * (number + 2))
        lives.append(
            Life(quay, person, bed, quay.first("key_worker"), (number, 11), moved_in, None,
                 drive=0.6, rng=Random(rng.random()))
        )  # fmt: skip
    return lives


def _before(rng: Random, here: date, opened: date, number: int) -> list[tuple[date, date | None]]:
    """Who had the bed before, in every second case where there was time for it."""
    left = here - timedelta(days=rng.randint(2, 12))
    came = max(left - timedelta(days=rng.randint(50, 110)), opened)
    return [(came, left)] if number % 2 == 0 and (left - came).days > 45 else []
