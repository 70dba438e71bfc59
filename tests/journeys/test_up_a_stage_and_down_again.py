"""Up a stage and down again: what the stage opens takes effect at once, and ends at once."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from alongside.building.models import NightOut
from alongside.stages.operations import lapse_task, substitute_task
from alongside.stages.tests.scenes import at_stage, verified, waived
from alongside.stays.models import Stay
from alongside.testing.cast import Cast
from tests.journeys.browser import axe
from tests.journeys.steps import (
    AtWork,
    chooses,
    fills_in,
    follows,
    goes_to,
    is_at,
    is_told,
    presses,
    sees,
)

pytestmark = pytest.mark.browser
LAPSED = "4.3"


@pytest.mark.req("S1-28", "S1-29")
def test_a_night_out_comes_with_stage_5_and_goes_with_it(cast: Cast, at_work: AtWork) -> None:
    given_tomasz_has_done_what_stage_4_asks(cast)
    page = at_work(cast.grace)
    goes_to(page, "building:nights-out", cast.tomasz.pk)
    sees(page, "Their stage gives 0")

    when_grace_confirms_the_promotion(page, cast.tomasz)
    then_a_night_out_can_be_booked(page, cast.tomasz)

    when_something_no_longer_holds_and_he_moves_back(page, cast)
    then_the_night_is_cancelled_and_no_other_can_be_booked(page, cast.tomasz)
    and_he_is_told_and_answers(page, cast.tomasz)


def given_tomasz_has_done_what_stage_4_asks(cast: Cast) -> None:
    at_stage(cast.tomasz, "stage-4", by=cast.grace)
    waived(cast.tomasz, "stage-4", by=cast.grace, but=(LAPSED,))
    substitute_task(
        cast.tomasz, by=cast.grace, task=LAPSED, reason="not_available", replaced_by="The garden"
    )
    verified(cast.tomasz, LAPSED, by=cast.grace)


def when_grace_confirms_the_promotion(page: Page, stay: Stay) -> None:
    goes_to(page, "stages:stage-sheet", stay.pk)
    sees(page, "Ready for Stage 5")
    axe(page)
    follows(page, "Confirm the promotion")
    is_at(page, "stages:move", stay.pk, "promote")
    axe(page)
    presses(page, "Confirm the promotion")
    is_at(page, "stages:stage-sheet", stay.pk)
    is_told(page, "Recorded.")


def then_a_night_out_can_be_booked(page: Page, stay: Stay) -> None:
    goes_to(page, "building:nights-out", stay.pk)
    sees(page, "Their stage gives 1")
    axe(page)
    follows(page, "Book a night out")
    is_at(page, "building:book-night-out", stay.pk)
    fills_in(
        page,
        night_of="2026-04-24",
        back_by="2026-04-25T11:00",
        address="8 Elm Row",
        phone="07700 900123",
    )
    presses(page, "Save")
    is_at(page, "building:nights-out", stay.pk)
    sees(page, "8 Elm Row")


def when_something_no_longer_holds_and_he_moves_back(page: Page, cast: Cast) -> None:
    stay = cast.tomasz
    lapse_task(stay, by=cast.grace, task=LAPSED, reason="no_longer_true")
    goes_to(page, "stages:stage-sheet", stay.pk)
    sees(page, "Something no longer holds")
    axe(page)
    follows(page, "Move back")
    is_at(page, "stages:move", stay.pk, "back")
    axe(page)
    chooses(page, stage="Stage 4", reason="Tasks have lapsed")
    page.locator("[name=tasks]").first.check()
    fills_in(page, starts_at="2026-04-20T12:00")
    presses(page, "Move back")
    is_at(page, "stages:stage-sheet", stay.pk)
    is_told(page, "Recorded.")


def then_the_night_is_cancelled_and_no_other_can_be_booked(page: Page, stay: Stay) -> None:
    assert NightOut.objects.get().cancelled_because
    goes_to(page, "building:nights-out", stay.pk)
    sees(page, "Their stage gives 0", "Their stage is Stage 4")
    axe(page)


def and_he_is_told_and_answers(page: Page, stay: Stay) -> None:
    goes_to(page, "stages:history", stay.pk)
    axe(page)
    follows(page, "They have been told")
    fills_in(page, told_on="2026-04-20", answer="That is unfair, and I shall be back.")
    presses(page, "Save")
    is_at(page, "stages:history", stay.pk)
    sees(page, "That is unfair, and I shall be back.")
