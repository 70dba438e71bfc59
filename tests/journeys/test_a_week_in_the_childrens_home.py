"""A week in the children’s home: a talk, news for the social worker, and the manager who looks."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page

from alongside.allocations.operations import allocate
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.keywork.models import Session
from alongside.sheets.models import Sheet
from alongside.testing.cast import SETTING_UP, Cast, assemble
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import (
    AtWork,
    chooses,
    does_not_see,
    fills_in,
    follows,
    goes_to,
    is_at,
    presses,
    sees,
)

pytestmark = pytest.mark.browser
NEXT_MONDAY = datetime(2026, 4, 27, 9, tzinfo=ZoneInfo("Europe/London"))


@pytest.fixture
def home(transactional_db: None) -> Cast:
    cast = assemble("childrens-home")
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 3, 2))
    work_out(cast.mill_house, by=SETTING_UP)
    return cast


@pytest.mark.req("S1-14")
def test_a_week_in_the_childrens_home(home: Cast, at_work: AtWork) -> None:
    amina = at_work(home.amina, PHONE)
    when_amina_sees_what_the_week_asks(amina)
    and_records_the_talk_in_the_garden(amina, home)
    and_sends_the_news_to_the_social_worker(amina, home)
    with time_machine.travel(NEXT_MONDAY, tick=False):
        work_out(home.mill_house, by=SETTING_UP)
        grace = at_work(home.grace)
        then_the_manager_sees_that_the_week_was_met(grace, home)


def when_amina_sees_what_the_week_asks(page: Page) -> None:
    goes_to(page, "today:today")
    axe(page)
    sees(page, "Hold a key worker session this week")


def and_records_the_talk_in_the_garden(page: Page, home: Cast) -> None:
    goes_to(page, "keywork:record-session", home.tomasz.pk)
    axe(page)
    does_not_see(page, "resident")
    chooses(page, venue="Garden")
    fills_in(
        page,
        began="11:00",
        minutes="30",
        heading_observation="He laughed a lot.",
        heading_short_term="The maths test on Friday.",
        heading_medium_term="A season at the climbing club.",
        heading_progress="Went to maths every day.",
        heading_problems="The phone call on Wednesday.",
        heading_achievements="Climbed the big wall.",
        own_words="The climbing was good.",
    )
    presses(page, "Save the session")
    is_at(page, "keywork:sessions", home.tomasz.pk)
    held = Session.objects.get()
    assert (held.venue, held.own_words) == ("garden", "The climbing was good.")


def and_sends_the_news_to_the_social_worker(page: Page, home: Cast) -> None:
    goes_to(page, "paperwork:forms", home.tomasz.pk)
    page.get_by_role("link", name="Fill in News for the social worker").click()
    is_at(page, "paperwork:fill-in", home.tomasz.pk, "social-worker-update")
    axe(page)
    fills_in(page, good_news="A whole week of school.", difficulties="One hard evening.",
             to="Ms Oyelaran")  # fmt: skip
    chooses(page, sent_by="Secure e-mail")
    presses(page, "Finish")
    sent = Sheet.objects.get(key="social-worker-update")
    assert sent.finished_at


def then_the_manager_sees_that_the_week_was_met(page: Page, home: Cast) -> None:
    met = Duty.objects.filter(
        stay=home.tomasz, key="weekly-session", period_from=date(2026, 4, 20), state=State.MET
    )
    assert met.exists()
    goes_to(page, "coverage:coverage", home.mill_house.slug)
    page.goto(page.url + "?first=2026-04-20&last=2026-04-26")
    axe(page)
    sees(page, "1 of 1", "All met in time")
    does_not_see(page, "resident")
    follows(page, "Tomasz Nowak")
    sees(page, "✓ Met", "Amina Yusuf")
