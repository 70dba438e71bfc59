"""What duties and stages learn from agreements, and that one text never closes another's duty."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine

from alongside.agreements import operations
from alongside.duties.engine import Duty, Subject, duties_by
from alongside.duties.facts import occurrences
from alongside.duties.models import Duty as DutyRow
from alongside.moments.models import Moment
from alongside.signatures.signing import Mark, No
from alongside.stays.operations import end_stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast

DRAWN = Mark(strokes="M10 20 L40 60")
TODAY = date(2026, 4, 20)
LONDON = ZoneInfo("Europe/London")


def owed(cast: Cast, key: str, today: date = TODAY) -> Sequence[Duty]:
    rule = cast.mill_house.pack.duty(key)
    names = (rule.anchor, rule.done_by)
    subject = Subject(
        kind="stay",
        ref="tomasz",
        starts_on=cast.tomasz.moved_in_on,
        ended_on=cast.tomasz.moved_out_on,
        facts={name: occurrences(name, cast.tomasz) for name in names},
    )
    return duties_by(rule, subject, pack=cast.mill_house.pack, today=today)


def explain(cast: Cast, key: str, on: date = TODAY):
    return operations.explain(cast.tomasz, by=cast.amina, key=key, explained_on=on)


def test_a_signed_or_refused_text_is_answered_and_an_explained_one_is_not(cast: Cast) -> None:
    told = explain(cast, "conditions-of-stay")
    assert owed(cast, "conditions-of-stay")[0].met_on is None

    operations.refuse(told, by=cast.amina, no=No(reason="Wants time"))

    assert owed(cast, "conditions-of-stay")[0].met_on == TODAY
    assert occurrences("agreements.signed:conditions-of-stay", cast.tomasz) == []


@pytest.mark.req("S1-64")
def test_the_conditions_count_as_signed_when_both_have_signed(cast: Cast) -> None:
    told = explain(cast, "conditions-of-stay")
    operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)
    assert occurrences("agreements.signed:conditions-of-stay", cast.tomasz) == []

    operations.sign_as_worker(told, by=cast.amina, mark=DRAWN)

    assert occurrences("agreements.signed:conditions-of-stay", cast.tomasz) == [TODAY]
    assert occurrences("agreements.signed:support-agreement", cast.tomasz) == []


def test_a_guide_is_answered_by_being_explained(cast: Cast) -> None:
    explain(cast, "fire-precautions")

    assert owed(cast, "fire-precautions")[0].met_on == TODAY


def test_a_new_version_is_owed_until_that_text_is_answered_and_not_another(cast: Cast) -> None:
    operations.publish_text(
        cast.mill_house, by=cast.grace, key="house-rules", new_version="2", text="Quiet after ten."
    )
    explain(cast, "fire-precautions")
    assert [duty.met_on for duty in owed(cast, "new-version-signed")] == [None]

    explain(cast, "house-rules")

    assert [duty.met_on for duty in owed(cast, "new-version-signed")] == [TODAY]


def test_nobody_owes_a_version_that_was_there_when_they_came(cast: Cast) -> None:
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=LONDON), tick=False):
        operations.publish_text(
            cast.mill_house, by=cast.grace, key="house-rules", new_version="2", text="Quiet."
        )

    assert owed(cast, "new-version-signed") == ()


def test_a_refused_text_is_owed_again_until_it_is_offered(cast: Cast) -> None:
    for key in ("conditions-of-stay", "support-agreement"):
        operations.refuse(explain(cast, key), by=cast.amina, no=No(reason="Wants time"))

    with time_machine.travel(datetime(2026, 4, 22, 12, tzinfo=LONDON), tick=False):
        explain(cast, "support-agreement", on=date(2026, 4, 22))
        duties = owed(cast, "signature-offered-again", today=date(2026, 4, 22))

    assert sorted(str(duty.met_on) for duty in duties) == ["2026-04-22", "None"]


@pytest.mark.req("S1-64")
def test_an_unresolved_breach_stands_in_the_way(cast: Cast) -> None:
    assert occurrences("breaches.none_open", cast.tomasz) == [cast.tomasz.moved_in_on]
    breach = operations.record_breach(
        cast.tomasz, by=cast.amina, key="conditions-of-stay", clause="1",
        happened_on=TODAY, what_happened="Shouted.", talked_on=TODAY, agreed="Says sorry.",
    )  # fmt: skip
    assert occurrences("breaches.none_open", cast.tomasz) == []

    operations.resolve_breach(breach, by=cast.amina, outcome="agreed")

    assert occurrences("breaches.none_open", cast.tomasz) == [TODAY]


@pytest.mark.req("S0-48")
def test_the_third_breach_of_one_clause_owes_a_review(cast: Cast) -> None:
    for clause in ("1", "1", "2", "1"):
        operations.record_breach(
            cast.tomasz, by=cast.amina, key="conditions-of-stay", clause=clause,
            happened_on=TODAY, what_happened="Shouted.",
        )  # fmt: skip

    assert [duty.due_on for duty in owed(cast, "review-after-breaches")] == [date(2026, 5, 4)]


def test_the_timeline_tells_what_was_explained_signed_and_broken(cast: Cast) -> None:
    told = explain(cast, "conditions-of-stay")
    operations.sign_as_resident(told, by=cast.amina, mark=DRAWN)
    operations.start_support_agreement(cast.tomasz, by=cast.grace)
    operations.record_breach(
        cast.tomasz, by=cast.amina, key="conditions-of-stay", clause="1",
        happened_on=TODAY, what_happened="Shouted.",
    )  # fmt: skip

    titles = set(Moment.objects.filter(stay_id=cast.tomasz.pk).values_list("title", flat=True))

    assert {
        "Conditions of stay explained",
        "Conditions of stay signed",
        "Support agreement: on probation",
        "Condition 1 not kept",
    } <= titles


def test_publishing_lays_the_duty_on_those_who_stay_here_and_on_nobody_else(cast: Cast) -> None:
    rosa = a_stay(cast.beds[1], by=cast.grace)
    end_stay(rosa, by=cast.grace, moved_out_on=date(2026, 4, 19))

    operations.publish_text(
        cast.mill_house, by=cast.grace, key="house-rules", new_version="2", text="Quiet."
    )

    owing = DutyRow.objects.filter(key="new-version-signed").values_list("stay_id", flat=True)
    assert list(owing) == [cast.tomasz.pk]
