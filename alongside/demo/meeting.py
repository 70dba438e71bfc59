"""How the reviews and the induction of a resident of the demo are held."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time, timedelta
from functools import partial

from alongside.admissions.operations import (
    hold_induction,
    sign_induction_as_resident,
    sign_induction_as_worker,
    tick_items,
)
from alongside.demo.lives import Life, answered
from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.plans.models.actions import Who
from alongside.reviews.models import Review
from alongside.reviews.operations import (
    complete_review,
    decide,
    hold_review,
    set_up_review,
    sign_review_as_resident,
    sign_review_as_worker,
    write_outcome,
)

VIEWS = (
    "I am proud of how far this is.",
    "Slower than I want, but it is going the right way.",
    "I want fewer meetings and more doing.",
)


def induct(life: Life) -> None:
    """The induction, item by item, held and signed by both."""
    sheet = life.house.scheme.pack.sheet("induction")
    tick_items(life.stay, by=life.worker, answers=answered(sheet.questions))
    induction = hold_induction(
        life.stay, by=life.worker, held_on=clock.today(), attended=[life.worker],
        resident_came="all",
    )  # fmt: skip
    sign_induction_as_resident(induction, by=life.worker, mark=life.ink())
    sign_induction_as_worker(induction, by=life.worker, mark=life.ink())


def review(life: Life, kind: str, leader: Staff) -> list[tuple[timedelta, Callable[[], object]]]:
    """A review, as steps: set up a week before, held on the day."""
    return [
        (timedelta(days=-6), partial(_set_up, life, kind, leader)),
        (timedelta(0), partial(_hold, life, kind, leader)),
    ]


def _set_up(life: Life, kind: str, leader: Staff) -> None:
    set_up_review(
        life.stay, by=leader, kind=kind, planned_on=clock.today() + timedelta(days=6),
        led_by=leader, planned_time=time(15), place="Meeting room",
    )  # fmt: skip


def _hold(life: Life, kind: str, leader: Staff) -> None:
    found = Review.objects.get(stay=life.stay, kind=kind, held_on=None, cancelled_at=None)
    invited = found.invitations.values_list("pk", flat=True)
    hold_review(found, by=leader, held_on=clock.today(), attendance=dict.fromkeys(invited, "came"))
    found.refresh_from_db()
    write_outcome(
        found, by=leader, view_words=life.rng.choice(VIEWS),
        summary="Went through the month together.",
    )  # fmt: skip
    decide(
        found, by=leader, words="Ring the housing register about the band", who=Who.RESIDENT,
        due_on=clock.today() + timedelta(days=14),
    )  # fmt: skip
    sign_review_as_resident(found, by=leader, mark=life.ink())
    sign_review_as_worker(found, by=leader, mark=life.ink())
    complete_review(found, by=leader)


def monthly_days(moved_in_on: date, last: date) -> list[date]:
    """The days of the monthly reviews: the same weekday, every fourth week."""
    days, day = [], moved_in_on + timedelta(days=27)
    while day <= last:
        days.append(day)
        day += timedelta(days=28)
    return days
