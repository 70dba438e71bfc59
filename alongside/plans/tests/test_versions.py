"""Writing a plan together: versions, goals, other words, two people at once."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.plans import queries
from alongside.plans.content import content_of_plan, difference
from alongside.plans.models import Plan, PlanAction
from alongside.plans.operations import (
    add_goal,
    agree_as_resident,
    agree_as_worker,
    answer_proposal,
    change_goal,
    decide_disagreement,
    open_version,
    propose_action,
    record_disagreement,
    record_goal_result,
    remove_goal,
    rewrite_action,
    take_out_action,
    write_plan,
)
from alongside.plans.tests.conftest import DRAWN


@pytest.mark.req("S0-39")
def test_a_second_version_needs_a_reason_and_only_one_is_written_at_a_time(
    in_force, tomasz, amina
) -> None:
    with pytest.raises(Refused) as refusal:
        open_version(tomasz, by=amina)
    assert refusal.value.field == "why"

    second = open_version(tomasz, by=amina, why="He has found work")
    assert (second.number, second.why, second.by_staff) == (2, "He has found work", amina)
    with pytest.raises(Refused, match="being written already"):
        open_version(tomasz, by=amina, why="Again")


@pytest.mark.req("S0-39")
def test_the_difference_between_two_versions_is_told_in_words(in_force, tomasz, amina) -> None:
    second = open_version(tomasz, by=amina, why="He has found work")
    assert difference(in_force.content, content_of_plan(second)) == []

    write_plan(second, by=amina, voice={"wants": "A flat near work"})
    second = Plan.objects.get(pk=second.pk)
    told = difference(in_force.content, content_of_plan(second))

    assert [change.what for change in told] == ["What I want", "Who took part"]
    assert (told[0].before, told[0].after) == ("A place of my own", "A flat near work")


@pytest.mark.req("S0-39")
def test_an_earlier_version_stays_readable_word_for_word(in_force, tomasz, amina) -> None:
    second = open_version(tomasz, by=amina, why="He has found work")
    action = second.steps.get().action
    rewrite_action(second, by=amina, action=action, text="Close it", when_on=date(2026, 5, 1))

    first = content_of_plan(Plan.objects.get(pk=in_force.pk))
    assert first["goals"][0]["actions"][0]["text"] == "Open an account"


def test_signed_words_of_an_action_are_replaced_only_when_both_sign_again(
    in_force, tomasz, amina
) -> None:
    second = open_version(tomasz, by=amina, why="He has found work")
    old = second.steps.get().action
    new = rewrite_action(second, by=amina, action=old, text="Close it", when_on=date(2026, 5, 1))
    assert new != old
    assert list(queries.open_actions(tomasz)) == [old]

    agree_as_resident(second, by=tomasz.resident, mark=DRAWN)
    agree_as_worker(second, by=amina, mark=DRAWN)
    assert list(queries.open_actions(tomasz)) == [new]


def test_a_version_that_was_given_up_passes_its_words_on(in_force, tomasz, amina) -> None:
    second = open_version(tomasz, by=amina, why="He has found work")
    old = second.steps.get().action
    rewrite_action(second, by=amina, action=old, text="Close it", when_on=date(2026, 5, 1))
    agree_as_worker(second, by=amina, mark=DRAWN)

    third = open_version(tomasz, by=amina, why="Not so after all")

    new = third.steps.get().action
    assert new.text == "Close it"
    assert list(queries.open_actions(tomasz)) == [old]
    newer = rewrite_action(third, by=amina, action=new, text="Keep it", when_on=date(2026, 5, 1))
    assert newer.replaces == old
    assert Plan.objects.get(pk=second.pk).state == "replaced"


def test_words_nobody_signed_are_changed_where_they_stand(draft, amina) -> None:
    action = draft.steps.get().action

    same = rewrite_action(draft, by=amina, action=action, text="Go to the bank")

    assert same == action
    assert PlanAction.objects.get().text == "Go to the bank"


def test_two_people_write_one_plan_and_nobodys_text_is_lost(draft, amina, grace) -> None:
    seen = Plan.objects.get(pk=draft.pk).version
    write_plan(draft, by=grace, voice={"wants": "A place by the sea"}, version=seen)

    with pytest.raises(ChangedMeanwhile) as change:
        write_plan(draft, by=amina, voice={"wants": "A place in town"}, version=seen)

    assert change.value.theirs["voice_wants"] == "A place by the sea"
    assert Plan.objects.get(pk=draft.pk).voice == {"wants": "A place by the sea"}
    again = write_plan(
        draft, by=amina, voice={"wants": "By the sea, in town"}, version=change.value.version
    )
    assert again.voice == {"wants": "By the sea, in town"}


def test_two_people_write_one_goal(draft, amina, grace) -> None:
    goal = draft.goals.get()
    change_goal(goal, by=grace, words="Save up", whose_idea="resident", version=1)

    with pytest.raises(ChangedMeanwhile) as change:
        change_goal(goal, by=amina, words="Save a lot", whose_idea="resident", version=1)

    assert change.value.theirs["words"] == "Save up"


@pytest.mark.req("S0-23")
def test_a_goal_says_whose_idea_it_was_in_the_persons_words(draft, amina) -> None:
    with pytest.raises(Refused) as refusal:
        add_goal(draft, by=amina, words="Sleep better", whose_idea="")
    assert refusal.value.field == "whose_idea"

    with pytest.raises(Refused) as refusal:
        add_goal(draft, by=amina, words=" ", whose_idea="resident")
    assert refusal.value.field == "words"


def test_a_goal_that_could_not_be_told_reached_says_what_is_missing(draft) -> None:
    assert draft.goals.get().still_asked() == ["how we will know", "why it matters", "by when"]


@pytest.mark.req("S0-35", "S0-64")
def test_a_goal_ends_with_a_result_and_a_comment_or_is_parked(in_force, amina, tomasz) -> None:
    goal = in_force.goals.get()
    parked = record_goal_result(in_force, by=tomasz.resident, goal=goal, result="parked")
    assert parked.by_resident == tomasz.resident

    ended = record_goal_result(in_force, by=amina, goal=goal, result="achieved", comment="I did it")
    assert (ended.result, ended.comment) == ("achieved", "I did it")
    with pytest.raises(Refused) as refusal:
        record_goal_result(in_force, by=amina, goal=goal, result="splendid")
    assert refusal.value.field == "result"


def test_a_goal_that_is_over_does_not_go_into_the_next_version(in_force, amina, tomasz) -> None:
    record_goal_result(in_force, by=amina, goal=in_force.goals.get(), result="achieved")

    assert not open_version(tomasz, by=amina, why="What comes next").goals.exists()


def test_a_parked_goal_goes_on(in_force, amina, tomasz) -> None:
    record_goal_result(in_force, by=amina, goal=in_force.goals.get(), result="parked")

    assert open_version(tomasz, by=amina, why="What comes next").goals.exists()


@pytest.mark.req("S1-22")
def test_a_proposal_taken_on_while_a_version_is_written_stands_in_it(draft, tomasz, amina) -> None:
    action = propose_action(tomasz, by=amina, text="See the doctor")
    answer_proposal(action, by=tomasz.resident, answer="accept")

    assert draft.steps.filter(action=action).exists()


def test_removing_a_goal_keeps_its_actions(draft, amina) -> None:
    remove_goal(draft, by=amina, goal=draft.goals.get())

    assert draft.steps.get().goal is None


def test_an_action_taken_out_of_a_draft_stays_open(draft, tomasz, amina) -> None:
    action = draft.steps.get().action
    take_out_action(draft, by=amina, action=action)

    assert list(queries.open_actions(tomasz)) == [action]


def test_what_family_disputes_is_marked_until_the_manager_has_decided(
    in_force, amina, grace
) -> None:
    dispute = record_disagreement(
        in_force,
        by=amina,
        who="His sister",
        words="He cannot manage money",
        line=in_force.goals.get().line,
        resident_view="I can",
    )
    assert dispute.decided_at is None

    decided = decide_disagreement(dispute, by=grace, decision="The goal stays as he wants it")
    assert decided.decided_by == grace
    with pytest.raises(Refused, match="has been decided"):
        decide_disagreement(dispute, by=grace, decision="Again")


@pytest.mark.parametrize(
    "broken",
    [
        {"in_force_at": "2026-04-20T12:00Z"},
        {"digest": "ab"},
        {"sealed_at": "2026-04-20T12:00Z"},
        {"worker_agreed_at": "2026-04-20T12:00Z"},
        {"withdrawn_at": "2026-04-20T12:00Z"},
        {"reconsidered_at": "2026-04-20T12:00Z"},
        {"by_staff": None},
    ],
)
def test_the_database_refuses_a_plan_that_contradicts_itself(draft, broken) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=draft.pk).update(**broken)


@pytest.mark.parametrize(
    "broken",
    [
        {"text": ""},
        {"answer": ""},
        {"answered_at": None},
        {"ending": "achieved"},
        {"ended_on": date(2026, 4, 20)},
        {"verified_at": "2026-04-20T12:00Z"},
        {"who": "staff"},
        {"by_staff": None},
    ],
)
def test_the_database_refuses_an_action_that_contradicts_itself(draft, broken) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanAction.objects.update(**broken)


def test_the_database_refuses_two_drafts_of_one_plan(draft) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.create(stay=draft.stay, number=2, by_staff=draft.by_staff)
