"""The service week, misses in a row, and the report before the review."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine

from alongside.keywork.facts import written
from alongside.keywork.operations import (
    answer_report,
    book_slot,
    book_time,
    record_missed,
    record_session,
    write_report,
)
from alongside.keywork.queries import missed_running, missing_reports, team_questions, week_board
from alongside.keywork.tests.conftest import HEADINGS
from alongside.kit.refusal import Refused
from alongside.testing.builders import a_stay

TODAY = date(2026, 4, 20)
REPORT = {"progress": "Well.", "assessment": "Steady.", "risks": "None."}


def row_of(stay, day=TODAY):
    return next(row for row in week_board(stay.scheme, day).rows if row.stay == stay)


@pytest.mark.req("S1-14")
def test_each_week_shows_who_is_short_booked_or_seen(tomasz, slot, amina, college):
    assert row_of(tomasz).state == ("Short", "quiet")
    with time_machine.travel(datetime(2026, 4, 22, 9, tzinfo=ZoneInfo("Europe/London"))):
        assert row_of(tomasz, date(2026, 4, 22)).state == ("Short", "warn")

    book_slot(tomasz, by=amina, slot=slot)
    assert row_of(tomasz).state == ("Booked", "info")

    record_session(
        tomasz, by=amina, held_on=TODAY, minutes=30, headings=HEADINGS, actions=[college]
    )
    assert row_of(tomasz).state == ("Held", "good")
    assert row_of(tomasz, date(2026, 4, 13)).state == ("Not held", "bad")


@pytest.mark.req("S1-14")
def test_a_first_week_of_fewer_than_four_days_is_not_counted(beds, grace):
    friday = a_stay(beds[1], by=grace, moved_in_on=date(2026, 4, 17))
    thursday = a_stay(beds[2], by=grace, name="Ada Marsh", moved_in_on=date(2026, 4, 16))

    assert row_of(friday, date(2026, 4, 17)).state[0] == "First days, not counted"
    assert row_of(thursday, date(2026, 4, 17)).state[0] == "Not held"


def test_misses_of_the_resident_and_of_the_service_are_told_apart_and_two_alarm(
    tomasz, slot, amina
):
    first = book_slot(tomasz, by=amina, slot=slot)
    second = book_time(
        tomasz, by=amina, worker=amina, on=date(2026, 4, 22), starts=time(9), venue="office"
    )
    with time_machine.travel(datetime(2026, 4, 22, 12, tzinfo=ZoneInfo("Europe/London"))):
        record_missed(first, by=amina, reason="did_not_come")
        record_missed(second, by=amina, reason="staff_absent")
        row = row_of(tomasz, date(2026, 4, 22))

    assert (row.missed_by_resident, row.missed_by_service) == (1, 1)
    assert (row.in_a_row, row.alarming) == (2, True)
    assert missed_running([tomasz.pk]) == {tomasz.pk: 2}


@pytest.mark.req("S1-23", "S1-24")
def test_a_report_before_the_review_asks_the_team_and_keeps_the_answer(tomasz, amina, grace):
    assert [one.stay for one in missing_reports(tomasz.scheme)] == [tomasz]

    report = write_report(tomasz, by=amina, headings=REPORT, team_question="Is the fob needed?")
    assert not missing_reports(tomasz.scheme)
    assert team_questions(tomasz.scheme).get() == report
    assert written(tomasz, "") == [TODAY]

    answer_report(report, by=grace, answer="Yes, until May.")
    assert not team_questions(tomasz.scheme).exists()


def test_a_report_says_something_under_every_heading_and_once_a_period(tomasz, amina):
    with pytest.raises(Refused) as refused:
        write_report(tomasz, by=amina, headings={**REPORT, "risks": " "})
    assert refused.value.field == "heading_risks"

    write_report(tomasz, by=amina, headings=REPORT)
    with pytest.raises(Refused, match="already a report"):
        write_report(tomasz, by=amina, headings=REPORT)
