"""12 + 12 in Auckland: a move is set, the home secured, week ten asks, more time is approved."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from playwright.sync_api import Page

from alongside.aftercare.models import Episode
from alongside.aftercare.operations import (
    sign_as_resident,
    sign_as_worker,
    write_aftercare_plan,
)
from alongside.allocations.operations import allocate
from alongside.moving_on.models import Move
from alongside.organisation.models import Staff
from alongside.schemes.operations import amend_scheme
from alongside.signatures.signing import Mark
from alongside.testing.cast import Cast, a_member_of_staff, assemble
from tests.journeys.browser import PHONE, axe
from tests.journeys.steps import (
    AtWork,
    chooses,
    fills_in,
    follows,
    goes_to,
    is_at,
    sees,
)

pytestmark = pytest.mark.browser
AUCKLAND = ZoneInfo("Pacific/Auckland")
MOVES_ON = date(2026, 4, 27)
INK = Mark(method="paper", witness="Grace Okafor")


@pytest.fixture
def whare(transactional_db: None) -> Cast:
    cast = assemble("aotearoa-transitional")
    here = cast.mill_house
    amend_scheme(
        here, by=cast.grace, name=here.name, time_zone=AUCKLAND.key, address="", women_only=False,
        residential=True, places=50, practice_model="",
    )  # fmt: skip
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    return cast


@pytest.mark.req("S0-21", "S0-36", "S0-74")
def test_twelve_and_twelve_in_auckland(whare: Cast, at_work: AtWork) -> None:
    talia = a_member_of_staff(whare.mill_house, "Talia Moeke", "team_leader", whare.grace)
    amina = at_work(whare.amina, PHONE)

    when_the_day_of_the_move_is_set(amina, whare)
    then_a_second_clock_of_the_same_case_is_there(amina, whare)
    with time_machine.travel(at_noon(MOVES_ON + timedelta(days=70)), tick=False):
        given_a_plan_both_signed(whare)
        when_week_ten_asks_and_more_time_is_needed(at_work(whare.amina, PHONE), whare)
        then_a_leader_approves_it(at_work(talia), whare, talia)

    assert Episode.objects.get().until_on == MOVES_ON + timedelta(days=84 + 42)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=AUCKLAND)


def when_the_day_of_the_move_is_set(page: Page, whare: Cast) -> None:
    goes_to(page, "moving_on:record", whare.tomasz.pk, "move")
    axe(page)
    chooses(page, tenure="Private rented home", aftercare="Yes")
    day = MOVES_ON.isoformat()
    fills_in(
        page, address="5A Pūriri Avenue", leaves_on=day, tenancy_starts_on=day, moves_in_on=day
    )
    main_button(page)
    assert Move.objects.get().address == "5A Pūriri Avenue"


def main_button(page: Page) -> None:
    page.locator("main form button.govuk-button").first.click()


def then_a_second_clock_of_the_same_case_is_there(page: Page, whare: Cast) -> None:
    goes_to(page, "aftercare:aftercare", whare.tomasz.pk)
    axe(page)
    sees(page, "Two clocks, one case", "5A Pūriri Avenue")
    assert Episode.objects.get().until_on == MOVES_ON + timedelta(days=84)


def given_a_plan_both_signed(whare: Cast) -> None:
    plan = write_aftercare_plan(
        Episode.objects.get(), by=whare.amina, home_every="P2W", goals="Keep this home."
    )
    sign_as_resident(plan, by=whare.amina, mark=INK)
    sign_as_worker(plan, by=whare.amina, mark=INK)


def when_week_ten_asks_and_more_time_is_needed(page: Page, whare: Cast) -> None:
    goes_to(page, "aftercare:aftercare", whare.tomasz.pk)
    follows(page, "Decide")
    axe(page)
    chooses(page, kind="It goes on for longer")
    fills_in(
        page, reason="The bond is owed still.",
        extend_until=(MOVES_ON + timedelta(days=84 + 42)).isoformat(),
    )  # fmt: skip
    main_button(page)
    is_at(page, "aftercare:aftercare", whare.tomasz.pk)
    sees(page, "The bond is owed still.")


def then_a_leader_approves_it(page: Page, whare: Cast, talia: Staff) -> None:
    goes_to(page, "aftercare:aftercare", whare.tomasz.pk)
    follows(page, "Approve it")
    axe(page)
    main_button(page)
    is_at(page, "aftercare:aftercare", whare.tomasz.pk)
    assert Episode.objects.get().decisions.get().approved_by == talia
