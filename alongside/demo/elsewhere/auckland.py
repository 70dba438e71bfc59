"""12 + 12 in Auckland: barriers, the register, viewings, a move set, one that fell through; and
the weeks after a move: contacts, week ten, an extension, a referral on, a home that was lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from random import Random

from alongside.admissions.operations import move_on
from alongside.aftercare import operations as aftercare
from alongside.aftercare.models import Episode
from alongside.demo.after_the_move import (
    a_longer_support,
    a_neighbour,
    contacts_until,
    support_after,
    whanau_say_no,
)
from alongside.demo.elsewhere.acts import Person
from alongside.demo.elsewhere.people import Service
from alongside.demo.elsewhere.weeks import arrive
from alongside.demo.elsewhere.words import AOTEAROA
from alongside.demo.house import House
from alongside.demo.moving import Workers, stays_longer
from alongside.kit import clock
from alongside.moving_on import operations
from alongside.moving_on.models import MoveOnPlan

BARRIERS = (
    ("money", "Rent arrears of 1,100 dollars", "No landlord will look yet.", "Budget service"),
    ("papers", "No photo identity", "Cannot be listed on the register.", "Hine at the library"),
    ("confidence", "Has not lived by himself since 2019", "Puts off viewings.", "His cousin"),
)  # fmt: skip
HOMES = ("12 Tōtara Rise, unit 3", "5A Pūriri Avenue", "31 Rata Street", "8 Karaka Lane",
         "2/19 Ngaio Road")  # fmt: skip
PROVIDERS = (("Mānuka Community Housing", "association"), ("Harbourview Lets", "agent"),
             ("Mr Prasad", "landlord"))  # fmt: skip
HOUSED = timedelta(days=60)


def tell_moving_on_from(house: House, people: list[Person], *, now: datetime) -> None:
    """Whoever has been here longest is furthest along."""
    for number, person in enumerate(people):
        who = _workers(person)
        stays_longer(person.stay, by=person.worker, now=now, number=number)
        plans = MoveOnPlan.objects.filter(stay=person.stay)
        if number < len(BARRIERS):
            _barrier(person, number, now)
        if plans.exists() and number == 0:
            _a_home_found(person, who, now)
        elif plans.exists() and number in {1, 2}:
            _search(person, now)
        elif plans.exists() and number == 3:
            _fell_through(person, now)
        _confirm(person, number, now)
    with clock.standing_at(now - timedelta(days=30)):
        for name, kind in PROVIDERS:
            operations.list_provider(
                house.scheme, by=people[0].worker, name=name, kind=kind, phone="09 555 0142"
            )


def _workers(person: Person) -> Workers:
    return Workers(person.worker, person.leader, person.house.staff["manager"][0])


def _barrier(person: Person, number: int, now: datetime) -> None:
    area, what, effect, helps = BARRIERS[number]
    with clock.standing_at(now - timedelta(days=24)):
        barrier = operations.name_barrier(
            person.stay, by=person.worker, area=area, what=what, since_on=person.stay.moved_in_on,
            effect=effect, who_helps=helps, step="Go there together",
        )  # fmt: skip
    if number == 1:
        with clock.standing_at(now - timedelta(days=4)):
            operations.close_barrier(
                barrier,
                by=person.worker,
                closed_on=_today(person),
                words="The card came on Monday.",
            )


def _search(person: Person, now: datetime) -> None:
    """On the Social Housing Register with a rating that rose, a paper missing, viewings."""
    by, stay = person.worker, person.stay
    with clock.standing_at(now - timedelta(days=22)):
        listed = operations.apply_for_home(
            stay, by=by, kind="register", where="Social Housing Register",
            applied_on=_today(person),
            reference=f"SHR-{4180 + person.number}",
        )  # fmt: skip
        operations.rate_application(listed, by=by, rating="B13", rated_on=_today(person))
    with clock.standing_at(now - timedelta(days=9)):
        operations.rate_application(
            listed, by=by, rating="A12", rated_on=_today(person),
            words="After the letter from the doctor about the stairs.",
        )  # fmt: skip
        operations.ask_for_evidence(
            listed, by=by, what="Three months of bank statements", asked_on=_today(person)
        )
        seen = operations.plan_viewing(
            stay, by=by, address=HOMES[person.number], landlord="Harbourview Lets",
            accompanied_by=by, application=None, starts_at=_at(person, now, -7, 11),
        )  # fmt: skip
        operations.coach_for_viewing(
            seen, by=by, coached_on=_today(person),
            words="What to ask about the bond and the heating.",
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=6)):
        operations.record_viewing(
            seen, by=by, result="let_to_other", their_view="Liked it; it went to a family."
        )
        operations.plan_viewing(
            stay, by=by, address=HOMES[person.number + 1], landlord="Mānuka Community Housing",
            accompanied_by=by, application=listed, starts_at=_at(person, now, 2, 10),
        )  # fmt: skip


def _a_home_found(person: Person, who: Workers, now: datetime) -> None:
    """The day is set; half of what the home needs is there."""
    leaves_on = now.astimezone(person.stay.scheme.zone).date() + timedelta(days=9)
    with clock.standing_at(now - timedelta(days=5)):
        operations.set_move(
            person.stay, by=who.key_worker, tenure="association", address=HOMES[0],
            landlord="Mānuka Community Housing", leaves_on=leaves_on, tenancy_starts_on=leaves_on,
            moves_in_on=leaves_on, aftercare="accepted",
        )  # fmt: skip
        for kind, phase, what in (
            ("furniture", "before", "Bed and a table"),
            ("whiteware", "before", "Fridge and washer"),
            ("utilities", "before", ""), ("transport", "on_the_day", "The van of the marae"),
            ("doctor", "after", "Register at the clinic on Rata Street"),
        ):  # fmt: skip
            step = operations.plan_home_step(
                person.stay, by=who.key_worker, kind=kind, phase=phase, what=what,
                due_on=leaves_on - timedelta(days=2),
            )  # fmt: skip
            if kind in {"furniture", "utilities"}:
                operations.do_home_step(
                    step, by=who.key_worker, done_on=_today(person), source="Home start grant"
                )


def _fell_through(person: Person, now: datetime) -> None:
    leaves_on = now.astimezone(person.stay.scheme.zone).date() + timedelta(days=4)
    with clock.standing_at(now - timedelta(days=11)):
        move = operations.set_move(
            person.stay, by=person.worker, tenure="private", address=HOMES[3], landlord="Mr Prasad",
            leaves_on=leaves_on, tenancy_starts_on=leaves_on, moves_in_on=leaves_on,
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=3)):
        operations.move_fell_through(
            move, by=person.worker, reason="landlord", words="He gave it to his nephew."
        )


def _confirm(person: Person, number: int, now: datetime) -> None:
    """The manager finds every second plan clear and achievable, once a step was taken."""
    written = MoveOnPlan.objects.filter(stay=person.stay).order_by("-number").first()
    if written and number % 2 == 0 and person.stay.nights(now.date()) > HOUSED.days:
        with clock.standing_at(now - timedelta(days=2)):
            if operations.confirm_plan.refusal(written, by=person.leader) is None:
                operations.confirm_plan(
                    written, by=person.leader, words="Clear, and it can be done."
                )


def tell_the_weeks_after(service: Service, house: House, *, now: datetime) -> None:
    """Those who have a home: each at another point of the second twelve weeks."""
    turns: tuple[Callable[[Person, Episode, datetime], None], ...] = (
        _neighbours, _missed_twice, _extended, _referred_on, _lost_the_home,
    )  # fmt: skip
    for number, ((who, came, moved), turn) in enumerate(zip(service.left, turns, strict=False)):
        person = _moved_on(house, number)
        today = now.astimezone(house.scheme.zone).date()
        came_on, secured_on = today - timedelta(days=came), today - timedelta(days=moved)
        with clock.standing_at(datetime.combine(came_on, time(12), house.scheme.zone)):
            arrive(person, who, moved_in_on=came_on, born_on=date(1974 + number, 5, 11))
        episode = support_after(
            person.stay, by=person.worker, secured_on=secured_on, ink=person.ink(),
            address=HOMES[number],
        )  # fmt: skip
        _leave(person, secured_on)
        turn(person, episode, now)


def _moved_on(house: House, number: int) -> Person:
    """Whoever moved on has no room here any more."""
    workers = house.staff["key_worker"]
    return Person(
        replace(house, beds=[]), AOTEAROA, workers[number % 2], workers[(number + 1) % 2],
        house.staff["team_leader"][0], number, Random(number),
    )  # fmt: skip


def _leave(person: Person, on: date) -> None:
    with clock.standing_at(datetime.combine(on, time(16), person.stay.scheme.zone)):
        move_on(
            person.stay, by=person.leader, moved_out_on=on, left_because="planned",
            destination="private_tenancy",
        )  # fmt: skip


def _neighbours(person: Person, episode: Episode, now: datetime) -> None:
    contacts_until(episode, by=person.worker, now=now)
    a_neighbour(person.stay, by=person.worker, now=now)
    whanau_say_no(episode, by=person.worker, ink=person.ink(), later_yes=True)


def _missed_twice(person: Person, episode: Episode, now: datetime) -> None:
    contacts_until(episode, by=person.worker, now=now, missed_last=2)
    whanau_say_no(episode, by=person.worker, ink=person.ink(), later_yes=False)


def _extended(person: Person, episode: Episode, now: datetime) -> None:
    contacts_until(episode, by=person.worker, now=now)
    a_longer_support(episode, by=person.worker, leader=person.leader, now=now)


def _referred_on(person: Person, episode: Episode, now: datetime) -> None:
    contacts_until(episode, by=person.worker, now=now)
    with clock.standing_at(now - timedelta(days=6)):
        decision = aftercare.decide_aftercare(
            episode, by=person.worker, kind="refer", reason="Her memory needs a nurse’s eye.",
            agency="Home support of the district", consent_on=_today(person),
            sent_on=_today(person),
        )  # fmt: skip
    with clock.standing_at(now - timedelta(days=1)):
        aftercare.accept_referral(
            decision, by=person.worker, accepted_on=_today(person), first_contact_on=_today(person)
        )


def _lost_the_home(person: Person, episode: Episode, now: datetime) -> None:
    contacts_until(episode, by=person.worker, now=now, missed_last=1)
    with clock.standing_at(now - timedelta(days=2)):
        aftercare.tenancy_failed(
            episode, by=person.worker, failed_on=_today(person), consent_on=_today(person),
            reason="The house was sold over his head.",
        )  # fmt: skip


def _today(person: Person) -> date:
    return clock.today(person.house.scheme.time_zone)


def _at(person: Person, now: datetime, days: int, hour: int) -> datetime:
    day = now.astimezone(person.house.scheme.zone).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), person.house.scheme.zone)
