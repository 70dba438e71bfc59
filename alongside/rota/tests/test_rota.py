"""The rota: who is down, what is short, nights, and clocks that change."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.absence.operations import report_sick
from alongside.kit.refusal import NotPermitted, Refused
from alongside.practice.rota import ShiftKind
from alongside.rota.models import Clocking, ContingencyPlan, Level, Swap, Turn
from alongside.rota.operations import (
    answer_swap,
    clock_in,
    clock_out,
    copy_week,
    correct_clocking,
    decide_swap,
    offer_swap,
    put_down,
    set_level,
    take_off,
    write_contingency_plan,
)
from alongside.rota.queries import days_of, hours_report, shortages, week_of
from alongside.rota.times import minutes_between, span
from alongside.testing.cast import a_member_of_staff

LONDON, AUCKLAND = ZoneInfo("Europe/London"), ZoneInfo("Pacific/Auckland")
TUESDAY, WEDNESDAY = date(2026, 4, 21), date(2026, 4, 22)
NIGHT = ShiftKind("night", "Night", "22:00", "08:00", 1, "ours")


def at(on, hour, minute=0):
    return time_machine.travel(datetime.combine(on, time(hour, minute), tzinfo=LONDON), tick=False)


@pytest.fixture
def ruth(mill_house, grace):
    return a_member_of_staff(mill_house, "Ruth Abara", "key_worker", line_manager=grace)


@pytest.fixture
def early(mill_house, amina, grace):
    return put_down(mill_house, by=grace, on=TUESDAY, shift="early", worker=amina)


@pytest.fixture
def signed_in(client):
    def become(staff):
        client.force_login(staff)
        return client

    return become


def cell(scheme, on, shift):
    [day] = days_of(scheme, on, on)
    return next(one for one in day.cells if one.kind.key == shift)


@pytest.mark.req("S0-103")
@pytest.mark.parametrize(
    ("zone", "on", "hours"),
    [
        (LONDON, date(2026, 3, 28), 9),  # forward on the 29th
        (LONDON, date(2026, 10, 24), 11),  # back on the 25th
        (LONDON, date(2026, 4, 20), 10),
        (AUCKLAND, date(2026, 4, 4), 11),  # back on the 5th
        (AUCKLAND, date(2026, 9, 26), 9),  # forward on the 27th
    ],
)
def test_a_night_in_which_the_clocks_change_counts_its_real_hours(mill_house, zone, on, hours):
    mill_house.time_zone = zone.key
    assert minutes_between(*span(mill_house, on, NIGHT)) == hours * 60


@pytest.mark.req("S0-103")
def test_a_night_belongs_to_the_day_it_starts_and_the_day_has_no_gap(mill_house, ruth, grace):
    put_down(mill_house, by=grace, on=TUESDAY, shift="night", worker=ruth)

    assert [one.turn.name for one in cell(mill_house, TUESDAY, "night").down] == ["Ruth Abara"]
    assert not cell(mill_house, WEDNESDAY, "night").down
    awake = [one for one in mill_house.pack.shifts if one.awake == "waking"]
    assert {one.starts for one in awake} == {one.ends for one in awake}


@pytest.mark.req("S4-61", "S4-92")
def test_a_shift_with_too_few_is_short_until_somebody_of_an_agency_comes(mill_house, early, grace):
    assert (cell(mill_house, TUESDAY, "early").short) == 1
    assert TUESDAY in {one.on for one in shortages(mill_house)}

    put_down(
        mill_house, by=grace, on=TUESDAY, shift="early", agency_name="Jo Park", agency="Bridge Care"
    )

    assert cell(mill_house, TUESDAY, "early").short == 0


@pytest.mark.req("S4-61")
def test_whoever_is_sick_stays_visible_and_does_not_count(mill_house, early, amina, grace):
    report_sick(mill_house, by=grace, worker=amina)

    found = cell(mill_house, TUESDAY, "early")

    assert [one.counts for one in found.down] == [False]
    assert found.short == 2


@pytest.mark.req("S4-61")
def test_the_contract_of_the_scheme_goes_before_the_number_of_the_pack(mill_house, early, grace):
    set_level(
        mill_house, by=grace, shift="early", least=3, from_on=date(2026, 4, 20), source="Contract"
    )
    set_level(
        mill_house, by=grace, shift="early", least=1, from_on=date(2026, 4, 20), weekday=1,
        source="Contract, Tuesdays",
    )  # fmt: skip

    assert cell(mill_house, TUESDAY, "early").least == 1
    assert cell(mill_house, WEDNESDAY, "early").least == 3
    with pytest.raises(Refused, match="where this number comes from"):
        set_level(mill_house, by=grace, shift="early", least=3, from_on=TUESDAY, source=" ")


def test_whoever_changes_the_staffing_sees_how_it_is(mill_house, grace, client):
    set_level(
        mill_house, by=grace, shift="early", least=3, from_on=date(2026, 4, 20), weekday=5,
        source="Contract, Saturdays",
    )  # fmt: skip
    client.force_login(grace)

    page = client.get(f"/schemes/{mill_house.slug}/rota/staffing/").text

    assert "Mon 2, Tue 2, Wed 2, Thu 2, Fri 2, Sat 3, Sun 2" in page
    assert "Contract, Saturdays" in page
    assert "1 every day" in page, "the other shifts are as the pack says"


@pytest.mark.parametrize(
    ("more", "words", "field"),
    [
        ({}, "Nobody is named", "worker"),
        ({"agency_name": "Jo"}, "Nobody is named", "worker"),
        (
            {"agency_name": "Jo", "agency": "Bridge", "whom": "ruth"},
            "either somebody",
            "agency_name",
        ),
        ({"whom": "ruth", "shift": "lunch"}, "no such shift", "shift"),
        ({"whom": "owen"}, "does not work here", "worker"),
        ({"whom": "amina"}, "is down for the shift “Early” of 21 April", "worker"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(cast, early, more, words, field):
    ruth = a_member_of_staff(cast.mill_house, "Ruth Abara", "key_worker")
    people = {"ruth": ruth, "owen": cast.owen, "amina": cast.amina}
    told = {"on": TUESDAY, "shift": "early", **more, "worker": people.get(more.get("whom", ""))}
    told.pop("whom", None)
    with pytest.raises(Refused, match=words) as refused:
        put_down(cast.mill_house, by=cast.grace, **told)
    assert refused.value.field == field


def test_whoever_is_away_or_was_there_already_is_not_put_down(mill_house, amina, ruth, grace):
    report_sick(mill_house, by=grace, worker=ruth)
    with pytest.raises(Refused, match="Ruth Abara is away"):
        put_down(mill_house, by=grace, on=TUESDAY, shift="early", worker=ruth)
    with pytest.raises(Refused, match="This shift is over"):
        put_down(mill_house, by=grace, on=date(2026, 4, 19), shift="early", worker=amina)
    with pytest.raises(NotPermitted):
        put_down(mill_house, by=amina, on=TUESDAY, shift="early", worker=amina)


def test_a_week_is_copied_and_whoever_is_away_then_is_passed_over(mill_house, early, ruth, grace):
    put_down(mill_house, by=grace, on=TUESDAY, shift="late", worker=ruth)
    report_sick(mill_house, by=grace, worker=ruth)

    copy_week(mill_house, by=grace, from_on=date(2026, 4, 20), to_on=date(2026, 4, 27))

    copied = Turn.objects.filter(on=date(2026, 4, 28))
    assert [(one.shift, one.worker.name if one.worker else "") for one in copied] == [
        ("early", "Amina Yusuf")
    ]


@pytest.mark.req("S4-92")
def test_a_swap_is_offered_accepted_and_approved_and_the_rota_changes(
    mill_house, early, ruth, grace
):
    amina = early.worker
    theirs = put_down(mill_house, by=grace, on=WEDNESDAY, shift="late", worker=ruth)
    swap = offer_swap(early, by=amina, to_worker=ruth, in_exchange=theirs)
    with pytest.raises(Refused, match="has not agreed"):
        decide_swap(swap, by=grace, approve=True)
    answer_swap(swap, by=ruth, agree=True)
    assert cell(mill_house, TUESDAY, "early").down[0].turn.worker == amina

    decide_swap(swap, by=grace, approve=True)

    assert cell(mill_house, TUESDAY, "early").down[0].turn.worker == ruth
    assert cell(mill_house, WEDNESDAY, "late").down[0].turn.worker == amina
    early.refresh_from_db()
    assert "Swapped by" in early.cancelled_because


def test_a_swap_that_is_declined_or_not_ones_own_changes_nothing(mill_house, early, ruth, grace):
    with pytest.raises(NotPermitted, match="not your shift"):
        offer_swap(early, by=ruth, to_worker=grace)
    swap = offer_swap(early, by=early.worker, to_worker=ruth)
    with pytest.raises(Refused, match="being swapped already"):
        offer_swap(early, by=early.worker, to_worker=grace)
    with pytest.raises(NotPermitted, match="offered to Ruth"):
        answer_swap(swap, by=grace, agree=True)
    answer_swap(swap, by=ruth, agree=False)
    with pytest.raises(Refused, match="has not agreed"):
        decide_swap(swap, by=grace, approve=True)
    assert cell(mill_house, TUESDAY, "early").down[0].turn.worker == early.worker


@pytest.mark.req("S0-102")
def test_planned_and_worked_hours_and_punctuality_are_reported_by_name(mill_house, early, grace):
    with at(TUESDAY, 7, 40):
        came = clock_in(early, by=early.worker)
    with at(TUESDAY, 15, 30):
        clock_out(early, by=early.worker)
    with at(WEDNESDAY, 9):
        [row] = hours_report(mill_house, TUESDAY, TUESDAY).people
        assert (row.late, row.left_early, row.planned - row.worked) == (1, 0, 10)

        correct_clocking(
            came, by=grace, at=datetime.combine(TUESDAY, time(7, 30), tzinfo=LONDON),
            because="The tablet was flat; she was at handover",
        )  # fmt: skip
        [row] = hours_report(mill_house, TUESDAY, TUESDAY).people

    assert (row.late, row.difference) == (0, 0)
    first = Clocking.objects.get(pk=came.pk)
    assert first.replaced_at is not None
    assert first.at.astimezone(LONDON).time() == time(7, 40)


@pytest.mark.req("S0-102")
def test_nobody_sees_how_punctual_their_colleagues_are(mill_house, early, ruth, grace, signed_in):
    with at(WEDNESDAY, 9):
        seen = signed_in(ruth).get("/schemes/mill-house/rota/hours/").text
        assert "Amina Yusuf" not in seen.split("<main", 1)[1]
        assert "Amina Yusuf" in signed_in(grace).get("/schemes/mill-house/rota/hours/").text


def test_hours_that_cannot_be_are_refused(early, ruth, grace):
    with pytest.raises(NotPermitted, match="somebody else"):
        clock_in(early, by=ruth)
    with pytest.raises(Refused, match="not come yet"):
        clock_out(early, by=early.worker)
    with pytest.raises(Refused, match="has not come"):
        clock_in(early, by=grace, at=datetime.combine(TUESDAY, time(7, 30), tzinfo=LONDON))


@pytest.mark.req("S4-61")
def test_needed_planned_and_worked_hours_are_told_for_each_shift(mill_house, early, grace):
    with at(TUESDAY, 7, 30):
        clock_in(early, by=early.worker)
    with at(TUESDAY, 15, 30):
        clock_out(early, by=early.worker)
    with at(WEDNESDAY, 9):
        found = next(
            one for one in hours_report(mill_house, TUESDAY, TUESDAY).shifts if one.says == "Early"
        )
    assert (found.needed, found.planned, found.worked) == (960, 480, 480)


@pytest.mark.req("S4-38")
def test_the_pack_has_nights_sleeping_in_and_being_on_call(mill_house):
    assert {one.awake for one in mill_house.pack.shifts} == {"waking", "sleep_in", "on_call"}


@pytest.mark.req("S4-92")
def test_the_contingency_plan_has_its_call_order_and_a_later_one_keeps_the_first(
    mill_house, grace, signed_in
):
    calls = "Grace Okafor, 07700 900111, decides\nBridge Care, 07700 900222"
    write_contingency_plan(
        mill_house, by=grace, scenario="short_staffed", steps="Ask who is near.", calls=calls
    )
    again = write_contingency_plan(
        mill_house, by=grace, scenario="short_staffed", steps="Ask everybody.", calls=calls
    )

    assert (again.number, ContingencyPlan.objects.count()) == (2, 2)
    page = signed_in(grace).get("/schemes/mill-house/contingency/").text
    assert page.index("07700 900111") < page.index("07700 900222")
    with pytest.raises(Refused, match="has no number"):
        write_contingency_plan(
            mill_house, by=grace, scenario="short_staffed", steps="Ask.", calls="Grace Okafor"
        )


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"agency_name": "Jo", "agency": "Bridge"}, "a_turn_is_of_staff_or_of_an_agency"),
        ({"worker": None}, "a_turn_is_of_staff_or_of_an_agency"),
        ({"ends_at": datetime(2026, 4, 21, tzinfo=LONDON)}, "a_turn_ends_after_it_starts"),
        ({"cancelled_because": "No"}, "taking_off_the_rota_has_a_person_and_a_reason"),
    ],
)
def test_the_database_refuses_a_turn_that_cannot_be(early, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Turn.objects.filter(pk=early.pk).update(**change)


def test_the_database_refuses_being_down_or_coming_twice(early, grace):
    with at(TUESDAY, 8):
        clock_in(early, by=early.worker)
        with pytest.raises(IntegrityError), transaction.atomic():
            Clocking.objects.create(turn=early, what="came", at=early.starts_at, recorded_by=grace)
    swap = offer_swap(early, by=early.worker, to_worker=grace)
    with pytest.raises(IntegrityError, match="both_agree"), transaction.atomic():
        Swap.objects.filter(pk=swap.pk).update(decision="approved", decided_at=early.starts_at)
    early.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        early.save(force_insert=True)


def test_taking_off_needs_a_reason_and_keeps_the_line(mill_house, early, grace):
    with pytest.raises(Refused, match="Nothing has been written yet"):
        take_off(early, by=grace, because=" ")
    take_off(early, by=grace, because="Changed to training")
    assert Turn.objects.get().cancelled_by == grace
    assert not cell(mill_house, TUESDAY, "early").down


def test_the_week_shows_the_rota_in_the_same_few_queries(
    mill_house, early, ruth, signed_in, django_assert_max_num_queries
):
    grace = early.placed_by
    for number in range(3):
        put_down(
            mill_house, by=grace, on=WEDNESDAY + timedelta(days=number), shift="late", worker=ruth
        )
    page = signed_in(grace)
    page.get("/schemes/mill-house/rota/")
    with django_assert_max_num_queries(12):
        shown = page.get("/schemes/mill-house/rota/").text
    assert shown.count("Ruth Abara") >= 3
    assert len(week_of(mill_house, TUESDAY)) == 7


def test_a_worker_comes_and_leaves_on_their_phone(early, signed_in):
    with at(TUESDAY, 7, 30):
        page = signed_in(early.worker)
        assert "I am here" in page.get("/my-shifts/").text
        page.post(f"/shifts/{early.pk}/came/")
        assert "I am going home" in page.get("/my-shifts/").text
    with at(TUESDAY, 15, 31):
        wrong = page.post(f"/shifts/{early.pk}/at/left/", {"day": "2026-04-21", "time": "07:00"})
        assert wrong.status_code == 422
        page.post(f"/shifts/{early.pk}/left/")
    assert Clocking.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "name"), [({"source": ""}, "has_its_source"), ({"weekday": 7}, "of_a_weekday")]
)
def test_the_database_refuses_a_staffing_level_that_cannot_be(mill_house, grace, change, name):
    level = set_level(
        mill_house, by=grace, shift="early", least=3, from_on=TUESDAY, source="Contract 7"
    )
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Level.objects.filter(pk=level.pk).update(**change)


def test_the_database_refuses_a_contingency_plan_without_steps_and_two_that_hold(mill_house, grace):
    plan = write_contingency_plan(
        mill_house,
        by=grace,
        scenario="no_power",
        steps="Light the lamps.",
        calls="Grace, 07700 900111",
    )
    with pytest.raises(IntegrityError, match="says_what_to_do"), transaction.atomic():
        ContingencyPlan.objects.filter(pk=plan.pk).update(steps="")
    plan.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        plan.save(force_insert=True)
