"""How the reviews and the induction of a resident of the demo are held."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time, timedelta
from functools import partial

from alongside.admissions.operations import (
    hold_induction,
    sign_induction_as_resident,
    sign_induction_as_worker,
    tick_items,
)
from alongside.demo import words
from alongside.demo.lives import Happening, Life, answered, report
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
from alongside.stages.claims import claims_of
from alongside.stages.operations import reconcile

LATE = 0.06
DECIDES = 0.6


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


AHEAD = timedelta(days=6)


def review(
    life: Life, kind: str, leader: Staff, day: date, *, hour: int, held: bool = True
) -> Iterator[Happening]:
    """A review, as steps: set up a week before, reported on, held on the day."""
    yield life.at(day - AHEAD, hour), partial(_set_up, life, kind, leader, hour)
    if kind == "monthly":
        yield life.at(day - timedelta(days=3), hour), partial(report, life)
    if held:
        yield life.at(day, hour), partial(_hold, life, kind, leader)


def _set_up(life: Life, kind: str, leader: Staff, hour: int) -> None:
    set_up_review(
        life.stay, by=leader, kind=kind, planned_on=clock.today() + AHEAD,
        led_by=leader, planned_time=time(hour), place="Meeting room",
    )  # fmt: skip


def _hold(life: Life, kind: str, leader: Staff) -> None:
    found = Review.objects.get(stay=life.stay, kind=kind, held_on=None, cancelled_at=None)
    invited = found.invitations.values_list("pk", flat=True)
    hold_review(found, by=leader, held_on=clock.today(), attendance=dict.fromkeys(invited, "came"))
    found.refresh_from_db()
    write_outcome(
        found, by=leader, view_words=life.say(words.VIEWS), summary=life.say(words.SUMMARIES),
    )  # fmt: skip
    if life.rng.random() < DECIDES:
        decide(
            found, by=leader, words=life.say(words.DECISIONS), who=Who.RESIDENT,
            due_on=clock.today() + timedelta(days=14),
        )  # fmt: skip
    if kind == "monthly":
        _compare(life, life.house.staff.get("coordinator", [life.manager])[0])
    sign_review_as_resident(found, by=leader, mark=life.ink())
    sign_review_as_worker(found, by=leader, mark=life.ink())
    complete_review(found, by=leader)


def _compare(life: Life, by: Staff) -> None:
    """What was said to be done, beside its evidence: the latest two things of the month."""
    for claim in claims_of(life.stay, life.stay.moved_in_on)[-2:]:
        reconcile(
            life.stay, by=by, record_type=claim.record_type, record_id=claim.record_id,
            says=claim.says, outcome="matched" if claim.evidence else "evidence_missing",
        )  # fmt: skip


def monthly_days(life: Life, last: date) -> list[date]:
    """The days of the monthly reviews, every fourth week; now and then one is a few days late."""
    days, day = [], life.moved_in_on + timedelta(days=27)
    while day <= last:
        late = life.rng.random() < LATE
        days.append(min(day + timedelta(days=4 if late else 0), last))
        day += timedelta(days=28)
    return days


def managers_days(life: Life, last: date) -> list[date]:
    """The days on which the manager looks at the plan: the ninth week, then each twelfth."""
    days, day = [], life.moved_in_on + timedelta(days=life.rng.randint(50, 70))
    while day <= last:
        days.append(day)
        day += timedelta(days=84)
    return days
