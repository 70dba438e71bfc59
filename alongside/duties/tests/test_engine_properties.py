"""What holds of the engine whatever happened: under each of the five packs, for stays, colleagues
and services, on any day, also those on which the clocks change, months end and years leap."""

from __future__ import annotations

import calendar
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alongside.duties.engine import Duty, Happening, Pause, State, Subject, duties_of
from alongside.duties.operations import work_out
from alongside.duties.recalculation import rebuild
from alongside.duties.tests.test_rebuilding import NIGHT, STEPS, all_of_it
from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.practice.pack import Pack, pack
from alongside.stays.models import Stay
from alongside.testing.cast import Cast

DAY = timedelta(days=1)
PACKS = (
    "staged-hostel",
    "aotearoa-transitional",
    "supported-living",
    "childrens-home",
    "coordinated-care",
)
LAST = date(2026, 12, 31)
days = st.dates(date(2024, 1, 1), LAST)
few = settings(max_examples=60, deadline=None)


def asked_of(of: Pack, kind: str) -> list[str]:
    """Every fact that the rules about this kind of subject ask."""
    rules = [rule for rule in of.duties if rule.subject == kind]
    named = {n for r in rules for n in (r.anchor, r.else_from, r.before, r.done_by)}
    return sorted(named - {"", "admission"})


@st.composite
def told(draw) -> tuple[Pack, Subject]:
    """A pack, and somebody of whom anything may have been written down in any order."""
    of = pack(draw(st.sampled_from(PACKS)))
    kind = draw(st.sampled_from(["stay", "staff", "scheme"]))
    began = draw(days)
    marks = st.sampled_from(["", "a", "b", "c"])
    written = days | st.builds(Happening, days, marks)
    # A date to come that says since when it is known, which may be before they came.
    ahead = days | st.builds(Happening, days, marks, days)
    planned = {rule.before for rule in of.duties if rule.subject == kind}
    facts: dict[str, list[Happening | date]] = {
        name: draw(st.lists(ahead, min_size=1, max_size=4))
        if name in planned
        else draw(st.lists(written, max_size=3))
        for name in asked_of(of, kind)
    }
    start = {"stay": "admission", "staff": "work.begun", "scheme": "service.begun"}[kind]
    facts[start] = [began]
    away = [
        Pause(on, draw(st.none() | st.dates(on, date(2027, 6, 1))), "hospital")
        for on in draw(st.lists(st.dates(began, LAST), max_size=2))
    ]
    left = draw(st.none() | st.dates(began, LAST))
    return of, Subject(kind, "x", began, left, facts, tuple(away))


def worked_out(of: Pack, subject: Subject, today: date) -> tuple[Duty, ...]:
    return tuple(duties_of(of, subject, today=today))


@few
@given(told(), days)
def test_twice_is_once_under_every_pack(of_whom, today):
    of, somebody = of_whom
    again = Subject(
        somebody.kind, somebody.ref, somebody.starts_on, somebody.ended_on, dict(somebody.facts),
        somebody.pauses,
    )  # fmt: skip
    assert worked_out(of, somebody, today) == worked_out(of, again, today)


@few
@given(told(), days, st.randoms())
def test_the_order_in_which_it_was_written_down_changes_nothing(of_whom, today, chance):
    of, somebody = of_whom
    mixed = {name: chance.sample(list(found), len(list(found)))
             for name, found in somebody.facts.items()}  # fmt: skip
    other = Subject(somebody.kind, somebody.ref, somebody.starts_on, somebody.ended_on, mixed,
                    somebody.pauses[::-1])  # fmt: skip
    assert worked_out(of, somebody, today) == worked_out(of, other, today)


@few
@given(told(), days)
def test_nothing_is_owed_from_before_it_began_nor_due_before_it_opens(of_whom, today):
    of, somebody = of_whom
    for duty in worked_out(of, somebody, today):
        assert min(duty.period_on, duty.opens_on) >= somebody.starts_on
        assert duty.due_on >= duty.first_due_on >= duty.opens_on, duty.key
        assert duty.met_on is None or duty.met_on <= today


@few
@given(told(), days)
def test_one_rule_one_period_one_record_is_one_duty(of_whom, today):
    of, somebody = of_whom
    found = Counter(duty.identity for duty in worked_out(of, somebody, today))
    assert max(found.values(), default=1) == 1


CHANGES = {
    "Europe/London": (date(2026, 3, 29), date(2026, 10, 25)),
    "Pacific/Auckland": (date(2026, 4, 5), date(2026, 9, 27)),
}


@few
@given(
    st.sampled_from(sorted(CHANGES)), st.integers(0, 1), st.integers(-1, 1),
    st.times(), st.integers(0, 1),
)  # fmt: skip
def test_at_no_minute_around_a_change_of_clocks_is_it_another_day(zone, which, off, at, fold):
    """Due until midnight where the scheme is, on a day of 23, 24 or 25 hours."""
    due_on = CHANGES[zone][which]
    here = datetime.combine(due_on + off * DAY, time(at.hour, at.minute), tzinfo=ZoneInfo(zone))
    real = here.replace(fold=fold).astimezone(UTC)
    local = real.astimezone(ZoneInfo(zone)).date()  # an hour that is left out lies in the next
    with clock.standing_at(real):
        today = clock.today(zone)
    stay = Subject("stay", "x", due_on - 7 * DAY, facts={"admission": [due_on - 7 * DAY]})
    [duty] = [one for one in worked_out(pack("staged-hostel"), stay, today)
              if one.key == "initial-assessment"]  # fmt: skip

    assert today == local
    assert duty.due_on == due_on
    assert (duty.state is State.OVERDUE) == (local > due_on)
    assert (duty.state is State.DUE) == (local == due_on)


@few
@given(st.dates(date(1999, 1, 1), date(2101, 1, 1)), st.integers(0, 60))
def test_a_month_later_is_the_same_day_or_the_last_there_is(day, months):
    later = Duration(months=months).after(day)
    last = calendar.monthrange(later.year, later.month)[1]

    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == min(day.day, last)


@pytest.mark.parametrize(
    ("day", "lands"),
    [
        (date(2025, 1, 31), date(2025, 2, 28)),
        (date(2028, 1, 31), date(2028, 2, 29)),
        (date(2028, 2, 29), date(2028, 3, 29)),
        (date(2100, 1, 31), date(2100, 2, 28)),
    ],
)
def test_31_january_and_a_month_and_leap_days_under_a_pack(day, lands):
    stay = Subject("stay", "x", day, facts={"admission": [day]})
    [review] = [one for one in worked_out(pack("staged-hostel"), stay, day)
                if one.key == "monthly-review"]  # fmt: skip
    assert review.due_on == lands


@few
@given(st.dates(date(2023, 1, 1), date(2033, 1, 1)), st.integers(0, 2000))
def test_days_are_counted_one_by_one_over_leap_days(day, many):
    assert Duration(days=many).after(day).toordinal() == day.toordinal() + many
    assert Duration(weeks=many).after(day).toordinal() == day.toordinal() + 7 * many


@pytest.mark.slow
@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(len(STEPS))), st.integers(1, len(STEPS)))
def test_what_is_kept_in_step_is_what_is_made_again_in_any_order(cast: Cast, order, many):
    """Each example in a transaction of its own, which is taken back."""
    with transaction.atomic():
        cast.__dict__["tomasz"] = Stay.objects.for_page().get(pk=cast.tomasz.pk)
        for number in order[:many]:
            STEPS[number](cast)
        work_out(cast.mill_house, by=NIGHT)
        kept = all_of_it()
        rebuild()
        assert all_of_it() == kept
        transaction.set_rollback(True)
