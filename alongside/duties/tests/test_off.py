"""What is switched off, of everybody or of one person, is asked only while it is on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.duties.engine import Duty, Off, State, Subject, duties_by
from alongside.practice import own
from alongside.practice.pack import pack

ADMITTED = date(2026, 3, 2)  # a Monday
OFF, ON = date(2026, 4, 8), date(2026, 4, 29)  # Wednesdays
TODAY = date(2026, 5, 11)
WAS_OFF, IS_OFF = Off(OFF, ON), Off(OFF)
DAYS = st.dates(date(2026, 2, 1), date(2026, 6, 30))


def asked(key: str, *off: Off, today: date = TODAY, **facts: list[date]) -> tuple[Duty, ...]:
    somebody = Subject(
        kind="stay", ref="somebody", starts_on=ADMITTED,
        facts={
            "admission": [ADMITTED], **{name.replace("__", "."): on for name, on in facts.items()},
        },
    )  # fmt: skip
    here = pack("staged-hostel")
    return duties_by(here.duty(key), somebody, pack=here, today=today, off=off)


@pytest.mark.req("S2-03")
def test_no_week_is_asked_while_it_is_off_and_the_weeks_before_stay() -> None:
    held = [date(2026, 3, 4), date(2026, 3, 18)]
    weeks = asked("weekly-session", WAS_OFF, session__held=held)

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
    met = asked("weekly-session", IS_OFF, today=OFF, session__held=[date(2026, 4, 7)])
    open_then = asked("weekly-session", IS_OFF, today=OFF)
    later = asked("weekly-session", IS_OFF, session__held=[date(2026, 4, 10)])

    assert met[-1].period_on == date(2026, 4, 6)
    assert open_then[-1].period_on == later[-1].period_on == date(2026, 3, 30)


@pytest.mark.req("S2-03")
def test_what_was_overdue_counts_as_missed_while_it_is_off_and_is_asked_for_again() -> None:
    [missed] = asked("key-worker-allocated", IS_OFF)
    assert (missed.due_on, missed.missed, missed.state) == (ADMITTED, True, State.OVERDUE)
    assert "no longer asked" in missed.why
    [again] = asked("key-worker-allocated", WAS_OFF)
    assert (again.due_on, again.missed, again.state) == (ADMITTED, False, State.OVERDUE)

    [named] = asked("key-worker-allocated", WAS_OFF, key_worker__named=[date(2026, 3, 3)])
    assert named.met_on == date(2026, 3, 3)


@pytest.mark.req("S2-03")
def test_a_session_that_was_missed_while_it_was_off_is_never_asked_about() -> None:
    found = asked(
        "missed-session-rebooked", WAS_OFF,
        session__missed=[date(2026, 3, 20), date(2026, 4, 7), date(2026, 4, 15), date(2026, 5, 6)],
    )  # fmt: skip
    assert [one.period_on for one in found] == [
        date(2026, 3, 20), date(2026, 4, 7), date(2026, 5, 6),
    ]  # fmt: skip
    assert not [one for one in found if one.missed]


@pytest.mark.req("S2-03")
def test_what_was_open_when_it_went_off_comes_back_due_that_day_at_the_earliest() -> None:
    missed = [date(2026, 4, 7)]
    assert not asked("missed-session-rebooked", IS_OFF, session__missed=missed)
    [back] = asked("missed-session-rebooked", WAS_OFF, session__missed=missed)
    assert (back.period_on, back.due_on, back.state) == (missed[0], ON, State.OVERDUE)
    assert "Not owed from 8 April 2026 to 29 April 2026" in back.why


@pytest.mark.req("S2-03")
def test_who_came_while_it_was_off_is_asked_for_from_the_day_it_is_on() -> None:
    [first] = asked("key-worker-allocated", Off(date.min, ON))
    assert (first.period_on, first.due_on) == (ON, ON)
    assert "Practice in force" in first.why
    [again] = asked("key-worker-allocated", Off(date(2026, 2, 1), ON))
    assert (again.period_on, again.due_on) == (ON, ON)
    assert "asked again" in again.why


def test_who_moved_out_before_it_was_off_or_came_after_keeps_what_there_was() -> None:
    left = Subject(
        kind="stay", ref="left", starts_on=ADMITTED, ended_on=date(2026, 3, 12),
        facts={"admission": [ADMITTED]},
    )  # fmt: skip
    here = pack("staged-hostel")
    rule = here.duty("weekly-session")
    asking: Any = {"pack": here, "today": TODAY}
    assert duties_by(rule, left, off=[WAS_OFF], **asking) == duties_by(rule, left, **asking)
    assert duties_by(rule, left, off=[Off(date.min, ON)], **asking) == ()


@given(day=DAYS, today=DAYS, key=st.sampled_from(["weekly-session", "case-review"]))
def test_off_on_a_day_to_come_is_as_if_nobody_had_asked(day: date, today: date, key: str) -> None:
    facts = {"session__held": [day], "review__held:case": [day]}
    assert asked(key, Off(today + timedelta(days=1)), today=today, **facts) == duties_by(
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
            key, Off(off, on), today=later, session__held=done,
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
        return own.off_over_time(values, at, otherwise=otherwise, on=on)

    assert over() == []
    assert over(said(OFF, to=False)) == [(OFF, None)]
    assert over(said(OFF, to=False), said(ON, to=None)) == [(OFF, ON)]
    assert over(said(OFF, to=False), said(OFF, to=True)) == []
    assert over(said(OFF, to=False), on=date(2026, 4, 7)) == []
    assert over(otherwise=False) == [(date.min, None)]
    assert over(said(OFF, to=True), said(ON, to=None), otherwise=False) == [
        (date.min, OFF),
        (ON, None),
    ]
