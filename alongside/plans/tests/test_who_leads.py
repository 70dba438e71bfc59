"""Who leads a plan, what it rests on, whose words it is in, and when it is looked at again."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.assessments.operations import complete_assessment, start_assessment
from alongside.kit.refusal import Refused
from alongside.plans.operations import (
    add_goal,
    agree_as_resident,
    agree_as_worker,
    change_goal,
    open_version,
    write_action,
    write_plan,
)
from alongside.plans.queries.overview import plan_rows
from alongside.plans.tests.conftest import DRAWN
from alongside.testing.builders import a_stay, an_assessment
from alongside.testing.cast import Cast, a_member_of_staff, assemble

TODAY = date(2026, 4, 20)
VOICE = {"wants": "A place of my own"}


def a_draft(cast: Cast, **said):
    """A version of Tomasz's plan with a goal and an action by a day."""
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, reason="skills")
    plan = open_version(cast.tomasz, by=cast.amina)
    write_plan(plan, by=cast.amina, voice=VOICE, **said)
    goal = add_goal(plan, by=cast.amina, words="See my aunties", whose_idea="resident")
    write_action(plan, by=cast.amina, goal=goal, text="Ring them", when_on=date(2026, 4, 24))
    return plan


@pytest.mark.req("S0-105")
def test_a_plan_is_led_by_the_whanau_with_somebody_who_brings_the_talk_along(client, db):
    cast = assemble("aotearoa-transitional")
    plan = a_draft(
        cast,
        led_by="whanau",
        facilitator="Aunty Hine",
        took_part="Tomasz, Aunty Hine, Uncle Rawiri",
    )
    write_action(
        plan, by=cast.amina, text="Drive him to the marae", who="other",
        completed_by="Uncle Rawiri", when_on=date(2026, 4, 25),
    )  # fmt: skip

    agree_as_resident(plan, by=cast.tomasz.resident, mark=DRAWN)
    signed = agree_as_worker(plan, by=cast.amina, mark=DRAWN)

    assert signed.content
    assert signed.content["led_by"] == "Their whānau, with them"
    client.force_login(cast.amina)
    page = client.get(reverse("plans:version", args=[plan.pk])).content.decode()
    assert "Led by: Their whānau, with them, with Aunty Hine bringing the talk along" in page
    assert "Uncle Rawiri" in page


@pytest.mark.req("S4-02")
def test_the_practice_decides_who_may_lead_a_plan(client, db):
    cast = assemble("coordinated-care")
    plan = a_draft(cast, led_by="child", review_on=date(2026, 7, 20))
    client.force_login(cast.amina)
    page = client.get(reverse("plans:write", args=[plan.pk])).content.decode()
    for says in ("The customer", "The family, with the customer", "The child"):
        assert says in page

    with pytest.raises(Refused):
        write_plan(plan, by=cast.amina, voice=VOICE, led_by="whanau")


@pytest.mark.req("S4-03")
def test_a_plan_rests_on_an_assessment_and_says_when_it_is_looked_at_again(client, db):
    cast = assemble("coordinated-care")
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 14))
    assessed = an_assessment(begun, by=cast.amina)
    plan = a_draft(cast)
    assert plan.rests_on == assessed
    client.force_login(cast.amina)
    draft = client.get(reverse("plans:version", args=[plan.pk])).content.decode()
    assert "Rests on the assessment of 14 April 2026" in draft

    with pytest.raises(Refused, match="when the plan is looked at again"):
        agree_as_resident(plan, by=cast.tomasz.resident, mark=DRAWN)
    write_plan(plan, by=cast.amina, voice=VOICE, review_on=date(2026, 7, 20))

    agree_as_resident(plan, by=cast.tomasz.resident, mark=DRAWN)
    client.force_login(cast.amina)
    page = client.get(reverse("plans:version", args=[plan.pk])).content.decode()
    assert "Rests on the assessment of 14 April 2026" in page
    assert "To be looked at again on 2026-07-20" in page


@pytest.mark.req("S4-26")
def test_a_goal_that_cannot_be_told_reached_is_marked_unfinished(client, tomasz, draft, amina):
    client.force_login(amina)
    page = client.get(reverse("plans:version", args=[draft.pk])).content.decode()
    assert "Not finished" in page
    assert "Still to say: how we will know, why it matters, by when" in page

    goal = draft.goals.get()
    sent = client.post(
        reverse("plans:change-goal", args=[goal.pk]),
        {"words": "Save 400 pounds", "whose_idea": "resident", "measure": "The bank book says so",
         "matters": "For the deposit", "by_on": "2026-09-01", "version": str(goal.version)},
    )  # fmt: skip

    assert sent.status_code == 302
    assert (
        "Not finished" not in client.get(reverse("plans:version", args=[draft.pk])).content.decode()
    )


@pytest.mark.req("S2-28")
def test_the_key_worker_writes_the_plan_with_what_matters_to_the_person(client, db):
    cast = assemble("supported-living")
    plan = a_draft(
        cast,
        sections={
            "history": "Grew up by the sea.", "preferences": "Tea, never coffee.",
            "support": "Knock, then wait.",
        },
    )  # fmt: skip
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker")
    assert plan.by_staff == cast.amina

    with pytest.raises(Refused, match="Sign as a substitute"):
        agree_as_worker(plan, by=bilal, mark=DRAWN)

    client.force_login(cast.amina)
    page = client.get(reverse("plans:version", args=[plan.pk])).content.decode()
    for words in ("My story, as far as I want it known", "Tea, never coffee.", "Knock, then wait."):
        assert words in page


@pytest.mark.req("S2-07")
def test_the_same_words_in_two_plans_are_seen_and_own_words_are_not(cast, draft, grace, beds):
    rosa = a_stay(beds[1], by=grace)
    hers = open_version(rosa, by=cast.amina)
    add_goal(hers, by=cast.amina, words=" save for a  Deposit.", whose_idea="staff")

    flagged = plan_rows(cast.mill_house, flag="same_words")
    assert {row.stay for row in flagged} == {cast.tomasz, rosa}
    assert "The same words as somebody else" in flagged[0].says

    goal = hers.goals.get()
    change_goal(goal, by=cast.amina, words="Be near my sister", whose_idea="resident")
    assert not plan_rows(cast.mill_house, flag="same_words")


@pytest.mark.req("S0-19")
def test_a_plan_without_a_strength_is_listed_and_a_goal_points_to_one(client, cast, draft):
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    client.force_login(cast.amina)
    page = client.get(reverse("assessments:answer", args=[begun.pk])).content.decode()
    assert "Strengths first" in page
    assert not [row for row in plan_rows(cast.mill_house) if "no_strength" in row.flags]

    draft.goals.update(strength="")

    (row,) = plan_rows(cast.mill_house, flag="no_strength")
    assert row.stay == cast.tomasz


@pytest.mark.req("S4-63")
def test_every_part_of_life_is_thought_of_or_said_not_to_be_wanted(client, db):
    cast = assemble("coordinated-care")
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    with pytest.raises(Refused, match="items are not answered yet"):
        complete_assessment(begun, by=cast.amina)
    an_assessment(begun, by=cast.amina)

    plan = a_draft(cast, review_on=date(2026, 7, 20))
    client.force_login(cast.amina)
    page = client.get(reverse("plans:write", args=[plan.pk])).content.decode()
    for asked in ("What I need", "What I like and do not like", "What I want"):
        assert asked in page
