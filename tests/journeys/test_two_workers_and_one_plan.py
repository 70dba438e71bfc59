"""Two workers write one plan: nobody's text is lost. One of them has no JavaScript."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from alongside.plans.models import Plan
from alongside.plans.operations import open_version, write_plan
from alongside.testing.cast import Cast
from tests.journeys.browser import axe, screenshot
from tests.journeys.steps import (
    AtWork,
    chooses,
    fills_in,
    goes_to,
    is_at,
    is_told,
    main,
    presses,
    sees,
)

pytestmark = pytest.mark.browser
AMINA, GRACE = "A place with a garden.", "Somewhere near his sister."


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
def test_both_texts_are_shown_and_both_can_be_kept(
    cast: Cast, at_work: AtWork, *, javascript: bool
) -> None:
    plan = given_a_draft(cast)
    amina, grace = at_work(cast.amina), at_work(cast.grace, javascript=javascript)
    goes_to(amina, "plans:write", plan.pk)
    goes_to(grace, "plans:write", plan.pk)

    when_somebody_writes(amina, plan, AMINA)
    and_somebody_else_writes_meanwhile(grace, plan, GRACE)

    then_both_texts_stand_there(grace, plan)
    and_graces_words_are_still_in_the_box(grace)
    if javascript:
        axe(grace)
    when_grace_keeps_both(grace, plan)
    plan.refresh_from_db()
    assert plan.voice["wants"] == f"{AMINA}\n\n{GRACE}"


def given_a_draft(cast: Cast) -> Plan:
    plan = open_version(cast.tomasz, by=cast.amina)
    write_plan(plan, by=cast.amina, voice={"wants": "My own place."}, took_part="Tomasz, Amina")
    return plan


def when_somebody_writes(page: Page, plan: Plan, words: str) -> None:
    fills_in(page, voice_wants=words)
    presses(page, "Save")
    is_at(page, "plans:version", plan.pk)
    is_told(page, "The words are saved.")


def and_somebody_else_writes_meanwhile(page: Page, plan: Plan, words: str) -> None:
    fills_in(page, voice_wants=words)
    presses(page, "Save")
    is_at(page, "plans:write", plan.pk)


def then_both_texts_stand_there(page: Page, plan: Plan) -> None:
    screenshot(page, "two-workers-one-plan")
    both = main(page).get_by_role("region", name="What each of you wrote")
    both.get_by_text(AMINA).wait_for()
    both.get_by_text(GRACE).wait_for()


def and_graces_words_are_still_in_the_box(page: Page) -> None:
    assert page.locator("[name=voice_wants]").input_value() == GRACE


def when_grace_keeps_both(page: Page, plan: Plan) -> None:
    chooses(page, keep="Both, theirs first")
    presses(page, "Save")
    is_at(page, "plans:version", plan.pk)
    sees(page, AMINA, GRACE)
