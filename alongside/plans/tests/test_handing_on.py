"""Tasks handed on, plans kept as they are, goals written and put in order by the person."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.allocations.operations import describe_worker
from alongside.kit.refusal import Refused
from alongside.plans.models import Goal, HandedOn, PlanLook
from alongside.plans.operations import (
    accept_task,
    agree_as_resident,
    agree_as_worker,
    hand_on,
    look_at_plan,
    open_version,
    rank_goals,
    record_goal_result,
    rewrite_own_goal,
    take_back_task,
    tell_of_task,
    write_own_goal,
    write_plan,
)
from alongside.plans.queries.overview import plan_rows, share_of
from alongside.plans.tests.conftest import DRAWN
from alongside.testing.cast import a_member_of_staff

FRIDAY = date(2026, 4, 24)


@pytest.fixture
def lorna(mill_house, grace):
    return a_member_of_staff(mill_house, "Lorna Tebbutt", "night_worker", line_manager=grace)


@pytest.fixture
def action(in_force):
    return in_force.steps.get().action


@pytest.fixture
def task(action, amina, lorna):
    return hand_on(
        action, by=amina, to=lorna, instruction="He fills it in; you read it.", due_on=FRIDAY
    )


@pytest.mark.req("S4-04")
def test_lorna_takes_a_task_on_and_says_that_it_is_done(task, client, lorna, amina):
    client.force_login(lorna)
    page = reverse("plans:tasks", args=[task.stay_id])

    assert "Waiting to be accepted" in client.get(page).text
    client.post(reverse("plans:accept-task", args=[task.pk]), {"accept": "yes"})
    assert "Accepted" in client.get(page).text
    client.post(reverse("plans:tell-of-task", args=[task.pk]), {"done": "yes", "words": "Signed."})

    client.force_login(amina)
    shown = client.get(page).text
    assert "Done" in shown
    assert "Signed." in shown


@pytest.mark.req("S4-04")
def test_a_problem_needs_words_and_is_seen_by_the_coordinator(task, client, lorna):
    client.force_login(lorna)
    tell = reverse("plans:tell-of-task", args=[task.pk])

    silent = client.post(tell, {"done": "no"})
    assert silent.status_code == 422
    assert "Say what stands in the way." in silent.text
    client.post(tell, {"done": "no", "words": "The bank was shut."})

    task.refresh_from_db()
    assert task.state == "There is a problem"
    assert task.is_open


@pytest.mark.req("S4-04")
def test_only_somebody_competent_is_handed_it(action, amina, grace, lorna, mill_house):
    with pytest.raises(Refused, match="Nothing shows that Lorna Tebbutt is competent"):
        hand_on(
            action, by=amina, to=lorna, instruction="With breakfast.", due_on=FRIDAY,
            skill="medication",
        )  # fmt: skip
    describe_worker(mill_house, by=grace, worker=lorna, skills="Medication, first aid")

    handed = hand_on(
        action, by=amina, to=lorna, instruction="With breakfast.", due_on=FRIDAY,
        skill="medication",
    )  # fmt: skip

    assert handed.skill_says == "Medication"


def test_nobody_else_answers_for_her_and_it_can_be_taken_back(task, amina, lorna):
    with pytest.raises(Refused, match="was handed to Lorna"):
        accept_task(task, by=amina, accept=True)
    take_back_task(task, by=amina)
    with pytest.raises(Refused, match="settled"):
        tell_of_task(task, by=lorna, done=True)


def test_a_task_for_a_past_day_or_twice_or_for_a_stranger_is_refused(task, action, amina, owen):
    with pytest.raises(Refused, match="has this task already"):
        hand_on(action, by=amina, to=task.to, instruction="Again.", due_on=FRIDAY)
    with pytest.raises(Refused, match="is past"):
        hand_on(action, by=amina, to=amina, instruction="Again.", due_on=date(2026, 4, 1))
    with pytest.raises(Refused, match="does not work here"):
        hand_on(action, by=amina, to=owen, instruction="Again.", due_on=FRIDAY)


def test_the_database_refuses_what_cannot_be(task, in_force, amina):
    same = {"stay": task.stay, "action": task.action, "given_by": amina, "due_on": FRIDAY}
    broken = [
        HandedOn(**same, to=amina, instruction=""),
        HandedOn(**same, to=task.to, instruction="Twice"),
        HandedOn(**same, to=amina, instruction="Done unaccepted", done_at=task.recorded_at),
        PlanLook(
            stay=task.stay, plan=in_force, looked_on=FRIDAY, again_on=FRIDAY, words="Same day",
            looked_by=amina,
        ),
        PlanLook(
            stay=task.stay, plan=in_force, looked_on=FRIDAY, again_on=date(2026, 5, 1), words="",
            looked_by=amina,
        ),
    ]  # fmt: skip
    for record in broken:
        with pytest.raises(IntegrityError), transaction.atomic():
            record.save(force_insert=True)


@pytest.mark.req("S4-48")
def test_a_plan_is_gone_through_without_a_change(in_force, client, amina):
    client.force_login(amina)
    keep = reverse("plans:keep", args=[in_force.pk])
    given = {"words": "Still right.", "looked_on": "2026-04-20", "again_on": "2026-04-20"}

    early = client.post(keep, given)
    assert early.status_code == 422
    assert "Still right." in early.text
    client.post(keep, {**given, "again_on": "2026-07-01"})

    shown = client.get(reverse("plans:version", args=[in_force.pk])).text
    assert "Nothing to change: Still right." in shown
    in_force.refresh_from_db()
    assert in_force.content["review_on"] == ""  # the signed words are as they were
    assert in_force.again_on == date(2026, 7, 1)


def test_a_draft_is_not_kept_as_it_is(draft, amina):
    with pytest.raises(Refused, match="not in force"):
        look_at_plan(draft, by=amina, words="Fine.", again_on=date(2026, 7, 1))


@pytest.mark.req("S4-48")
def test_plans_due_and_overdue_for_a_look_are_listed(in_force, amina, mill_house):
    look_at_plan(in_force, by=amina, words="Still right.", again_on=date(2026, 4, 21))

    assert [row.stay for row in plan_rows(mill_house, flag="review_due")] == [in_force.stay]
    assert plan_rows(mill_house, flag="review_late") == []


@pytest.mark.req("S4-34")
def test_tomasz_writes_ranks_and_comments_his_own_goals(in_force, tomasz):
    dog = write_own_goal(tomasz, by=tomasz.resident, words="Have a dog", matters="Company")
    draft = dog.plan
    deposit = draft.goals.get(words="Save for a deposit")
    rank_goals(draft, by=tomasz.resident, order=[dog.pk, deposit.pk])
    record_goal_result(
        draft, by=tomasz.resident, goal=dog, result="on_the_way", comment="Met one at the park."
    )
    rewrite_own_goal(dog, by=tomasz.resident, words="Have a small dog")

    assert dog.whose_idea == "resident"
    assert list(draft.goals.order_by("rank").values_list("words", flat=True)) == [
        "Have a small dog",
        "Save for a deposit",
    ]
    in_force.refresh_from_db()
    assert in_force.goals.count() == 1  # what both signed holds until both sign again


def test_the_rank_of_somebody_elses_goal_is_refused(draft, tomasz, in_force):
    stranger = Goal(plan=draft, words="x", whose_idea="resident")
    with pytest.raises(Refused):
        rank_goals(draft, by=tomasz.resident, order=[stranger.pk])


@pytest.mark.req("S4-42")
def test_the_share_of_goals_reached_is_told_and_a_parked_one_does_not_count(
    in_force, amina, tomasz, mill_house, client
):
    goal = in_force.goals.get()
    for result in ("parked", "on_the_way"):
        record_goal_result(in_force, by=amina, goal=goal, result=result)
    assert share_of(plan_rows(mill_house)).told == 0
    record_goal_result(in_force, by=amina, goal=goal, result="achieved")
    client.force_login(amina)

    text = client.get(reverse("plans:plans-here", args=["mill-house"])).text

    assert "1 of 1 were reached (100%)" in text


@pytest.mark.req("S3-30")
def test_who_is_on_shift_reads_how_to_be_with_him(in_force, tomasz, amina, lorna, client):
    draft = open_version(tomasz, by=amina, why="How to support him")
    write_plan(
        draft, by=amina, voice=draft.voice, sections={"support": "Knock, then wait a minute."}
    )
    agree_as_resident(draft, by=tomasz.resident, mark=DRAWN)
    agree_as_worker(draft, by=amina, mark=DRAWN)
    client.force_login(lorna)
    page = reverse("plans:approaches", args=["mill-house"])

    before = client.get(page).text
    client.post(reverse("plans:read-card", args=[draft.pk]))
    after = client.get(page).text

    assert "Knock, then wait a minute." in before
    assert "New to you" in before
    assert "Read by Lorna Tebbutt" in after
