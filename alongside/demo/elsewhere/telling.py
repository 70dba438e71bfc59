"""Tells the second organisation: its people, what goes on at each service, who is away."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import partial
from random import Random

from alongside.audit.actors import Actor
from alongside.audit.operation import as_one, operation
from alongside.demo.answering import tell_who_answers
from alongside.demo.asking import tell_other_duties
from alongside.demo.besides import close_last_month, tell_what_is_kept_besides
from alongside.demo.elsewhere.acts import Person
from alongside.demo.elsewhere.auckland import tell_moving_on_from, tell_the_weeks_after
from alongside.demo.elsewhere.founding import found_elsewhere
from alongside.demo.elsewhere.going_on import tell_what_goes_on
from alongside.demo.elsewhere.people import SERVICES, Service
from alongside.demo.elsewhere.weeks import Happening, weeks_of
from alongside.demo.elsewhere.words import BY_PACK
from alongside.demo.house import TELLER, House
from alongside.demo.messages import tell_messages
from alongside.duties.operations import work_out
from alongside.kit import clock
from alongside.organisation.models import Scheme

SEED = 31
OPENED_BEFORE = timedelta(days=200)


@operation("demo.service_told", needs=None)
def tell_a_service(
    scheme: Scheme, *, by: Actor, happenings: Iterable[Happening], now: datetime
) -> Scheme:
    """Tell what happened at one service. One operation, so that what follows is worked out once."""
    for when, act in sorted(happenings, key=lambda one: one[0]):
        if when <= now:
            with clock.standing_at(when):
                act()
    return scheme


@operation("demo.service_now", needs=None)
def tell_what_is_new(scheme: Scheme, *, by: Actor, act: Callable[[], object]) -> Scheme:
    """Tell what is going on there just now. One operation, for the same reason."""
    act()
    return scheme


def tell_elsewhere(now: datetime) -> list[House]:
    """Everything of the second organisation. Deterministic, at dates before today."""
    with as_one(), clock.standing_at(now - OPENED_BEFORE):
        houses = found_elsewhere((now - OPENED_BEFORE).date())
    for service, house in zip(SERVICES, houses, strict=True):
        people = _people(service, house)
        today = now.astimezone(house.scheme.zone).date()
        told = [
            happening
            for person, who, days in zip(people, service.people, service.days, strict=True)
            for happening in weeks_of(
                person, who, moved_in_on=today - timedelta(days=days), today=today
            )
        ]
        tell_a_service(house.scheme, by=TELLER, happenings=told, now=now)
        tell_what_is_new(
            house.scheme, by=TELLER, act=partial(_just_now, service, house, people, now)
        )
        tell_what_is_kept_besides(house.scheme, by=TELLER, house=house, now=now)
        work_out(house.scheme, by=TELLER)
        close_last_month(house, now)
    return houses


def _just_now(service: Service, house: House, people: list[Person], now: datetime) -> None:
    if service.pack == "aotearoa-transitional":
        tell_moving_on_from(house, people, now=now)
        tell_the_weeks_after(service, house, now=now)
    tell_what_goes_on(house, people, now=now)
    tell_who_answers(house, now=now)
    tell_other_duties(house, now=now)
    tell_messages(house, now=now)


def _people(service: Service, house: House) -> list[Person]:
    rng, workers = Random(f"{SEED} {service.slug}"), house.staff["key_worker"]
    leader = house.staff.get("team_leader", house.staff["manager"])[0]
    others = [*house.staff.get("support_worker", workers)]
    return [
        Person(
            house, BY_PACK[service.pack], workers[number % len(workers)],
            others[number % len(others)], leader, number, Random(rng.random()),
        )
        for number in range(len(service.people))
    ]  # fmt: skip
