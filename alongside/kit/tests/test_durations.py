"""Lengths of time on the calendar: months that are too short, leap days, and back again."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from alongside.kit.durations import Duration


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("P7D", date(2025, 6, 3), date(2025, 6, 10)),
        ("P12W", date(2025, 6, 3), date(2025, 8, 26)),
        ("P1M", date(2025, 1, 31), date(2025, 2, 28)),
        ("P1M", date(2028, 1, 31), date(2028, 2, 29)),
        ("P1Y", date(2028, 2, 29), date(2029, 2, 28)),
        ("P1M1D", date(2025, 1, 31), date(2025, 3, 1)),
        ("P0D", date(2025, 6, 3), date(2025, 6, 3)),
        ("P13M", date(2025, 12, 31), date(2027, 1, 31)),
    ],
)
def test_a_length_is_counted_on_the_calendar(text, start, end):
    assert Duration.parse(text).after(start) == end


def test_a_month_before_the_end_of_march_is_the_end_of_february():
    assert Duration.parse("P1M").before(date(2025, 3, 31)) == date(2025, 2, 28)


@pytest.mark.parametrize("text", ["", "P", "7D", "P7", "PT7H", "P-7D", "p7d", "P7D ", "P1D1M"])
def test_what_is_not_a_length_is_refused(text):
    with pytest.raises(ValueError, match="not a length of time"):
        Duration.parse(text)


def test_a_length_is_written_in_words():
    assert Duration.parse("P1M2D").in_words == "1 month and 2 days"
    assert Duration.parse("P12W").in_words == "12 weeks"
    assert Duration().in_words == "0 days"


lengths = st.builds(Duration, *[st.integers(0, 40)] * 4)


@settings(deadline=None)
@given(lengths)
def test_a_length_reads_back_as_it_was_written(length):
    assert Duration.parse(str(length)) == length


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 500))
def test_days_forward_and_back_come_home(day, days):
    assert Duration(days=days).before(Duration(days=days).after(day)) == day


@settings(deadline=None)
@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 50))
def test_months_keep_the_day_or_the_last_one_there_is(day, months):
    landed = Duration(months=months).after(day)
    assert landed.day <= day.day
    assert (landed.year * 12 + landed.month) - (day.year * 12 + day.month) == months
