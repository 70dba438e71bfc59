"""Whoever chooses a key worker sees who is away, or will be soon."""

from __future__ import annotations

from datetime import date

from alongside.absence.operations import report_sick
from alongside.allocations.matching import candidates
from alongside.testing.builders import a_stay


def said_of(worker, stay):
    return next(one.notices for one in candidates(stay) if one.worker == worker)


def test_leave_ahead_and_sickness_now_stand_beside_the_candidate(leave, beds, amina, ruth, grace):
    mill_house = leave.scheme
    rosa = a_stay(beds[1], by=grace, moved_in_on=date(2026, 4, 7))
    assert said_of(amina, rosa) == ("Away from 4 May to 8 May",)
    assert said_of(ruth, rosa) == ()

    report_sick(mill_house, by=grace, worker=ruth)

    assert said_of(ruth, rosa) == ("Away now, nobody knows yet until when",)


def test_the_page_that_proposes_shows_it(leave, beds, grace, signed_in):
    rosa = a_stay(beds[1], by=grace, moved_in_on=date(2026, 4, 7))

    page = signed_in(grace).get(f"/stays/{rosa.pk}/key-worker/allocate/")

    assert "Away from 4 May to 8 May" in page.text
