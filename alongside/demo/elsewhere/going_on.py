"""What goes on just now: who is away and who stands in, a rota, a wish, a task handed on."""

from __future__ import annotations

from datetime import datetime, timedelta

from alongside.absence.models import Absence, Cover
from alongside.absence.operations import (
    approve_leave,
    arrange,
    ask_for_cover,
    ask_for_leave,
    report_sick,
)
from alongside.absence.queries import held_during
from alongside.allocations.operations import (
    arrange_jointly,
    ask_for_change,
    record_wish,
    write_joint_entry,
)
from alongside.allocations.shared import shared_duties
from alongside.cover.operations import take_on
from alongside.demo.elsewhere.acts import Person, fill_in
from alongside.demo.house import House
from alongside.keywork.operations import book_time
from alongside.keywork.queries.week import begins_on
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.rota.operations import put_down, write_contingency_plan

DAY = timedelta(days=1)
DAYS_OF_ROTA = 11
LEAVE = timedelta(days=6)


def tell_what_goes_on(house: House, people: list[Person], *, now: datetime) -> None:
    """Each service has something of its own."""
    with clock.standing_at(now - timedelta(hours=20)):
        _booked_ahead(people)
    match house.scheme.pack.key:
        case "aotearoa-transitional":
            _leave_ahead(house, now)
        case "childrens-home":
            _sick_today(house, now)
            _rota(house, now)
            _asks_for_another(people, now)
        case "supported-living":
            _chosen(people, now)
        case "coordinated-care":
            _handed_on(people, now)


def _booked_ahead(people: list[Person]) -> None:
    for person in people[::2]:
        pack = person.house.scheme.pack
        book_time(
            person.stay, by=person.worker, worker=person.worker,
            on=clock.today(person.house.scheme.time_zone) + 3 * DAY,
            starts=datetime(2000, 1, 1, 9 + person.number).time(),  # noqa: DTZ001  a time of day
            venue=pack.choices("venues").keys()[0], arranged="staff",
        )  # fmt: skip


def _leave_ahead(house: House, now: datetime) -> None:
    """The first key worker is on leave next week; most people know whom they see then."""
    worker, leader = house.staff["key_worker"][0], house.staff["team_leader"][0]
    first = now.astimezone(house.scheme.zone).date() + 5 * DAY
    with clock.standing_at(now - timedelta(days=8)):
        asked = ask_for_leave(
            house.scheme, by=worker, worker=worker, from_on=first, until_on=first + LEAVE,
            reason="annual",
        )  # fmt: skip
        leave = _fresh(approve_leave(asked, by=leader, decision_words="Enjoy the break."))
    with clock.standing_at(now - timedelta(days=1)):
        for stay in held_during(leave)[:-2]:
            arrange(
                stay, by=worker, absence=_fresh(leave),
                met_on=clock.today(house.scheme.time_zone),
                agreed="Sees the other key worker on the usual day.",
            )  # fmt: skip


def _sick_today(house: House, now: datetime) -> None:
    """One key worker rang in sick; a colleague said yes for one young person, another is silent."""
    sick_worker, colleague = house.staff["key_worker"][1], house.staff["key_worker"][0]
    manager, deputy = house.staff["manager"][0], house.staff["deputy"][0]
    with clock.standing_at(now - timedelta(hours=4)):
        sick = _fresh(report_sick(house.scheme, by=manager, worker=sick_worker))
        stays = held_during(sick)
        ask_for_cover(sick, by=manager, to_worker=colleague, stays=stays[:1])
        ask_for_cover(sick, by=manager, to_worker=deputy, stays=stays[1:2])
    with clock.standing_at(now - timedelta(hours=3)):
        cover = Cover.objects.select_related(*Cover.LOCK_WITH).get(
            absence=sick, to_worker=colleague
        )
        take_on(cover, by=colleague)


def _rota(house: House, now: datetime) -> None:
    """From Monday on, eleven days of shifts, with one late shift short."""
    manager = house.staff["manager"][0]
    monday = begins_on(house.scheme, now.astimezone(house.scheme.zone).date())
    team = [house.staff["key_worker"][0], *house.staff["support_worker"], house.staff["deputy"][0]]
    with clock.standing_at(now - timedelta(days=9)):
        for number in range(DAYS_OF_ROTA):
            on = monday + number * DAY
            for shift, worker in _day(house, team, number):
                if not (number == DAYS_OF_ROTA - 3 and shift == "late"):
                    put_down(house.scheme, by=manager, on=on, shift=shift, worker=worker)
            put_down(
                house.scheme, by=manager, on=on, shift="sleep_in", agency_name="Jo Park",
                agency="Bridge Care",
            )  # fmt: skip
        write_contingency_plan(
            house.scheme, by=manager, scenario="short_staffed",
            steps="Ask the shift that is here to stay.\nCall down the list.",
            calls="Karen Whitcombe, 07700 900201\nLeon Baptiste, 07700 900202",
        )  # fmt: skip


def _day(house: House, team: list[Staff], number: int) -> list[tuple[str, Staff]]:
    turned = [team[(number + place) % len(team)] for place in range(len(team))]
    return [
        ("early", turned[0]), ("early", turned[1]), ("late", turned[2]), ("late", turned[3]),
        ("night", house.staff["night_worker"][0]), ("on_call", house.staff["manager"][0]),
    ]  # fmt: skip


def _asks_for_another(people: list[Person], now: datetime) -> None:
    with clock.standing_at(now - timedelta(days=2)):
        ask_for_change(
            people[2].stay, by=people[2].other, reason="not_working",
            words="Said in the car that they never get to finish a sentence.",
        )  # fmt: skip


def _chosen(people: list[Person], now: datetime) -> None:
    """Two have said whom they would like; the last to come is still to choose."""
    with clock.standing_at(now - timedelta(days=3)):
        record_wish(people[-1].stay, by=people[-1].worker, wish="named",
                    worker=people[0].worker, words="She has a dog, like me.")  # fmt: skip
        fill_in(people[1], "joint-working")
        _shared(people[0])


def _shared(person: Person) -> None:
    """Two link workers share the work with the first of them, and have written into their log."""
    manager, those = person.house.staff["manager"][0], person.house.staff["key_worker"]
    second = next(one for one in those if one != person.worker)
    duties = shared_duties(person.house.scheme.pack)
    made = arrange_jointly(
        person.stay, by=manager, workers=[second], overseer=manager,
        shares=[(duty.key, (person.worker, second)[n % 2]) for n, duty in enumerate(duties)],
    )  # fmt: skip
    write_joint_entry(
        made, by=second, kind="change", words="Wants his tea at four now, not at three."
    )


def _handed_on(people: list[Person], now: datetime) -> None:
    """The co-ordinator hands a task to a support worker, in writing."""
    with clock.standing_at(now - timedelta(days=16)):
        fill_in(people[0], "delegated-task")
        fill_in(people[0], "medication-support")
    with clock.standing_at(now - timedelta(days=10)):
        fill_in(people[0], "medication-stock")


def _fresh(absence: Absence) -> Absence:
    return Absence.objects.for_page().get(pk=absence.pk)
