"""Visits before moving in, their own words, and the house of Te Whare Tapa Whā."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.admissions.models import Visit
from alongside.admissions.operations import begin_admission, keep_arrival
from alongside.admissions.visiting import record_visit
from alongside.allocations.operations import allocate
from alongside.assessments.operations import (
    Said,
    complete_assessment,
    save_answers,
    start_assessment,
)
from alongside.keywork.operations import write_note
from alongside.kit.refusal import Refused
from alongside.overview.queries.arrival import Kept, arrival_of
from alongside.overview.queries.voice import voice_of
from alongside.overview.queries.whole import whole_picture
from alongside.paperwork.operations import begin_form, put_right
from alongside.plans.operations import (
    add_goal,
    agree_as_resident,
    agree_as_worker,
    open_version,
    write_action,
    write_plan,
)
from alongside.rota.operations import put_down
from alongside.signatures.signing import Mark
from alongside.testing.builders import a_referral, an_accepted_referral
from alongside.testing.cast import assemble

TODAY = date(2026, 4, 20)
FRIDAY = date(2026, 4, 17)
DRAWN = Mark(strokes="M10 10 L20 20")


@pytest.fixture
def home(db):
    return assemble("childrens-home")


@pytest.fixture
def coming(home):
    return an_accepted_referral(home.mill_house, by=home.grace)


@pytest.mark.req("S3-32")
def test_the_key_worker_joins_a_visit_and_is_on_the_rota_the_day_the_child_arrives(
    home, coming, client
):
    client.force_login(home.grace)
    new = reverse("overview:new-visit", args=[coming.pk])
    given = {
        "visited_on": "2026-04-17", "place": "The foster home", "took_part": "Rosa, Amina",
        "key_worker": home.amina.pk, "key_worker_there": "on",
        "questions": "Can I bring my rabbit?",
    }  # fmt: skip
    client.post(new, given)
    begun = begin_admission(home.mill_house, by=home.grace, referral=coming)
    keep_arrival(begun, by=home.grace, bed=home.beds[1], moved_in_on=TODAY, moved_in_at=time(14))
    page = reverse("overview:visits", args=[coming.pk])

    before = client.get(page).text
    shift = next(iter(home.mill_house.pack.shifts)).key
    put_down(home.mill_house, by=home.grace, on=TODAY, shift=shift, worker=home.amina)
    arrival = arrival_of(coming)

    assert "Can I bring my rabbit?" in before
    assert "The foster home" in before
    assert arrival.attended == 1
    assert arrival.worker == home.amina
    assert [turn.on for turn in arrival.rostered] == [TODAY]


@pytest.mark.req("S3-06")
def test_which_deadline_was_kept_for_naming_the_key_worker(home, coming):
    other = a_referral(home.mill_house, by=home.grace, name="Poppy Langton")
    for referral, worker in ((coming, home.amina), (other, None)):
        record_visit(
            referral, by=home.grace, visited_on=FRIDAY, place="Here", took_part="Rosa",
            key_worker=worker,
        )  # fmt: skip

    assert arrival_of(coming).kept == Kept.BEFORE_THE_VISIT
    assert arrival_of(other).kept == Kept.OPEN


@pytest.mark.req("S3-06")
def test_named_on_the_day_or_late_is_told_apart(home, coming):
    from alongside.testing.builders import a_stay

    stay = a_stay(home.beds[2], by=home.grace, name="Jay Clarke", moved_in_on=date(2026, 4, 13))
    coming.stay = stay
    allocate(stay, by=home.grace, worker=home.amina, from_on=date(2026, 4, 13))
    assert arrival_of(coming).kept == Kept.ON_THE_DAY

    late = a_stay(home.beds[3], by=home.grace, name="Ellie Farrow", moved_in_on=date(2026, 4, 13))
    coming.stay = late
    allocate(late, by=home.grace, worker=home.amina, from_on=TODAY)
    assert arrival_of(coming).kept == Kept.LATE


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"visited_on": date(2026, 4, 21)}, "visited_on"),
        ({"key_worker_there": True}, "key_worker"),
    ],
)
def test_a_visit_that_cannot_be_is_refused(home, coming, wrong, field):
    given = {"place": "Here", "took_part": "Rosa", "visited_on": FRIDAY}
    with pytest.raises(Refused) as no:
        record_visit(coming, by=home.grace, **{**given, **wrong})
    assert no.value.field == field


def test_the_database_refuses_a_visit_without_a_place_or_a_worker_there(home, coming):
    same = {"referral": coming, "visited_on": FRIDAY, "recorded_by": home.grace}
    for broken in (
        Visit(**same, place="", took_part="Rosa"),
        Visit(**same, place="Here", took_part="Rosa", key_worker_there=True),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            broken.save(force_insert=True)


def test_somebody_from_another_house_finds_no_visits(home, coming, client):
    client.force_login(home.owen)
    assert client.get(reverse("overview:visits", args=[coming.pk])).status_code == 404
    assert client.get(reverse("overview:new-visit", args=[coming.pk])).status_code == 404


@pytest.mark.req("S3-02")
def test_what_a_child_says_stands_together_with_what_we_did(home, client):
    child = home.tomasz
    write_note(child, by=home.amina, kind="voice", text="I want to see my nan.")
    answers = {"about": "complaint", "words": "The shower is cold.", "gathered": "wrote"}
    said = begin_form(child, by=home.amina, key="voice", answers=answers, finish=True)
    client.force_login(home.amina)
    page = reverse("overview:voice", args=[child.pk])

    before = client.get(page).text
    put_right(said, by=home.amina, answers={**answers, "response": "The boiler was mended."})
    after = client.get(page).text

    assert "I want to see my nan." in before
    assert "No answer yet" in before
    assert "they wrote or drew it" in before
    assert "The boiler was mended." in after
    assert [one.says for one in voice_of(child, reader=home.amina)].count("A complaint") == 1


@pytest.mark.req("S3-88")
def test_a_change_to_care_is_in_force_only_when_everybody_listed_has_agreed(home):
    answers = {
        "topic": next(iter(home.mill_house.pack.choices("coaching_topics"))).key,
        "effect": "He sleeps through.", "view": "It helps.", "decision": "changes",
        "change": "Every other week.", "young_person": True, "manager": True,
        "agreed_words": "At the review.", "records": ["placement_plan", "risk_assessment"],
        "amended_by": "Amina, by Friday",
    }  # fmt: skip
    with pytest.raises(Refused):
        begin_form(
            home.tomasz, by=home.amina, key="specialist-review", answers=answers, finish=True
        )

    answers["social_worker"] = True
    made = begin_form(
        home.tomasz, by=home.amina, key="specialist-review", answers=answers, finish=True
    )

    assert made.finished_at
    assert made.answers["records"] == ["placement_plan", "risk_assessment"]


@pytest.mark.req("S0-55")
def test_the_house_shows_how_each_wall_stands_with_its_goals_and_entries(db, client):
    whare = assemble("aotearoa-transitional")
    stay = whare.tomasz
    begun = start_assessment(stay, by=whare.amina, assessed_on=TODAY)
    levels = {
        "1": "unsteady",
        "2": "needs_mending",
        "3": "strong",
        "4": "standing",
        "5": "standing",
    }
    save_answers(
        begun, by=whare.amina,
        answers={item: Said(answer="rated", level=level) for item, level in levels.items()},
    )  # fmt: skip
    complete_assessment(begun, by=whare.amina)
    plan = open_version(stay, by=whare.amina)
    write_plan(
        plan, by=whare.amina, voice=dict.fromkeys(("wants", "needs", "hopes"), "My own words"),
        took_part="Tomasz and his aunt", led_by="whanau", review_on=date(2026, 5, 1),
    )  # fmt: skip
    add_goal(plan, by=whare.amina, words="Ring my sister", whose_idea="resident", need="3")
    write_action(plan, by=whare.amina, text="Ring on Sunday", when_on=date(2026, 4, 26))
    agree_as_resident(plan, by=stay.resident, mark=DRAWN)
    agree_as_worker(plan, by=whare.amina, mark=DRAWN)
    write_note(stay, by=whare.amina, kind="informal", text="A hui.", help_kinds=["whanau"])

    house = whole_picture(stay, reader=whare.amina).house
    client.force_login(whare.amina)
    text = client.get(reverse("overview:whole", args=[stay.pk])).text

    assert house is not None
    told = {row[0]: row[1] for row in house.rows}
    assert told["Taha whānau: family and people"] == "Strong (1 goal, 1 entry)"
    assert told["Taha hinengaro: mind and feelings"] == "Needs mending (0 goals, 0 entries)"
    assert "Whenua: land and place (if you wish)" in text
    assert "polygon" in text


@pytest.mark.req("S0-17")
def test_every_part_of_health_and_life_has_its_need_its_support_and_who_leads(db):
    whare = assemble("aotearoa-transitional")
    asked = whare.mill_house.pack.sheet("needs-profile")
    answers = {
        one.key: ("much" if one.key == "money_level" else "some")
        for one in asked.questions
        if one.key.endswith("_level")
    }
    answers |= {"money_now": "A budget adviser", "money_lead": "Budgeting service"}
    made = begin_form(
        whare.tomasz, by=whare.amina, key="needs-profile", answers=answers, finish=True
    )

    assert len(asked.sections) == 10
    assert all(
        {f"{part.key}_level", f"{part.key}_now", f"{part.key}_lead"}
        == {question.key for question in part.questions}
        for part in asked.sections
    )
    assert made.answers["money_lead"] == "Budgeting service"
    with pytest.raises(Refused):
        begin_form(
            whare.tomasz, by=whare.amina, key="needs-profile", answers={"money_now": "x"},
            finish=True,
        )  # fmt: skip


@pytest.mark.req("S4-22")
def test_needs_and_skills_are_followed_over_time_with_a_chart(db, client):
    court = assemble("coordinated-care")
    for day, level in ((date(2026, 4, 13), "all_support"), (TODAY, "independent")):
        begun = start_assessment(court.tomasz, by=court.amina, assessed_on=day)
        said = {item.key: Said(answer="no_need") for item in begun.framework.items} | {
            "6.1": Said(answer="rated", level=level),
            "1.1": Said(answer="rated", level=level),
        }
        save_answers(begun, by=court.amina, answers=said)
        complete_assessment(begun, by=court.amina)
    client.force_login(court.amina)

    text = client.get(reverse("assessments:progress", args=[court.tomasz.pk])).text

    assert "Steps, from 1 (With full support) to 4 (On their own)" in text
    assert "Cooking and shopping" in text
    assert '<td class="house-number">1</td><td class="house-number">4</td>' in text
