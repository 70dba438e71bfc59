"""What belongs to working with named workers is asked only while that is switched on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.duties.engine import Duty, State, Stretch, Subject, duties_by
from alongside.practice import own
from alongside.practice.pack import pack

ADMITTED = date(2026, 3, 2)  # a Monday
OFF, ON = date(2026, 4, 8), date(2026, 4, 29)  # Wednesdays
TODAY = date(2026, 5, 11)
BEFORE, AGAIN = Stretch(date.min, OFF), Stretch(ON)
DAYS = st.dates(date(2026, 2, 1), date(2026, 6, 30))


def asked(
    key: str, *stretches: Stretch, today: date = TODAY, **facts: list[date]
) -> tuple[Duty, ...]:
    somebody = Subject(
        kind="stay", ref="somebody", starts_on=ADMITTED,
        facts={
            "admission": [ADMITTED], **{name.replace("__", "."): on for name, on in facts.items()},
        },
    )  # fmt: skip
    here = pack("staged-hostel")
    return duties_by(here.duty(key), somebody, pack=here, today=today, stretches=stretches)


@pytest.mark.req("S2-03")
def test_no_week_is_asked_while_it_is_off_and_the_weeks_before_stay() -> None:
    held = [date(2026, 3, 4), date(2026, 3, 18)]
    weeks = asked("weekly-session", BEFORE, AGAIN, session__held=held)

    assert [(week.period_on, week.state) for week in weeks] == [
        (date(2026, 3, 2), State.DONE),
        (date(2026, 3, 9), State.OVERDUE),
        (date(2026, 3, 16), State.DONE),
        (date(2026, 3, 23), State.OVERDUE),
        (date(2026, 3, 30), State.OVERDUE),
        (ON, State.OVERDUE),
        (date(2026, 5, 4), State.OVERDUE),
        (date(2026, 5, 11), State.OPEN),
    ]


@pytest.mark.req("S2-03")
def test_the_week_in_which_it_was_switched_off_stays_only_when_it_was_met() -> None:
    met = asked("weekly-session", BEFORE, today=OFF, session__held=[date(2026, 4, 7)])
    open_then = asked("weekly-session", BEFORE, today=OFF)
    later = asked("weekly-session", BEFORE, session__held=[date(2026, 4, 10)])

    assert met[-1].period_on == date(2026, 4, 6)
    assert open_then[-1].period_on == later[-1].period_on == date(2026, 3, 30)


@pytest.mark.req("S2-03")
def test_a_worker_is_asked_for_again_from_the_day_it_is_on_again() -> None:
    missed, again = asked("key-worker-allocated", BEFORE, AGAIN)
    assert (missed.due_on, missed.missed) == (ADMITTED, True)
    assert "no longer asked" in missed.why
    assert (again.period_on, again.due_on, again.state) == (ON, ON, State.OVERDUE)
    assert "Practice in force" in again.why

    [named] = asked("key-worker-allocated", BEFORE, AGAIN, key_worker__named=[date(2026, 3, 3)])
    assert named.met_on == date(2026, 3, 3)


@pytest.mark.req("S2-03")
def test_a_session_that_was_missed_while_it_was_off_is_never_asked_about() -> None:
    found = asked(
        "missed-session-rebooked", BEFORE, AGAIN,
        session__missed=[date(2026, 3, 20), date(2026, 4, 7), date(2026, 4, 15), date(2026, 5, 6)],
    )  # fmt: skip
    assert [(one.period_on, one.missed) for one in found] == [
        (date(2026, 3, 20), True), (date(2026, 5, 6), False),
    ]  # fmt: skip


def test_who_moved_out_before_it_was_off_or_came_after_keeps_what_there_was() -> None:
    left = Subject(
        kind="stay", ref="left", starts_on=ADMITTED, ended_on=date(2026, 3, 12),
        facts={"admission": [ADMITTED]},
    )  # fmt: skip
    here = pack("staged-hostel")
    rule = here.duty("weekly-session")
    asking: Any = {"pack": here, "today": TODAY}
    assert duties_by(rule, left, stretches=[BEFORE, AGAIN], **asking) == duties_by(
        rule, left, **asking
    )
    assert duties_by(rule, left, stretches=[Stretch(ON)], **asking) == ()


@given(day=DAYS, today=DAYS, key=st.sampled_from(["weekly-session", "case-review"]))
def test_always_on_is_as_if_nobody_had_asked(day: date, today: date, key: str) -> None:
    facts = {"session__held": [day], "review__held:case": [day]}
    assert asked(key, Stretch(date.min), today=today, **facts) == duties_by(
        pack("staged-hostel").duty(key),
        Subject("stay", "somebody", ADMITTED, facts={
            "admission": [ADMITTED], "session.held": [day], "review.held:case": [day],
        }),
        pack=pack("staged-hostel"),
        today=today,
    )  # fmt: skip


@given(off=DAYS, length=st.integers(1, 60), done=st.lists(DAYS, max_size=6))
def test_nothing_is_due_while_it_is_off(off: date, length: int, done: list[date]) -> None:
    on = off + timedelta(days=length)
    later = on + timedelta(days=30)
    for key in ("weekly-session", "case-review", "key-worker-allocated"):
        found = asked(
            key, Stretch(date.min, off), Stretch(on), today=later, session__held=done,
            key_worker__named=done, **{"review__held:case": done},
        )  # fmt: skip
        assert not [one for one in found if off <= one.period_on < on and one.met_on != off]
        unmet = [one for one in found if not one.met_on]
        assert not [one for one in unmet if off <= one.due_on < on]


def test_what_is_said_twice_of_one_day_counts_as_it_was_said_last() -> None:
    at = ("features", "key_working", "on")

    def said(day: date, *, to: bool | None) -> dict[str, object]:
        return own.kept(at, to, from_on=day, named="Mill House")

    def over(*values: dict[str, object], otherwise: bool = True, on: date = TODAY) -> object:
        return own.stretches(values, at, otherwise=otherwise, on=on)

    assert over() == [(date.min, None)]
    assert over(said(OFF, to=False)) == [(date.min, OFF)]
    assert over(said(OFF, to=False), said(ON, to=None)) == [(date.min, OFF), (ON, None)]
    assert over(said(OFF, to=False), said(OFF, to=True)) == [(date.min, None)]
    assert over(said(OFF, to=False), on=date(2026, 4, 7)) == [(date.min, None)]
    assert over(otherwise=False) == []
    assert over(said(OFF, to=True), said(ON, to=None), otherwise=False) == [(OFF, ON)]
