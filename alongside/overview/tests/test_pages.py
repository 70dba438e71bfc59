"""The whole picture, who does what, and how current every file is."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.assessments.operations import start_assessment
from alongside.keywork.operations import book_time, write_note
from alongside.overview.queries.currency import current_files
from alongside.overview.queries.together import board_of
from alongside.overview.queries.whole import whole_picture
from alongside.paperwork.operations import begin_form
from alongside.plans.operations import (
    add_action,
    add_goal,
    agree_as_resident,
    agree_as_worker,
    hand_on,
    look_at_plan,
    open_version,
    propose_action,
    write_action,
    write_plan,
)
from alongside.residents.operations import add_contact
from alongside.rota.operations import put_down
from alongside.signatures.signing import Mark
from alongside.stays.models import Stay
from alongside.testing.builders import an_assessment
from alongside.testing.cast import Cast, a_member_of_staff, assemble

TODAY = date(2026, 4, 20)
LATER = datetime(2026, 7, 30, 12, tzinfo=ZoneInfo("Europe/London"))
AGAIN = date(2026, 5, 1)
DRAWN = Mark(strokes="M10 10 L20 20")


@pytest.fixture
def as_amina(client: Client, cast: Cast) -> Client:
    client.force_login(cast.amina)
    return client


def a_plan_in_force(cast: Cast, stay: Stay, *, review_on: date | None = AGAIN):
    plan = open_version(stay, by=cast.amina)
    write_plan(
        plan, by=cast.amina, voice={"wants": "A place of my own"},
        sections={"support": "Do not wake me before nine."}, review_on=review_on,
    )  # fmt: skip
    add_goal(
        plan, by=cast.amina, words="Save for a deposit", whose_idea="resident", strength="Numbers"
    )
    write_action(plan, by=cast.amina, text="Open an account", when_on=date(2026, 4, 24))
    agree_as_resident(plan, by=stay.resident, mark=DRAWN)
    agree_as_worker(plan, by=cast.amina, mark=DRAWN)
    return plan


@pytest.mark.req("S0-53")
def test_everything_that_bears_on_his_life_stands_on_one_page_with_its_day(cast, as_amina):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    an_assessment(begun, by=cast.amina)
    add_contact(
        cast.mill_house, by=cast.grace, resident=cast.tomasz.resident, name="Ewa Nowak",
        relation="Sister",
    )  # fmt: skip
    a_plan_in_force(cast, cast.tomasz)
    answers = {"agency": "Citizens Advice", "need": "My debts", "agreed": "Yes, all of it"}
    begin_form(cast.tomasz, by=cast.amina, key="agency-referral", answers=answers, finish=True)

    text = as_amina.get(reverse("overview:whole", args=[cast.tomasz.pk])).text

    for words in ("Ewa Nowak", "Sister", "My debts", "Do not wake me", "Save for a deposit"):
        assert words in text
    assert text.count('As of <time datetime="2026-04-20') >= 4


@pytest.mark.req("S0-53")
def test_money_is_left_out_for_those_who_may_not_see_it(cast):
    nia = a_member_of_staff(cast.mill_house, "Nia Cole", "night_worker")

    seen = {part.key for part in whole_picture(cast.tomasz, reader=cast.amina).parts}
    seen_by_night = {part.key for part in whole_picture(cast.tomasz, reader=nia).parts}

    assert "money" in seen
    assert "money" not in seen_by_night


@pytest.mark.req("S4-83")
def test_plan_and_risks_stand_side_by_side_and_the_coordinator_answers_for_both(db):
    court = assemble("coordinated-care")
    allocate(court.tomasz, by=court.grace, worker=court.amina)
    answers = {
        "signs": "Goes quiet", "helps": "A walk", "contacts": "His sister",
        "positive_risk": "Cooks alone",
    }  # fmt: skip
    begin_form(court.tomasz, by=court.amina, key="safety-plan", answers=answers, finish=True)
    a_plan_in_force(court, court.tomasz)

    whole = whole_picture(court.tomasz, reader=court.grace)

    assert whole.lead == court.amina
    assert ("Goal", "Save for a deposit") in whole.plan.lines
    assert ("Warning signs", "Goes quiet") in whole.risk.lines
    assert whole.risk.on == TODAY


@pytest.mark.req("S0-61")
def test_a_file_nobody_keeps_up_turns_red_after_the_limits_of_the_practice(cast, as_amina):
    write_note(cast.tomasz, by=cast.amina, kind="informal", text="Talked by the stairs.")
    a_plan_in_force(cast, cast.tomasz)
    fresh = {age.key: age for age in current_files(cast.mill_house)[0].ages}
    happened = {"happened_on": TODAY.isoformat(), "what": "A window broke."}
    begin_form(cast.tomasz, by=cast.amina, key="incident", answers=happened, finish=False)

    with time_machine.travel(LATER, tick=False):
        aged = {age.key: age for age in current_files(cast.mill_house)[0].ages}
        as_amina.force_login(cast.amina)
        text = as_amina.get(reverse("overview:current", args=["mill-house"])).text

    assert not fresh["note"].is_old
    assert not fresh["plan"].is_old
    assert fresh["note"].words == "Today"
    assert aged["note"].is_old
    assert aged["plan"].is_old
    assert "101 days ago" in text


@pytest.mark.req("S0-61")
def test_an_incident_nobody_has_looked_at_is_counted(cast):
    asked = cast.mill_house.pack.sheet("incident").questions
    answers = {one.key: "Said" for one in asked if one.required and one.kind == "long_text"}
    answers |= {one.key: TODAY.isoformat() for one in asked if one.kind == "date"}
    answers |= {one.key: "no" for one in asked if one.kind == "yes_no"}
    answers |= {one.key: "Said" for one in asked if one.kind == "text"}
    begin_form(cast.tomasz, by=cast.amina, key="incident", answers=answers, finish=True)

    waiting = {age.key: age for age in current_files(cast.mill_house)[0].ages}["incident"]

    assert waiting.words == "1 not looked at"


@pytest.mark.req("S2-04")
def test_who_cares_for_him_by_day_and_by_night_is_one_list(cast, as_amina):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    nia = a_member_of_staff(cast.mill_house, "Nia Cole", "night_worker")
    night = next(kind for kind in cast.mill_house.pack.shifts if kind.is_overnight)
    put_down(cast.mill_house, by=cast.grace, on=TODAY, shift=night.key, worker=nia)
    write_note(cast.tomasz, by=nia, kind="night", text="Slept through.")

    team = board_of(cast.tomasz).team
    text = as_amina.get(reverse("casefile:casefile", args=[cast.tomasz.pk])).text

    assert [one.name for one in team] == ["Amina Yusuf", "Nia Cole"]
    assert team[1].night
    assert team[1].when.startswith("Mon 20 Apr")
    assert "Slept through." in text


@pytest.mark.req("S2-18")
def test_who_does_what_by_when_what_is_asked_and_what_comes_next(cast, as_amina):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    ring = add_action(
        cast.tomasz, by=cast.amina, text="Ring the bank", when_on=date(2026, 4, 17), who="staff",
        staff=cast.grace,
    )  # fmt: skip
    hand_on(
        ring, by=cast.amina, to=cast.amina, instruction="Ask about a basic account.", due_on=TODAY
    )
    propose_action(cast.tomasz, by=cast.amina, text="Join the walking group")
    book_time(
        cast.tomasz, by=cast.amina, worker=cast.amina, on=date(2026, 4, 21), starts=time(14),
        venue="office",
    )  # fmt: skip

    text = as_amina.get(reverse("overview:together", args=[cast.tomasz.pk])).text
    board = board_of(cast.tomasz)

    does = {doer.name: [thing.says for thing in doer.things] for doer in board.doers}
    assert does["Grace Okafor"][0] == "Ring the bank"
    assert "Ring the bank: Ask about a basic account." in does["Amina Yusuf"]
    assert [one.says for one in board.requests] == [
        "Tomasz has not answered: Join the walking group"
    ]
    assert [(one.on, one.time) for one in board.events] == [(date(2026, 4, 21), "14:00")]
    assert "Late" in text


@pytest.mark.req("S2-26")
def test_what_names_nobody_is_the_key_workers_and_she_sees_what_others_do(cast, as_amina):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    add_action(cast.tomasz, by=cast.grace, text="Find a dentist together", who="together")
    add_action(
        cast.tomasz, by=cast.grace, text="Write to the council", who="staff", staff=cast.grace
    )

    does = {doer.name: [one.says for one in doer.things] for doer in board_of(cast.tomasz).doers}
    asked = as_amina.get(reverse("plans:new-action", args=[cast.tomasz.pk])).text
    today = as_amina.get("/").text

    assert "Find a dentist together" in does["Amina Yusuf"]
    assert f'value="{cast.amina.pk}" selected' in asked
    assert "What others do for my people" in today
    assert "Grace Okafor for Tomasz Nowak" in today


@pytest.mark.req("S4-48")
def test_a_plan_reviewed_without_a_change_is_current_again(cast):
    plan = a_plan_in_force(cast, cast.tomasz)

    with time_machine.travel(datetime(2026, 5, 4, 12, tzinfo=ZoneInfo("Europe/London"))):
        before = {age.key: age for age in current_files(cast.mill_house)[0].ages}["plan"]
        look_at_plan(plan, by=cast.amina, words="Still what he wants.", again_on=date(2026, 6, 1))
        after = {age.key: age for age in current_files(cast.mill_house)[0].ages}["plan"]

    assert before.is_old
    assert not after.is_old
    assert after.review_on == date(2026, 6, 1)


def test_each_page_asks_a_fixed_number_of_questions(cast, as_amina, django_assert_max_num_queries):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    a_plan_in_force(cast, cast.tomasz)

    for name in ("overview:whole", "overview:together"):
        with django_assert_max_num_queries(12):
            assert as_amina.get(reverse(name, args=[cast.tomasz.pk])).status_code == 200


def test_somebody_from_another_house_finds_none_of_it(cast, client):
    client.force_login(cast.owen)

    assert client.get(reverse("overview:whole", args=[cast.tomasz.pk])).status_code == 404
    assert client.get(reverse("overview:together", args=[cast.tomasz.pk])).status_code == 404
    assert client.get(reverse("overview:current", args=["mill-house"])).status_code == 404
