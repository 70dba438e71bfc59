"""What a write costs beyond itself: nothing when no rule reads it, and little when one does."""

from __future__ import annotations

import re
from datetime import date
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.assessments.operations import (
    Said,
    complete_assessment,
    save_answers,
    start_assessment,
)
from alongside.duties.models import Duty
from alongside.keywork.operations import write_note
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast

MOST_OF_A_NOTE = 14  # two of them for the chain of the journal
MOST_BESIDE_FACTS = 5
# The operation locks the one stay it is about; the duties lock theirs in a list.
THE_DUTIES_OWN = re.compile(
    r'"duties_(duty|excuse|workedout)"|"stays_stay"."id" IN .*FOR UPDATE OF "stays_stay"$'
)


def those_of_duties(captured: CaptureQueriesContext) -> list[str]:
    return [q["sql"] for q in captured.captured_queries if THE_DUTIES_OWN.search(q["sql"])]


def test_a_note_makes_few_queries_and_none_for_duties_as_no_rule_reads_it(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        write_note(cast.tomasz, by=cast.amina, kind="informal", text="Talked.", once=uuid4())  # type: ignore[call-arg]

    assert len(captured) <= MOST_OF_A_NOTE
    assert those_of_duties(captured) == []


def completing(stay: Stay, cast: Cast) -> CaptureQueriesContext:
    begun = start_assessment(stay, by=cast.amina, assessed_on=date(2026, 4, 20))
    said = {item.key: Said(answer="no_need") for item in begun.framework.items}
    save_answers(begun, by=cast.amina, answers=said)
    with CaptureQueriesContext(connection) as captured:
        complete_assessment(begun, by=cast.amina)
    return captured


def test_a_completed_assessment_is_followed_up_in_five_queries_beside_the_facts(cast: Cast) -> None:
    captured = completing(cast.tomasz, cast)

    assert Duty.objects.get(stay=cast.tomasz, key="initial-assessment").met_on
    assert 0 < len(those_of_duties(captured)) <= MOST_BESIDE_FACTS


def test_following_up_costs_the_same_after_two_years_as_after_two_weeks(cast: Cast) -> None:
    rosa = a_stay(cast.beds[1], by=cast.grace, moved_in_on=date(2024, 4, 7))

    assert len(completing(rosa, cast)) == len(completing(cast.tomasz, cast))
