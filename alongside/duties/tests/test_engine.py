"""The duty engine: what is owed, by when, in which state, and that it never changes its mind."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.duties.engine import (
    Duty,
    Happening,
    Pause,
    State,
    Subject,
    duties_by,
    duties_of,
)
from alongside.kit import clock
from alongside.practice.pack import Layer, Pack, pack, packs

TUESDAY = date(2025, 6, 3)
DAY = timedelta(days=1)


@pytest.fixture
def hostel() -> Pack:
    return pack("staged-hostel", "1.0.0")


def a_stay(admitted: date = TUESDAY, /, *, left=None, pauses=(), waived=frozenset(), **facts):
    told = {name.replace("__", "."): found for name, found in facts.items()}
    return Subject(
        kind="stay",
        ref="tomasz",
        starts_on=admitted,
        ended_on=left,
        pauses=tuple(pauses),
        waived=waived,
        facts={"admission": [admitted], **told},
    )


def owed(pack: Pack, stay: Subject, key: str, on: date) -> list[Duty]:
    return [duty for duty in duties_of(pack, stay, today=on) if duty.key == key]


def one(pack: Pack, stay: Subject, key: str, on: date) -> Duty:
    [duty] = owed(pack, stay, key, on)
    return duty


@pytest.mark.req("S1-02", "S1-03", "S1-06", "S1-07", "S1-39")
@pytest.mark.parametrize(
    ("key", "opens", "due"),
    [
        ("key-worker-allocated", TUESDAY, TUESDAY),
        ("induction", TUESDAY, TUESDAY),
        ("initial-assessment", TUESDAY, date(2025, 6, 10)),
        ("first-plan", TUESDAY, date(2025, 6, 10)),
        ("manager-review", date(2025, 7, 1), date(2025, 9, 2)),
    ],
)
def test_an_admission_on_tuesday_3_june_2025_yields_these_dates(hostel, key, opens, due):
    duty = one(hostel, a_stay(), key, TUESDAY)
    assert (duty.opens_on, duty.due_on) == (opens, due)


def test_every_shipped_pack_comes_to_the_dates_of_its_own_self_test():
    for about in packs():
        found = pack(about.id, about.version)
        facts = {name: [day] for name, day in found.self_test.facts.pairs()}
        starts = found.self_test.facts["admission"]
        stay = Subject(kind="stay", ref="sample", starts_on=starts, facts=facts)
        for expected in found.self_test.expects:
            duty = one(found, stay, expected.key, starts)
            assert duty.due_on == expected.due
            assert expected.opens in (None, duty.opens_on)


@pytest.mark.req("S1-06")
@pytest.mark.parametrize(
    ("on", "state"),
    [
        (date(2025, 6, 6), State.OPEN),
        (date(2025, 6, 7), State.DUE_SOON),
        (date(2025, 6, 10), State.DUE),
        (date(2025, 6, 11), State.OVERDUE),
    ],
)
def test_the_first_assessment_moves_from_open_to_overdue(hostel, on, state):
    assert one(hostel, a_stay(), "initial-assessment", on).state is state


@pytest.mark.parametrize(
    ("done", "state", "breached"),
    [(date(2025, 6, 10), State.DONE, False), (date(2025, 6, 11), State.DONE_LATE, True)],
)
def test_an_assessment_is_done_on_the_day_and_late_after_it(hostel, done, state, breached):
    stay = a_stay(assessment__completed=[done])
    duty = one(hostel, stay, "initial-assessment", date(2025, 7, 1))
    assert (duty.state, duty.met_on, duty.breached) == (state, done, breached)


def test_a_duty_says_its_arithmetic_and_its_source(hostel):
    duty = one(hostel, a_stay(), "initial-assessment", TUESDAY)
    assert duty.why == (
        "Admission on 3 June 2025; due 7 days later, on 10 June 2025. "
        "Source: Key Working, step 2; the reminder is ours."
    )
    assert duty.remind_on == (date(2025, 6, 7),)
    assert duty.owner == ("coordinator", "cover:coordinator", "manager")


def test_the_managers_review_is_not_open_before_four_weeks(hostel):
    assert one(hostel, a_stay(), "manager-review", date(2025, 6, 30)).state is State.NOT_OPEN
    assert one(hostel, a_stay(), "manager-review", date(2025, 7, 1)).state is State.OPEN


def test_the_managers_review_is_counted_from_the_plan_once_there_is_one(hostel):
    stay = a_stay(plan__in_force=[date(2025, 6, 9)])
    duty = one(hostel, stay, "manager-review", date(2025, 6, 9))
    assert (duty.opens_on, duty.due_on) == (date(2025, 7, 7), date(2025, 9, 8))


@pytest.mark.req("S1-39")
def test_the_managers_review_repeats_from_when_it_was_held(hostel):
    stay = a_stay(**{"review.held:manager": [date(2025, 8, 1)]})
    held, after = owed(hostel, stay, "manager-review", date(2025, 8, 2))
    assert held.state is State.DONE
    assert (after.opens_on, after.due_on) == (date(2025, 8, 29), date(2025, 10, 31))


def test_a_managers_review_before_the_fourth_week_does_not_close_it(hostel):
    stay = a_stay(**{"review.held:manager": [date(2025, 6, 20)]})
    assert one(hostel, stay, "manager-review", date(2025, 6, 21)).met_on is None


def test_a_monthly_review_on_the_day_of_admission_does_not_count(hostel):
    stay = a_stay(**{"review.held:monthly": [TUESDAY]})
    assert one(hostel, stay, "monthly-review", TUESDAY).met_on is None


def test_a_monthly_review_from_31_january_is_due_on_the_last_day_of_february(hostel):
    stay = a_stay(date(2026, 1, 31))
    assert one(hostel, stay, "monthly-review", date(2026, 1, 31)).due_on == date(2026, 2, 28)


@pytest.mark.req("S1-14")
def test_a_session_on_monday_does_not_close_the_week_before(hostel):
    stay = a_stay(session__held=[date(2025, 6, 9)])
    first, second = owed(hostel, stay, "weekly-session", date(2025, 6, 11))
    assert (first.due_on, first.state, first.missed) == (date(2025, 6, 8), State.OVERDUE, True)
    assert (second.due_on, second.state) == (date(2025, 6, 15), State.DONE)


@pytest.mark.parametrize(("admitted", "weeks"), [(date(2025, 6, 5), 1), (date(2025, 6, 6), 0)])
def test_a_first_week_counts_only_with_four_days_or_more(hostel, admitted, weeks):
    assert len(owed(hostel, a_stay(admitted), "weekly-session", date(2025, 6, 8))) == weeks


def test_the_weeks_end_with_the_week_of_today(hostel):
    found = owed(hostel, a_stay(), "weekly-session", date(2025, 6, 30))
    assert [duty.due_on for duty in found] == [
        date(2025, 6, 8),
        date(2025, 6, 15),
        date(2025, 6, 22),
        date(2025, 6, 29),
        date(2025, 7, 6),
    ]


def test_a_session_booked_for_tomorrow_has_not_been_held(hostel):
    stay = a_stay(session__held=[date(2025, 6, 5)])
    assert one(hostel, stay, "weekly-session", date(2025, 6, 4)).met_on is None


def test_leaving_in_the_first_week_leaves_nothing_missed(hostel):
    stay = a_stay(left=date(2025, 6, 6))
    found = duties_of(hostel, stay, today=date(2025, 9, 1))
    assert one(hostel, stay, "initial-assessment", date(2025, 9, 1)).state is State.VOID
    assert {duty.state for duty in found} == {State.VOID}


def test_a_week_missed_before_they_left_stays_missed(hostel):
    stay = a_stay(left=date(2025, 6, 18))
    found = owed(hostel, stay, "weekly-session", date(2025, 9, 1))
    assert [duty.state for duty in found] == [State.OVERDUE, State.OVERDUE, State.VOID]


def test_days_in_hospital_are_added_to_the_due_date_and_both_dates_stay(hostel):
    away = Pause(date(2025, 6, 5), date(2025, 6, 9), "hospital")
    duty = one(hostel, a_stay(pauses=[away]), "initial-assessment", date(2025, 6, 12))
    assert (duty.first_due_on, duty.due_on) == (date(2025, 6, 10), date(2025, 6, 14))
    assert duty.state is State.DUE_SOON
    assert "4 paused days added: 14 June 2025" in duty.why


def test_a_single_day_away_is_said_as_one_day(hostel):
    away = Pause(date(2025, 6, 5), date(2025, 6, 6), "hospital")
    duty = one(hostel, a_stay(pauses=[away]), "initial-assessment", date(2025, 6, 12))
    assert "1 paused day added: 11 June 2025" in duty.why


def test_two_pauses_over_the_same_days_count_once(hostel):
    pauses = [
        Pause(date(2025, 6, 5), date(2025, 6, 9), "hospital"),
        Pause(date(2025, 6, 6), date(2025, 6, 8), "custody"),
    ]
    duty = one(hostel, a_stay(pauses=pauses), "initial-assessment", date(2025, 6, 12))
    assert duty.due_on == date(2025, 6, 14)


def test_while_somebody_is_in_hospital_the_clock_stands_still(hostel):
    away = Pause(date(2025, 6, 5), None, "hospital")
    duty = one(hostel, a_stay(pauses=[away]), "initial-assessment", date(2025, 8, 1))
    assert duty.state is State.PAUSED
    assert not duty.breached


def test_a_kind_of_absence_that_the_rule_does_not_name_pauses_nothing(hostel):
    away = Pause(date(2025, 6, 5), date(2025, 6, 9), "agreed_away")
    duty = one(hostel, a_stay(pauses=[away]), "initial-assessment", date(2025, 6, 12))
    assert duty.due_on == date(2025, 6, 10)


def test_a_week_away_is_excused_and_not_missed(hostel):
    away = Pause(date(2025, 6, 9), date(2025, 6, 16), "agreed_away")
    found = owed(hostel, a_stay(pauses=[away]), "weekly-session", date(2025, 6, 20))
    assert [duty.state for duty in found] == [State.OVERDUE, State.PAUSED, State.DUE_SOON]
    assert [duty.breached for duty in found] == [True, False, False]


def test_a_waived_duty_is_neither_open_nor_breached(hostel):
    identity = one(hostel, a_stay(), "initial-assessment", TUESDAY).identity
    stay = a_stay(waived=frozenset({identity}))
    duty = one(hostel, stay, "initial-assessment", date(2025, 7, 1))
    assert (duty.state, duty.breached) == (State.WAIVED, False)


@pytest.mark.req("S1-12")
def test_each_plan_signed_by_a_substitute_is_read_by_itself(hostel):
    stay = a_stay(
        plan__signed_by_substitute=[Happening(TUESDAY, "plan 1"), Happening(TUESDAY, "plan 2")],
        plan__read_by_key_worker=[Happening(TUESDAY + DAY, "plan 2")],
    )
    first, second = owed(hostel, stay, "substitute-signed-plan", TUESDAY + DAY)
    assert (first.ref, first.met_on) == ("plan 1", None)
    assert (second.ref, second.met_on) == ("plan 2", TUESDAY + DAY)
    assert first.identity != second.identity


@pytest.mark.req("S1-23")
def test_the_report_is_due_two_days_before_each_planned_review(hostel):
    stay = a_stay(**{"review.planned:monthly": [date(2025, 7, 3), date(2025, 8, 4)]})
    first, second = owed(hostel, stay, "period-report", date(2025, 7, 1))
    assert (first.due_on, first.state) == (date(2025, 7, 1), State.DUE)
    assert (second.opens_on, second.due_on) == (date(2025, 7, 3), date(2025, 8, 2))


def test_one_report_serves_one_review(hostel):
    planned = {"review.planned:monthly": [date(2025, 7, 3), date(2025, 8, 4)]}
    stay = a_stay(**planned, report__written=[date(2025, 6, 30)])
    first, second = owed(hostel, stay, "period-report", date(2025, 7, 4))
    assert (first.state, second.met_on) == (State.DONE, None)


def test_nothing_is_owed_for_a_feature_that_is_off(hostel):
    assert owed(hostel, a_stay(), "case-review", TUESDAY) == []
    on = Layer.of_text("[features.case_reviews]\non = true", named="Mill House")
    with_cases = pack("staged-hostel", "1.0.0", over=(on,))
    assert one(with_cases, a_stay(), "case-review", TUESDAY).due_on == date(2025, 7, 1)


def test_a_referral_is_owed_a_decision_and_nothing_else(hostel):
    referral = Subject(
        kind="referral", ref="r1", starts_on=TUESDAY, facts={"referral.received": [TUESDAY]}
    )
    [duty] = duties_of(hostel, referral, today=TUESDAY)
    assert (duty.key, duty.due_on) == ("referral-decision", date(2025, 6, 17))


some = settings(max_examples=50, deadline=None)
days = st.dates(date(2024, 1, 1), date(2026, 12, 31))
NAMES = (
    "session.held",
    "assessment.completed",
    "plan.in_force",
    "weekly_form.signed",
    "review.held:monthly",
    "review.held:manager",
    "evidence.reconciled",
    "review.planned:monthly",
    "report.written",
    "session.missed",
    "agreement.refused",
)


@st.composite
def stays(draw) -> Subject:
    admitted = draw(days)
    pauses = [
        Pause(start, draw(st.none() | st.dates(start, date(2027, 1, 1))), "hospital")
        for start in draw(st.lists(st.dates(admitted, date(2027, 1, 1)), max_size=2))
        if start <= date(2026, 6, 1)
    ]
    facts = {name: draw(st.lists(days, max_size=4)) for name in NAMES}
    left = draw(st.none() | st.dates(admitted, date(2027, 1, 1)))
    return Subject("stay", "x", admitted, left, {"admission": [admitted], **facts}, tuple(pauses))


@some
@given(stays(), days)
def test_working_it_out_twice_is_working_it_out_once(stay, today):
    found = duties_of(pack("staged-hostel", "1.0.0"), stay, today=today)
    assert found == duties_of(pack("staged-hostel", "1.0.0"), stay, today=today)


@some
@given(stays(), days, st.randoms())
def test_the_order_of_the_facts_does_not_matter(stay, today, chance):
    mixed = {name: chance.sample(found, len(found)) for name, found in stay.facts.items()}
    other = Subject(stay.kind, stay.ref, stay.starts_on, stay.ended_on, mixed, stay.pauses[::-1])
    hostel = pack("staged-hostel", "1.0.0")
    assert duties_of(hostel, stay, today=today) == duties_of(hostel, other, today=today)


@some
@given(stays(), days)
def test_nothing_is_owed_from_before_the_admission(stay, today):
    for duty in duties_of(pack("staged-hostel", "1.0.0"), stay, today=today):
        assert duty.period_on >= stay.starts_on
        assert duty.opens_on >= stay.starts_on
        assert duty.due_on >= duty.first_due_on >= duty.opens_on


@some
@given(stays(), days)
def test_no_two_duties_have_the_same_identity(stay, today):
    found = duties_of(pack("staged-hostel", "1.0.0"), stay, today=today)
    assert max(Counter(duty.identity for duty in found).values(), default=1) == 1


@some
@given(stays(), days)
def test_no_week_is_owed_before_it_begins(stay, today):
    found = duties_of(pack("staged-hostel", "1.0.0"), stay, today=today)
    assert all(duty.opens_on <= today for duty in found if duty.key.startswith("weekly"))


@some
@given(stays())
def test_what_was_done_stays_done_as_time_goes_on(stay):
    hostel = pack("staged-hostel", "1.0.0")
    early = duties_of(hostel, stay, today=date(2026, 12, 31))
    later = {duty.identity: duty for duty in duties_of(hostel, stay, today=date(2027, 6, 1))}
    for duty in early:
        if duty.state is State.DONE:
            assert later[duty.identity].met_on == duty.met_on


def test_the_day_the_clocks_change_is_a_day_like_any_other(hostel):
    spring, autumn = date(2026, 3, 29), date(2026, 10, 25)
    for change in (spring, autumn):
        stay = a_stay(change - 3 * DAY)
        duty = one(hostel, stay, "initial-assessment", change)
        assert duty.due_on == change + 4 * DAY


@pytest.mark.parametrize("zone", ["Europe/London", "Pacific/Auckland"])
def test_midnight_where_the_scheme_is_makes_the_day_on_both_sides_of_a_change(hostel, zone):
    changes = {"Europe/London": (2026, 10, 25), "Pacific/Auckland": (2026, 9, 27)}
    change = date(*changes[zone])
    late = datetime(*changes[zone], 23, 30, tzinfo=ZoneInfo(zone)).astimezone(UTC)
    with clock.standing_at(late):
        today = clock.today(zone)
    stay = a_stay(change - 7 * DAY)

    assert today == change
    assert one(hostel, stay, "initial-assessment", today).state is State.DUE
    with clock.standing_at(late + timedelta(hours=1)):
        tomorrow = clock.today(zone)
    assert one(hostel, stay, "initial-assessment", tomorrow).state is State.OVERDUE


def test_a_month_from_29_february_ends_on_29_march(hostel):
    stay = a_stay(date(2028, 2, 29))
    assert one(hostel, stay, "monthly-review", date(2028, 2, 29)).due_on == date(2028, 3, 29)


def test_a_young_person_admitted_on_3_june_2025_has_their_social_worker_told_every_7_days():
    home = pack("childrens-home")
    told = {"sheet__completed:social-worker-update": [date(2025, 6, 9)]}
    stay = a_stay(**told)

    first, second = owed(home, stay, "social-worker-update", date(2025, 6, 9))

    assert (first.due_on, first.state) == (date(2025, 6, 10), State.DONE)
    assert second.due_on == date(2025, 6, 16)


def test_a_leap_day_is_counted(hostel):
    stay = a_stay(date(2028, 2, 27))
    assert one(hostel, stay, "first-plan", date(2028, 2, 27)).due_on == date(2028, 3, 5)


@some
@given(stays(), days, days)
def test_what_was_over_before_a_day_is_left_out_and_nothing_else_is_changed(stay, today, since):
    hostel = pack("staged-hostel", "1.0.0")
    for rule in hostel.duties:
        whole = duties_by(rule, stay, pack=hostel, today=today)
        later = duties_by(rule, stay, pack=hostel, today=today, since=since)
        over = rule.schedule == "fixed" and not rule.due
        assert later == tuple(one for one in whole if not over or one.due_on >= since)


def test_five_working_days_pass_over_a_weekend_and_a_bank_holiday():
    care = pack("coordinated-care")
    stay = a_stay(date(2026, 4, 1), **{"sheet.completed:complaint": [date(2026, 4, 2)]})
    duty = one(care, stay, "complaint-acknowledged", date(2026, 4, 2))
    assert duty.due_on == date(2026, 4, 9)


def test_the_report_about_a_month_is_due_on_the_fifth_working_day_of_the_next():
    care = pack("coordinated-care")
    stay = a_stay(date(2026, 3, 1), report__written=[date(2026, 4, 9)])
    march, _ = owed(care, stay, "monthly-report", date(2026, 4, 20))
    assert (march.opens_on, march.due_on) == (date(2026, 4, 1), date(2026, 4, 9))
    assert march.state is State.DONE
