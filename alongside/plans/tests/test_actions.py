"""An action's way from being proposed to what came of it."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.kit.refusal import NotPermitted, Refused
from alongside.plans import queries
from alongside.plans.operations import (
    add_action,
    answer_proposal,
    propose_action,
    reach_outcome,
    report_action,
    start_action,
    stop_action,
    verify_action,
)


@pytest.mark.req("S1-22")
def test_a_proposed_action_waits_for_the_residents_answer(tomasz, amina) -> None:
    action = propose_action(tomasz, by=amina, text="Ring the council", need="4.5", source=tomasz)

    assert list(queries.proposals(tomasz)) == [action]
    assert not queries.open_actions(tomasz)
    assert action.state == "Proposed"
    assert action.source_id == tomasz.pk


@pytest.mark.req("S1-22")
@pytest.mark.parametrize(("answer", "taken_on"), [("accept", 1), ("park", 0), ("refuse", 0)])
def test_the_resident_accepts_parks_or_refuses_it(tomasz, amina, answer, taken_on) -> None:
    action = propose_action(tomasz, by=amina, text="Ring the council")

    answer_proposal(action, by=tomasz.resident, answer=answer)

    assert len(queries.open_actions(tomasz)) == taken_on
    assert not queries.proposals(tomasz)


def test_what_was_parked_can_be_taken_up_later_but_what_was_accepted_is_settled(
    tomasz, amina
) -> None:
    action = propose_action(tomasz, by=amina, text="Ring the council")
    answer_proposal(action, by=amina, answer="park")
    answer_proposal(action, by=amina, answer="accept")

    with pytest.raises(Refused, match="in the plan already"):
        answer_proposal(action, by=amina, answer="refuse")


@pytest.mark.req("S1-26")
def test_what_the_resident_reports_is_reported_until_somebody_has_checked(tomasz, amina) -> None:
    action = add_action(tomasz, by=amina, text="Go to the bank")

    reported = report_action(action, by=tomasz.resident, words="I went on Friday")
    assert reported.reported_by_resident
    assert reported.state == "Reported done, not yet checked"
    assert not queries.verified_actions(tomasz)

    verified = verify_action(action, by=amina, comment="It was easier than I thought")
    assert verified.state == "Achieved"
    assert list(queries.verified_actions(tomasz)) == [action]


def test_a_resident_does_not_verify_their_own_action(tomasz, amina) -> None:
    action = add_action(tomasz, by=amina, text="Go to the bank")

    with pytest.raises(NotPermitted):
        verify_action(action, by=tomasz.resident)


def test_a_resident_does_not_touch_somebody_elses_action(tomasz, amina, grace, beds) -> None:
    from alongside.testing.builders import a_stay

    rosa = a_stay(beds[1], by=grace)
    action = add_action(tomasz, by=amina, text="Go to the bank")

    with pytest.raises(NotPermitted):
        report_action(action, by=rosa.resident)


@pytest.mark.req("S1-48")
def test_actions_engaged_in_are_counted_by_need(tomasz, amina) -> None:
    for text in ("Make a list", "Go to the bank"):
        start_action(add_action(tomasz, by=amina, text=text, need="4.7"), by=amina)
    add_action(tomasz, by=amina, text="Not begun", need="4.7")
    start_action(add_action(tomasz, by=amina, text="No need named"), by=amina)

    assert queries.actions_engaged(tomasz) == {"4.7": 2}


@pytest.mark.req("S1-51")
def test_the_outcome_is_recorded_apart_from_the_action(tomasz, amina) -> None:
    action = add_action(
        tomasz, by=amina, text="Go to the bank", need="4.7", outcome="My own account"
    )
    done = verify_action(action, by=amina)
    assert done.outcome_reached_on is None

    reached = reach_outcome(action, by=amina, on=date(2026, 4, 20))
    assert reached.outcome_reached_on == date(2026, 4, 20)


def test_an_outcome_nobody_named_needs_words(tomasz, amina) -> None:
    action = add_action(tomasz, by=amina, text="Go to the bank")

    with pytest.raises(Refused) as refusal:
        reach_outcome(action, by=amina)

    assert refusal.value.field == "words"


@pytest.mark.req("S0-35")
def test_an_action_no_longer_wanted_ends_with_the_persons_comment(tomasz, amina) -> None:
    action = add_action(tomasz, by=amina, text="Join the gym")

    stopped = stop_action(action, by=tomasz.resident, comment="I would rather swim")

    assert (stopped.ending, stopped.comment) == ("no_longer_wanted", "I would rather swim")
    with pytest.raises(Refused, match="ended on 20 April 2026"):
        report_action(action, by=tomasz.resident)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"text": "  "}, "text"),
        ({"need": "9.9"}, "need"),
        ({"task": "9.9"}, "task"),
        ({"support_level": "magic"}, "support_level"),
        ({"who": "staff"}, "staff"),
    ],
)
def test_an_action_that_makes_no_sense_is_refused_beside_its_field(
    tomasz, amina, wrong, field
) -> None:
    with pytest.raises(Refused) as refusal:
        add_action(tomasz, by=amina, **{"text": "Ring", **wrong})

    assert refusal.value.field == field


def test_somebody_of_another_scheme_is_not_given_an_action(tomasz, amina, owen) -> None:
    with pytest.raises(Refused, match="does not work here"):
        add_action(tomasz, by=amina, text="Ring", who="staff", staff=owen)


def test_owen_may_not_propose_anything_here(tomasz, owen) -> None:
    with pytest.raises(NotPermitted):
        propose_action(tomasz, by=owen, text="Ring")


def test_nothing_is_planned_with_somebody_who_has_moved_on(tomasz, amina, grace) -> None:
    from alongside.stays.operations import end_stay

    end_stay(tomasz, by=grace, moved_out_on=date(2026, 4, 18))

    with pytest.raises(Refused, match="has moved on"):
        propose_action(tomasz, by=amina, text="Ring")
