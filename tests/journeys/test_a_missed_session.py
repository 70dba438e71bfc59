"""A missed session and a substitute, on a phone."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page

from alongside.allocations.operations import allocate
from alongside.keywork.models import Booking, Session
from alongside.keywork.operations import book_time
from alongside.stays.models import Stay
from alongside.testing.cast import Cast
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import (
    AtWork,
    chooses,
    does_not_see,
    fills_in,
    follows,
    goes_to,
    is_at,
    is_told,
    presses,
    sees,
    ticks,
)

pytestmark = pytest.mark.browser
THURSDAY = datetime(2026, 4, 16, 12, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.req("S1-18")
def test_tomasz_did_not_come_and_grace_stands_in(cast: Cast, at_work: AtWork) -> None:
    booking = given_a_session_this_morning(cast)
    amina, grace = at_work(cast.amina, PHONE), at_work(cast.grace, PHONE)

    when_amina_says_that_he_did_not_come(amina, booking)
    and_books_it_again(amina, cast.tomasz)
    when_grace_holds_it_in_her_place(grace, cast.tomasz)

    held = Session.objects.get()
    assert (held.held_by, held.instead_of) == (cast.grace, cast.amina)
    then_both_stand_on_his_file(amina, cast.tomasz)


def given_a_session_this_morning(cast: Cast) -> Booking:
    with time_machine.travel(THURSDAY, tick=False):
        allocate(
            cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 3, 2),
            reason="best_load",
        )  # fmt: skip
        return book_time(
            cast.tomasz, by=cast.amina, worker=cast.amina, on=date(2026, 4, 20),
            starts=time(10), venue="office",
        )  # fmt: skip


def when_amina_says_that_he_did_not_come(page: Page, booking: Booking) -> None:
    goes_to(page, "keywork:sessions", booking.stay_id)
    sees(page, "what came of it?")
    axe(page)
    follows(page, "Monday 20 April, 10:00")
    is_at(page, "keywork:booking", booking.pk)
    axe(page)
    follows(page, "It did not happen")
    is_at(page, "keywork:record-missed", booking.pk)
    presses(page, "Save")
    is_at(page, "keywork:record-missed", booking.pk)
    chooses(page, reason="The resident did not come")
    axe(page)
    presses(page, "Save")
    is_at(page, "keywork:sessions", booking.stay_id)
    sees(page, "The resident did not come")


def and_books_it_again(page: Page, stay: Stay) -> None:
    follows(page, "Book")
    is_at(page, "keywork:book-session", stay.pk)
    axe(page)
    chooses(page, venue="Office")
    fills_in(page, on="2026-04-20", starts="14:00")
    ticks(page, "By themselves, with help")
    presses(page, "Book it")
    is_at(page, "keywork:sessions", stay.pk)
    is_told(page, "It is booked.")
    sees(page, "Monday 20 April, 14:00", "with Amina Yusuf")
    does_not_see(page, "The resident did not come")


def when_grace_holds_it_in_her_place(page: Page, stay: Stay) -> None:
    with time_machine.travel(
        datetime(2026, 4, 20, 15, tzinfo=ZoneInfo("Europe/London")), tick=False
    ):
        goes_to(page, "keywork:sessions", stay.pk)
        follows(page, "Monday 20 April, 14:00")
        follows(page, "Record it")
        is_at(page, "keywork:record-session", stay.pk)
        axe(page)
        fills_in(
            page,
            heading_progress="He rang the college himself.",
            own_words="I overslept; I had been up all night.",
            raise_issue="Ask the surgery about sleep",
        )
        ticks(page, "Problems: nothing today", "Achievements: nothing today")
        presses(page, "Save the session")
        is_at(page, "keywork:sessions", stay.pk)
        is_told(page, "The session is recorded.")
        sees(page, "in place of Amina Yusuf")


def then_both_stand_on_his_file(page: Page, stay: Stay) -> None:
    goes_to(page, "casefile:casefile", stay.pk)
    axe(page)
    sees(page, "He rang the college himself.", "did not come")
