"""Amina walks away from her desk, in a real browser whose clock is turned on."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from alongside.testing.cast import Cast
from tests.journeys.browser import axe
from tests.journeys.steps import AtWork, does_not_see, goes_to, is_at, presses, sees

pytestmark = pytest.mark.browser
ALT = 1
AGAIN = "account_reauthenticate"


def presses_alt_c(page: Page) -> None:
    """As a keyboard sends it: with the letter, which the browser's own access keys go by."""
    keyboard = page.context.new_cdp_session(page)
    key = {"modifiers": ALT, "key": "c", "code": "KeyC", "windowsVirtualKeyCode": ord("C")}
    keyboard.send("Input.dispatchKeyEvent", {**key, "type": "rawKeyDown"})
    letter = {**key, "type": "char", "text": "c", "unmodifiedText": "c", "isSystemKey": True}
    keyboard.send("Input.dispatchKeyEvent", letter)
    keyboard.send("Input.dispatchKeyEvent", {**key, "type": "keyUp"})


@pytest.mark.slow
@pytest.mark.req("S4-33")
def test_a_screen_nobody_touches_is_covered_in_every_window_and_not_while_one_is_worked_in(
    cast: Cast, at_work: AtWork, settings: Any
) -> None:
    settings.DEMO = True  # nobody has a second factor
    first = at_work(cast.amina)
    first.clock.install()
    second = first.context.new_page()
    goes_to(first, "casefile:casefile", cast.tomasz.pk)
    goes_to(second, "drafts:mine")

    first.clock.fast_forward("04:00")
    second.keyboard.press("Tab")
    first.wait_for_timeout(300)  # one window tells the other
    first.clock.fast_forward("02:00")
    first.clock.run_for(1_000)
    is_at(first, "casefile:casefile", cast.tomasz.pk)
    is_at(second, "drafts:mine")

    first.clock.fast_forward("05:00")
    first.clock.run_for(1_000)
    for page in (first, second):
        is_at(page, AGAIN)
        sees(page, "This screen is covered", "Amina Yusuf is signed in")
        does_not_see(page, "Tomasz")
    axe(first)
    presses(first, "It is me")
    is_at(first, "casefile:casefile", cast.tomasz.pk)
    sees(first, "Tomasz Nowak")
    second.reload()
    is_at(second, "drafts:mine")


@pytest.mark.req("S4-33")
def test_the_access_key_of_the_browser_and_c_covers_the_screen(
    cast: Cast, at_work: AtWork, settings: Any
) -> None:
    settings.DEMO = True
    page = at_work(cast.amina)
    goes_to(page, "drafts:mine")
    presses_alt_c(page)
    is_at(page, AGAIN)
    sees(page, "This screen is covered")
    presses(page, "It is me")
    is_at(page, "drafts:mine")
