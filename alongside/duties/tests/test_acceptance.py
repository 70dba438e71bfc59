"""The acceptance set of the duty engine (C03), sentence by sentence, with its numbers and dates.

Somebody moves in on Tuesday 3 June 2025. What is due, by when and by whom, under each pack;
how a duty moves through its states; and what closes, pauses, moves and routes it.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from alongside.absence.operations import report_sick
from alongside.allocations.operations import allocate
from alongside.assessments.operations import start_assessment
from alongside.duties.engine import Duty as Owed
from alongside.duties.engine import Happening, Pause, State, Subject, duties_of
from alongside.duties.models import Duty, MovedDate
from alongside.duties.models import State as Stored
from alongside.duties.operations import excuse, work_out
from alongside.moving_on.facts import first_target
from alongside.practice.pack import Pack, pack
from alongside.stays.operations import correct_moved_in
from alongside.testing.builders import a_stay, an_assessment
from alongside.testing.cast import SETTING_UP, Cast, assemble

TUESDAY = date(2025, 6, 3)
DAY = timedelta(days=1)
HOSTEL, HOME, AOTEAROA, LIVING = (
    "staged-hostel", "childrens-home", "aotearoa-transitional", "supported-living",
)  # fmt: skip


def about(kind: str = "stay", /, **facts: Any) -> Subject:
    told = {name.replace("__", "."): found for name, found in facts.items()}
    pauses, waived = told.pop("pauses", ()), told.pop("waived", frozenset())
    return Subject(kind, "somebody", TUESDAY, facts={"admission": [TUESDAY], **told},
                   pauses=tuple(pauses), waived=waived)  # fmt: skip


def owed(of: str | Pack, subject: Subject, key: str, on: date) -> list[Owed]:
    found = duties_of(pack(of) if isinstance(of, str) else of, subject, today=on)
    return [duty for duty in found if duty.key == key]


def due(of: str, subject: Subject, key: str, on: date) -> list[date]:
    return [duty.due_on for duty in owed(of, subject, key, on)]


@pytest.fixture
def held(cast: Cast) -> Cast:
    """Amina holds Tomasz."""
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, role="coordinator")
    return cast


@pytest.mark.req("S1-03", "S1-06", "S1-07")
def test_induction_is_due_the_same_day_assessment_and_signed_plan_on_10_june():
    stay = about()
    assert due(HOSTEL, stay, "induction", TUESDAY) == [TUESDAY]
    assert due(HOSTEL, stay, "initial-assessment", TUESDAY) == [date(2025, 6, 10)]
    assert due(HOSTEL, stay, "first-plan", TUESDAY) == [date(2025, 6, 10)]


@pytest.mark.parametrize("of", [HOSTEL, HOME])
def test_one_session_is_due_in_each_week_of_the_service(of):
    """From Monday to Sunday; the first week, of six days, counts too."""
    sundays = [date(2025, 6, 8) + timedelta(weeks=n) for n in range(4)]
    assert due(of, about(), "weekly-session", sundays[-1]) == sundays


@pytest.mark.req("S3-83")
def test_the_social_worker_hears_every_seven_days():
    told = about(**{"sheet__completed:social-worker-update": [date(2025, 6, 9), date(2025, 6, 16)]})
    assert due(HOME, told, "social-worker-update", date(2025, 6, 17)) == [
        date(2025, 6, 10), date(2025, 6, 16), date(2025, 6, 23),
    ]  # fmt: skip


def test_the_managers_review_opens_on_1_july_and_is_due_on_2_september():
    """Days 28 to 91, also while there is no plan in force to count from."""
    for stay in (about(), about(plan__in_force=[TUESDAY])):
        [review] = owed(HOSTEL, stay, "manager-review", TUESDAY)
        assert (review.opens_on, review.due_on) == (date(2025, 7, 1), date(2025, 9, 2))
        assert ((review.opens_on - TUESDAY).days, (review.due_on - TUESDAY).days) == (28, 91)


@pytest.mark.req("S0-20")
def test_the_expected_day_of_moving_on_is_26_august_the_84th(db):
    house = assemble(AOTEAROA)
    with time_machine.travel(datetime(2025, 6, 3, 12, tzinfo=ZoneInfo("Pacific/Auckland"))):
        rosa = a_stay(house.beds[1], by=house.grace, moved_in_on=TUESDAY)

    assert first_target(rosa) == date(2025, 8, 26) == TUESDAY + 84 * DAY
    assert Duty.objects.get(stay=rosa, key="expected-move").due_on == date(2025, 8, 26)


@pytest.mark.req("S0-83")
def test_supervision_is_due_every_14_days_and_outside_every_month_for_each_worker():
    held = [date(2025, 6, 16), date(2025, 7, 1)]
    worker = about("staff", work__begun=[TUESDAY], **{"sheet__completed:supervision": held})
    assert due(AOTEAROA, worker, "supervision", date(2025, 7, 2)) == [
        date(2025, 6, 17), date(2025, 6, 30), date(2025, 7, 15),
    ]  # fmt: skip
    assert due(AOTEAROA, worker, "external-supervision", TUESDAY) == [date(2025, 7, 3)]


@pytest.mark.req("S2-47")
def test_the_policy_is_reviewed_again_after_12_months():
    service = about("scheme", **{"sheet__completed:policy-review": [TUESDAY]})
    assert due(LIVING, service, "policy-review", TUESDAY) == [date(2026, 6, 3)]


def test_a_duty_moves_from_not_yet_open_to_overdue_as_the_days_pass():
    """Due soon is the pack's number of days ahead: three."""
    days = {
        date(2025, 6, 30): State.NOT_OPEN,
        date(2025, 7, 1): State.OPEN,
        date(2025, 8, 30): State.DUE_SOON,
        date(2025, 9, 2): State.DUE,
        date(2025, 9, 3): State.OVERDUE,
    }
    found = {day: owed(HOSTEL, about(), "manager-review", day)[0].state for day in days}
    assert found == days


@pytest.mark.parametrize(
    ("done_on", "state"), [(date(2025, 6, 10), State.DONE), (date(2025, 6, 11), State.DONE_LATE)]
)
def test_it_is_done_on_the_day_it_was_due_and_done_late_a_day_after(done_on, state):
    stay = about(assessment__completed=[done_on])
    [duty] = owed(HOSTEL, stay, "initial-assessment", date(2025, 6, 20))
    assert (duty.state, duty.met_on) == (state, done_on)


def test_it_is_waived_with_a_reason_and_by_whom(cast: Cast):
    duty = Duty.objects.get(stay=cast.tomasz, key="initial-assessment")
    waiver = excuse(duty, by=cast.grace, reason="Assessed by the hospital last week.")

    assert Duty.objects.get(pk=duty.pk).state == Stored.EXCUSED
    assert (waiver.reason, waiver.approved_by) == (
        "Assessed by the hospital last week.", cast.grace,
    )  # fmt: skip


def test_only_the_record_that_is_asked_for_closes_it_and_nobody_ticks_it(cast: Cast):
    duty = Duty.objects.get(stay=cast.tomasz, key="initial-assessment")
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20))
    assert Duty.objects.get(pk=duty.pk).met_on is None

    an_assessment(begun, by=cast.amina)
    assert Duty.objects.get(pk=duty.pk).met_on == date(2026, 4, 20)


def test_reminders_go_to_the_owner_then_to_cover_then_up_the_line(held: Cast):
    """Two days before to whoever owes it, two days after to the line manager, then above."""
    duty = Duty.objects.get(stay=held.tomasz, key="weekly-session", period_from=date(2026, 4, 20))
    rule = held.mill_house.pack.duties["weekly-session"]

    assert rule.owner == ("resident", "coordinator", "cover:coordinator", "manager")
    assert duty.owed_by == held.amina
    assert duty.remind_on == date(2026, 4, 22)  # the pack says the third day of the week
    assert duty.told == held.grace
    assert duty.escalate_on == duty.due_on + 2 * DAY
    assert duty.escalate_again_on == duty.due_on + 7 * DAY
    assert int(held.mill_house.pack.limit("reminder_hour")) == 7


@pytest.mark.req("S1-20")
def test_when_the_owner_is_away_it_falls_to_somebody_else_the_same_minute(held: Cast):
    open_ones = Duty.objects.unsettled().filter(stay=held.tomasz)
    assert open_ones.filter(owed_by=held.amina).exists()

    report_sick(held.mill_house, by=held.grace, worker=held.amina)

    assert not open_ones.filter(owed_by=held.amina).exists()
    assert set(open_ones.values_list("owed_by", flat=True)) == {held.grace.pk}


@pytest.mark.parametrize("kind", ["hospital", "custody", "agreed_away"])
def test_days_away_stop_the_clock_and_are_added_when_they_are_back(kind):
    """Three days in hospital: the seven days end on the 13th, and both dates stay visible."""
    missed = about(
        session__missed=[Happening(TUESDAY, "booking")],
        pauses=[Pause(date(2025, 6, 5), date(2025, 6, 8), kind)],
    )
    [away] = owed(HOSTEL, missed, "missed-session-rebooked", date(2025, 6, 6))
    [back] = owed(HOSTEL, missed, "missed-session-rebooked", date(2025, 6, 9))

    assert away.state is State.PAUSED
    assert (back.due_on, back.first_due_on) == (date(2025, 6, 13), date(2025, 6, 10))
    assert "3 paused days added" in back.why


def test_a_corrected_day_of_moving_in_moves_what_is_open_and_leaves_what_is_done(cast: Cast):
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20))
    an_assessment(begun, by=cast.amina)
    plan = Duty.objects.get(stay=cast.tomasz, key="first-plan")
    done = Duty.objects.get(stay=cast.tomasz, key="initial-assessment")

    correct_moved_in(
        cast.tomasz, by=cast.grace, moved_in_on=date(2026, 3, 4), because="A slip of the pen."
    )

    assert Duty.objects.get(pk=plan.pk).due_on == plan.due_on + 2 * DAY
    assert Duty.objects.get(pk=done.pk).due_on == done.due_on
    assert MovedDate.objects.filter(key="first-plan", kept=False).count() == 1


def test_running_the_engine_twice_creates_nothing_twice(cast: Cast):
    work_out(cast.mill_house, by=SETTING_UP)
    before = set(Duty.objects.values_list("pk", "state", "due_on"))
    work_out(cast.mill_house, by=SETTING_UP)

    assert set(Duty.objects.values_list("pk", "state", "due_on")) == before


def test_each_duty_says_its_rule_its_source_and_what_closes_it(cast: Cast):
    for duty in Duty.objects.filter(scheme=cast.mill_house):
        rule = cast.mill_house.pack.duties[duty.key]
        assert (duty.source, duty.done_by) == (rule.source, rule.done_by)
        assert f"Source: {rule.source}." in duty.why
        assert duty.practice == cast.mill_house.practice_name
