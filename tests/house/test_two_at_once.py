"""Two people at the same moment, really: two threads, each with a connection of its own."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection

from alongside.allocations.models import Allocation
from alongside.allocations.operations import allocate
from alongside.keywork.models import Booking, Note
from alongside.keywork.operations import book_time, write_note
from alongside.kit import wall
from alongside.kit.refusal import ChangedMeanwhile, Refused
from alongside.plans.models import Plan
from alongside.plans.operations import open_version, write_plan
from alongside.referrals.models import Offer
from alongside.referrals.operations import offer_bed
from alongside.stages.models import StageMove
from alongside.stages.operations import promote_early
from alongside.stages.tests.scenes import at_stage
from alongside.testing.builders import a_stay, an_accepted_referral
from alongside.testing.cast import Cast, a_member_of_staff

pytestmark = pytest.mark.django_db(transaction=True)
TODAY, WEDNESDAY = date(2026, 4, 20), date(2026, 4, 22)
type Act = Callable[[], Any]


def at_once(*acts: Act) -> list[Any]:
    """Do all of it at the same moment. What each gave, or its refusal, in the order given."""
    start = Barrier(len(acts))

    def one(act: Act) -> Any:
        try:
            start.wait(timeout=10)
            with wall.everybody("a test, in another thread"):
                return act()
        except Refused as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(one, acts))


def refusals(answers: list[Any]) -> list[Refused]:
    return [one for one in answers if isinstance(one, Refused)]


def test_the_last_bed_is_offered_to_one_person(cast: Cast) -> None:
    bed = cast.beds[1]
    two = [
        an_accepted_referral(cast.mill_house, by=cast.grace, name=name)
        for name in ("Rosa Lindqvist", "Idris Khan")
    ]
    answers = at_once(*(lambda one=one: offer_bed(one, by=cast.grace, bed=bed) for one in two))

    assert len(refusals(answers)) == 1
    assert Offer.objects.filter(bed=bed).count() == 1


def test_one_person_gets_one_key_worker(cast: Cast) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker")
    at_once(
        lambda: allocate(cast.tomasz, by=cast.grace, worker=cast.amina),
        lambda: allocate(cast.tomasz, by=cast.grace, worker=bilal),
    )
    now = Allocation.objects.filter(stay=cast.tomasz, role="key_worker", until_on=None)
    assert now.count() == 1


def book(cast: Cast, stay: Any, worker: Any, minute: int) -> Act:
    """Wednesday at two, or a little after."""
    return lambda: book_time(
        stay, by=cast.grace, worker=worker, on=WEDNESDAY, starts=time(14, minute), venue="office"
    )


@pytest.mark.req("S1-13")
def test_a_worker_is_booked_once_though_the_times_only_overlap(cast: Cast) -> None:
    rosa = a_stay(cast.beds[1], by=cast.grace)
    answers = at_once(book(cast, cast.tomasz, cast.amina, 0), book(cast, rosa, cast.amina, 15))

    assert len(refusals(answers)) == 1
    assert Booking.objects.count() == 1


@pytest.mark.req("S1-13")
def test_a_resident_is_booked_once_though_with_two_workers(cast: Cast) -> None:
    answers = at_once(
        book(cast, cast.tomasz, cast.amina, 0), book(cast, cast.tomasz, cast.grace, 15)
    )
    assert len(refusals(answers)) == 1
    assert Booking.objects.count() == 1


def test_a_form_that_is_sent_twice_makes_one_record(cast: Cast) -> None:
    token = uuid4()

    def send() -> Any:
        twice: Any = write_note  # what every form does by its token
        return twice(cast.tomasz, by=cast.amina, kind="informal", text="By the stairs.", once=token)

    first, second = at_once(send, send)
    assert first == second
    assert Note.objects.count() == 1


def test_two_people_write_one_plan_and_the_second_sees_both_texts(cast: Cast) -> None:
    plan = Plan.objects.get(pk=open_version(cast.tomasz, by=cast.amina).pk)

    def write(by: Any, words: str) -> Act:
        return lambda: write_plan(plan, by=by, voice={"wants": words}, version=plan.version)

    answers = at_once(write(cast.amina, "A home"), write(cast.grace, "A job"))
    [change] = refusals(answers)
    plan.refresh_from_db()
    assert isinstance(change, ChangedMeanwhile)
    assert change.theirs["voice_wants"] == plan.voice["wants"]


def test_somebody_is_promoted_once(cast: Cast) -> None:
    at_stage(cast.tomasz, "probation", by=cast.grace)

    def promote() -> Any:
        return promote_early(
            cast.tomasz, by=cast.grace, stage="stage-1", reason="progress", words="Well",
            promoted_on=TODAY,
        )  # fmt: skip

    answers = at_once(promote, promote)
    assert len(refusals(answers)) == 1
    assert StageMove.objects.filter(stay=cast.tomasz, stage="stage-1").count() == 1
