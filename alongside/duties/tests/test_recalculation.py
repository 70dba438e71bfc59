"""Stored duties agree with the records: after every write, every day, and when rebuilt."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError

from alongside.assessments.operations import start_assessment
from alongside.audit.actors import System
from alongside.duties.models import Duty, Excuse, State
from alongside.duties.operations import excuse, work_out
from alongside.duties.queries import duty_for, is_worked_out
from alongside.duties.recalculation import rebuild
from alongside.kit.refusal import NotPermitted, Refused
from alongside.stays.operations import end_stay
from alongside.testing.builders import an_assessment
from alongside.testing.cast import Cast

NIGHTLY = System("daily recalculation")


def assessment_duty(cast: Cast) -> Duty:
    return Duty.objects.get(stay=cast.tomasz, key="initial-assessment")


@pytest.mark.req("S1-06")
def test_the_first_assessment_is_owed_seven_days_after_moving_in(cast: Cast) -> None:
    duty = assessment_duty(cast)

    assert duty.due_on == date(2026, 3, 9)
    assert duty.owner[0] == "coordinator"
    assert "Key Working, step 2" in duty.source


def test_only_the_record_that_is_asked_for_closes_a_duty(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20))
    assert assessment_duty(cast).state == State.OPEN

    an_assessment(begun, by=cast.amina)

    assert assessment_duty(cast).state == State.MET_LATE
    assert assessment_duty(cast).met_on == date(2026, 4, 20)


def test_when_a_resident_moves_on_nothing_more_is_owed(cast: Cast) -> None:
    assert Duty.objects.filter(stay=cast.tomasz, state=State.OPEN).exists()

    end_stay(cast.tomasz, by=cast.grace, moved_out_on=date(2026, 4, 20))

    assert not Duty.objects.filter(stay=cast.tomasz, state=State.OPEN).exists()


def test_rebuilding_changes_nothing(cast: Cast) -> None:
    begun = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20))
    an_assessment(begun, by=cast.amina)
    names = ("key", "period_from", "ref", "due_on", "state", "met_on", "why")
    before = sorted(Duty.objects.values_list(*names))

    rebuild()

    assert sorted(Duty.objects.values_list(*names)) == before


def test_a_new_day_moves_duties_on_and_a_second_look_changes_nothing(cast: Cast) -> None:
    assert not is_worked_out(cast.mill_house)
    with time_machine.travel(datetime(2026, 4, 28, 9, tzinfo=ZoneInfo("Europe/London"))):
        work_out(cast.mill_house, by=NIGHTLY)
        weeks = set(Duty.objects.filter(key="weekly-session").values_list("period_from", "pk"))
        work_out(cast.mill_house, by=NIGHTLY)

        assert is_worked_out(cast.mill_house)
        assert date(2026, 4, 27) in {period for period, _ in weeks}
        again = set(Duty.objects.filter(key="weekly-session").values_list("period_from", "pk"))
        assert again == weeks


@pytest.mark.req("S1-14")
def test_a_week_that_is_over_without_a_session_is_missed_and_this_week_is_open(cast: Cast) -> None:
    work_out(cast.mill_house, by=NIGHTLY)
    states = dict(
        Duty.objects.filter(stay=cast.tomasz, key="weekly-session").values_list(
            "period_from", "state"
        )
    )

    assert states[date(2026, 4, 13)] == State.MISSED
    assert states[date(2026, 4, 20)] == State.OPEN


def test_a_manager_excuses_a_duty_with_a_reason_and_it_counts_as_excused(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        excuse(assessment_duty(cast), by=cast.owen, reason="No")
    with pytest.raises(NotPermitted):
        excuse(assessment_duty(cast), by=cast.amina, reason="No")

    excuse(assessment_duty(cast), by=cast.grace, reason="In hospital")

    assert assessment_duty(cast).state == State.EXCUSED


def test_what_is_done_cannot_be_excused(cast: Cast) -> None:
    an_assessment(
        start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 4, 20)), by=cast.amina
    )

    with pytest.raises(Refused, match="done already"):
        excuse(assessment_duty(cast), by=cast.grace, reason="Too late")


def test_to_somebody_of_another_scheme_there_is_no_such_duty(cast: Cast) -> None:
    from django.http import Http404

    with pytest.raises(Http404):
        duty_for(cast.owen, assessment_duty(cast).pk)


def test_the_database_refuses_an_excuse_without_a_reason(cast: Cast) -> None:
    duty = assessment_duty(cast)

    with pytest.raises(IntegrityError):
        Excuse.objects.create(
            stay=cast.tomasz, key=duty.key, period_from=duty.period_from, approved_by=cast.grace
        )
