"""What a write costs beyond itself: nothing when no rule reads it, and little when one does."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alongside.allocations.operations import allocate
from alongside.assessments.operations import (
    Said,
    complete_assessment,
    save_answers,
    start_assessment,
)
from alongside.duties import owners, recalculation, reckoning
from alongside.duties.facts import FACTS
from alongside.duties.models import Duty
from alongside.keywork.operations import record_session, write_note
from alongside.practice.pack import pack, packs
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast

MOST_OF_A_NOTE = 14  # two of them for the chain of the journal
MOST_BESIDE_FACTS = 5


class Beside:
    """Counts what following up a write asks, apart from what the facts it re-reads ask.

    Facts are also who holds which role and who is away, which the rooms above answer.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.following = self.of_facts = 0
        for module, name, kind in (
            (recalculation, "follow", "following"),
            (reckoning, "gather", "of_facts"),
            (reckoning, "pauses_of", "of_facts"),
        ):
            monkeypatch.setattr(module, name, self.told(getattr(module, name), kind))
        monkeypatch.setattr(owners, "HOLDERS", [self.known(one) for one in owners.HOLDERS])
        monkeypatch.setattr(owners, "ABSENCES", [self.known(one) for one in owners.ABSENCES])

    def known(self, one: owners.Known[Any]) -> owners.Known[Any]:
        return replace(one, ask=self.told(one.ask, "of_facts"))

    def told(self, ask: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def asking(*args: Any, **kwargs: Any) -> Any:
            if kind == "following":
                self.asked.clear()  # of several writes, what the last one cost
            setattr(self, kind, getattr(self, kind) + 1)
            try:
                return ask(*args, **kwargs)
            finally:
                setattr(self, kind, getattr(self, kind) - 1)

        return asking

    def __call__(self, execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        if self.following and not self.of_facts:
            self.asked.append(sql)
        return execute(sql, *rest)


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    counted = Beside(monkeypatch)
    with connection.execute_wrapper(counted):
        yield counted.asked


def most_is_five(beside: list[str]) -> bool:
    return 0 < len(beside) <= MOST_BESIDE_FACTS


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


@pytest.mark.req("S1-06")
def test_completing_an_assessment_asks_five_things_beside_the_facts(
    cast: Cast, beside: list[str]
) -> None:
    completing(cast.tomasz, cast)

    assert most_is_five(beside), beside


def test_a_session_that_was_held_asks_five_things_beside_the_facts(
    cast: Cast, beside: list[str]
) -> None:
    headings = cast.mill_house.pack.choices("session_headings").keys()
    record_session(
        cast.tomasz, by=cast.amina, held_on=date(2026, 4, 20), minutes=30,
        headings=dict.fromkeys(headings, "We talked."),
        raise_issue="Rent",
    )  # fmt: skip

    assert most_is_five(beside), beside


def test_another_key_worker_asks_five_things_beside_the_facts(
    cast: Cast, beside: list[str]
) -> None:
    """Every open duty of that person is given out again, and the ones about it worked out."""
    allocate(cast.tomasz, by=cast.grace, worker=cast.grace, reason="language")

    assert most_is_five(beside), beside
    assert Duty.objects.filter(stay=cast.tomasz, owed_by=cast.grace).exists()


# Answered out of the stay itself, without a query.
OUT_OF_HAND = {"birthday"}


def test_no_rule_about_a_stay_asks_a_night_one_person_at_a_time():
    """Ten thousand stays would be ten thousand queries for each such fact."""
    asked = {
        name.partition(":")[0]
        for about in packs()
        for rule in pack(about.id, about.version).duties
        if rule.subject == "stay"
        for name in (rule.anchor, rule.else_from, rule.before, rule.done_by)
        if name
    }
    assert {name for name in asked if FACTS[name].ask_many is None} == OUT_OF_HAND
