"""What is going on at the hostel of the demo just now: the queue at the door, the workshops."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from functools import partial
from uuid import UUID

from alongside.allocations.matching import room_of
from alongside.allocations.models import LEAD
from alongside.allocations.operations import (
    ask_for_change,
    mark_case,
    rate_relationship,
    record_wish,
)
from alongside.allocations.queries import holders, loads
from alongside.allocations.shared import mark_of
from alongside.chores.models import HouseDuty
from alongside.chores.operations import check_duty, give_duty
from alongside.demo import words
from alongside.demo.answering import tell_who_answers
from alongside.demo.asking import tell_other_duties
from alongside.demo.away import tell_who_is_away
from alongside.demo.house import House
from alongside.demo.keeping import tell_what_is_kept
from alongside.demo.lives import answered
from alongside.demo.messages import tell_messages
from alongside.demo.moving import Workers, tell_moving_on
from alongside.demo.otherwise import tell_of_the_team, tell_what_went_otherwise
from alongside.demo.trusting import (
    tell_what_is_on_paper,
    tell_who_stands_in,
    tell_whose_file_is_closed,
)
from alongside.keywork.operations import offer_slots, write_note
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.plans.operations import propose_action
from alongside.portal.operations import give_address
from alongside.referrals.operations import (
    decide_referral,
    hold_interview,
    register_referral,
    screen_referral,
)
from alongside.residents.operations import (
    propose_duplicate,
    register_resident,
    set_resident_pin,
)
from alongside.stays.models import Stay
from alongside.workshops.operations import begin_programme, keep_register, plan_workshop

# Given name, family name, days since the referral, and what was decided.
AT_THE_DOOR = (
    ("Nina", "Kovacs", 16, ""),
    ("Harun", "Aydin", 12, "waiting_list"),
    ("Sasha", "Bondarenko", 9, ""),
    ("Bronwen", "Parry", 8, "waiting_list"),
    ("Jerome", "Thomas", 6, "decline"),
    ("Efua", "Boateng", 3, ""),
    ("Colm", "Doyle", 1, ""),
)
AT_QUAY_STREET = (
    ("Meera", "Pillai", 11, "waiting_list"),
    ("Josie", "Hale", 7, "waiting_list"),
    ("Agnieszka", "Sobol", 2, ""),
)
WEEKS_OF_WORKSHOPS = 12


def tell_this_week(house: House, *, now: datetime) -> None:
    """The queue, the workshops, the slots on offer, and what waits for a decision."""
    stays = list(
        Stay.objects.filter(scheme=house.scheme, moved_out_on=None)
        .select_related(*Stay.LOCK_WITH)
        .order_by("moved_in_on")
    )
    _queue(house, AT_THE_DOOR, now)
    _workshops(house, stays, now)
    _house_duties(house, stays, now)
    _cases(house, stays)
    _one_is_full(house, stays)
    tell_moving_on(stays, workers=partial(_workers, house, _leads(stays)), now=now)
    with clock.standing_at(now - timedelta(days=1)):
        _offers(house)
        _waits_for_a_decision(house, stays)
        _own_pages(house, stays[:3])
        _wishes(house, stays)
    tell_what_went_otherwise(house, stays, now=now)
    tell_of_the_team(house, stays, now=now)
    tell_who_is_away(house, now=now)
    tell_who_stands_in(house, now=now)
    tell_whose_file_is_closed(house, now=now)
    tell_what_is_kept(house, now=now)
    tell_what_is_on_paper(house, now=now)
    tell_who_answers(house, now=now)
    tell_other_duties(house, now=now)
    tell_messages(house, now=now)


def _own_pages(house: House, stays: list[Stay]) -> None:
    """A few residents have a PIN and an address of their own, and one of them an idea."""
    for stay in stays:
        worker = house.first("key_worker")
        set_resident_pin(house.scheme, by=worker, resident=stay.resident, pin=words.PIN)
        give_address(stay, by=worker)
        propose_action(stay, by=stay.resident, text="Find out about a cooking course")


def tell_quay_street(house: House, *, now: datetime) -> None:
    """The queue of the other house, the wishes of its people, the time on offer."""
    stays = list(
        Stay.objects.filter(scheme=house.scheme, moved_out_on=None)
        .select_related(*Stay.LOCK_WITH)
        .order_by("moved_in_on")
    )
    _queue(house, AT_QUAY_STREET, now)
    tell_of_the_team(house, stays, now=now)
    with clock.standing_at(now - timedelta(days=1)):
        _offers(house)
        _wishes(house, stays)


def _queue(house: House, queue: Sequence[tuple[str, str, int, str]], now: datetime) -> None:
    for given, family, days, outcome in queue:
        with clock.standing_at(now - timedelta(days=days)):
            _refer(house, given, family, outcome)


def _wishes(house: House, stays: list[Stay]) -> None:
    by, named = house.first("key_worker"), house.staff["key_worker"][-1]
    # The last to come could say best whom they want; the second waits for a decision already.
    for stay, (wish, said) in zip(reversed(stays[2:]), words.WISHES, strict=False):
        record_wish(stay, by=by, wish=wish, words=said, worker=named if wish == "named" else None)


def _cases(house: House, stays: list[Stay]) -> None:
    """Some cases are complex and count for more; some residents said how the two get on."""
    manager = house.first("manager")
    for stay, needs in zip(
        stays[1::6], (["substances", "mental_health"], ["trauma"], ["health", "homelessness"]),
        strict=False,
    ):  # fmt: skip
        mark_case(stay, by=manager, needs=needs)
    for stay, rating, said in zip(
        stays[2::5], (5, 4, 3), ("Easy to talk to.", "Always on time.", "We see too little."),
        strict=False,
    ):  # fmt: skip
        rate_relationship(stay, by=stay.resident, rating=rating, words=said)


def _one_is_full(house: House, stays: list[Stay]) -> None:
    """One key worker holds as much as anybody may: to take one more is refused, and says why."""
    leads = _leads(stays)
    held = loads(leads.values())
    fullest = max(leads.values(), key=lambda one: (held[one.pk].weighs, one.name))
    for stay in stays:
        if room_of(house.scheme, loads([fullest])[fullest.pk].weighs).is_full():
            return
        if leads.get(stay.pk) == fullest and mark_of(stay) is None:
            mark_case(stay, by=house.first("manager"), needs=["substances", "mental_health"])


def _house_duties(house: House, stays: list[Stay], now: datetime) -> None:
    """Whose turn it is this week, two a day; somebody looked until yesterday."""
    worker, kinds = (
        house.first("key_worker"),
        [one.key for one in house.scheme.pack.choices("house_duties")],
    )
    monday = now.date() - timedelta(days=now.weekday())
    with clock.standing_at(now - timedelta(days=7)):
        for number, stay in enumerate(stays[:14]):
            day = monday + timedelta(days=number // 2)
            kind = kinds[number % len(kinds)]
            if not HouseDuty.objects.filter(stay=stay, kind=kind, due_on=day).exists():
                give_duty(stay, by=worker, kind=kind, first_on=day)
    due = HouseDuty.objects.at(house.scheme).filter(due_on__lt=now.date(), result="")
    for number, duty in enumerate(
        due.select_related(*HouseDuty.LOCK_WITH).order_by("due_on", "pk")
    ):
        check_duty(duty, by=worker, result="not_done" if number == 3 else "done")


def _leads(stays: list[Stay]) -> dict[UUID, Staff]:
    """The key worker of each of these people."""
    return {key: held[LEAD] for key, held in holders(stays).items() if LEAD in held}


def _workers(house: House, leads: dict[UUID, Staff], stay: Stay) -> Workers:
    return Workers(
        key_worker=leads.get(stay.pk) or house.first("key_worker"),
        project_worker=house.first("project_worker"),
        manager=house.first("manager"),
    )


def _refer(house: House, given: str, family: str, outcome: str) -> None:
    manager = house.first("manager")
    # Where nobody is a project worker, a key worker takes referrals.
    worker = house.staff.get("project_worker", house.staff["key_worker"])[0]
    today = clock.today()
    person = register_resident(
        house.scheme, by=worker, given_name=given, family_name=family,
        gender="woman" if house.scheme.women_only else "",
    )  # fmt: skip
    agency, name = words.REFERRERS[len(family) % len(words.REFERRERS)]
    referral = register_referral(
        house.scheme, by=worker, resident=person, received_on=today, referrer_agency=agency,
        referrer_name=name, homelessness="rough_sleeping", consent_on=today,
        reason=words.REASONS[len(given) % len(words.REASONS)], risks=["none_known"],
    )  # fmt: skip
    screen_referral(referral, by=worker, on=today)
    if outcome:
        hold_interview(
            referral, by=worker, held_on=today, interviewers=[worker, manager],
            answers=answered(house.scheme.pack.sheet("interview").questions),
        )  # fmt: skip
        reasons = house.scheme.pack.reasons(f"referral_{LISTS[outcome]}")
        decide_referral(
            referral, by=manager, outcome=outcome, reason=reasons.keys()[0], decided_on=today,
            words="Talked through with them and with the agency.",
        )  # fmt: skip


LISTS = {"waiting_list": "waiting", "decline": "declined"}


def _workshops(house: House, stays: list[Stay], now: datetime) -> None:
    worker = house.first("coordinator")
    first = now - timedelta(weeks=WEEKS_OF_WORKSHOPS)
    with clock.standing_at(first):
        programme = begin_programme(house.scheme, by=worker, name="Action Training Workshops")
    for week, title in enumerate(words.WORKSHOPS[:WEEKS_OF_WORKSHOPS]):
        when = first + timedelta(weeks=week, days=1)
        with clock.standing_at(when):
            held_on = clock.today()
            workshop = plan_workshop(programme, by=worker, title=title, held_on=held_on)
            here = [stay for stay in stays if stay.moved_in_on <= held_on]
            came = {
                stay: ("attended", "attended", "absent", "attended", "excused")[(n + week) % 5]
                for n, stay in enumerate(here)
            }
            keep_register(workshop, by=worker, came=came)


def _offers(house: House) -> None:
    for number, worker in enumerate(house.staff["key_worker"]):
        offer_slots(
            house.scheme, by=worker, worker=worker,
            on=clock.today() + timedelta(days=2 + number), starts=time(14), ends=time(16),
            venue="meeting_room",
        )  # fmt: skip


def _waits_for_a_decision(house: House, stays: list[Stay]) -> None:
    amina, manager = house.staff["key_worker"][0], house.first("manager")
    theirs = [stay for stay in stays if stay.allocations.filter(worker=amina).exists()]
    ask_for_change(
        theirs[0], by=house.first("support_worker"), reason="not_working",
        words="Said at breakfast that they would rather talk to somebody else.",
    )  # fmt: skip
    record_wish(theirs[1], by=amina, wish="no_wish")
    write_note(
        theirs[2], by=amina, kind="health", restricted=True, readers=[manager],
        text="Told me something about a diagnosis, and asked that only Grace and I know.",
    )  # fmt: skip
    propose_duplicate(
        house.scheme, by=manager, one=stays[0].resident, other=stays[3].resident,
        why="Same phone number",
    )  # fmt: skip
