"""Amina walks away from her desk, in a real browser whose clock is turned on."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from alongside.testing.cast import Cast
from tests.journeys.browser import axe
from tests.journeys.steps import AtWork, does_not_see, goes_to, is_at, presses, sees

pytestmark = pytest.mark.browser
AGAIN = "account_reauthenticate"


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
    first.wait_for_url(lambda address: not address.endswith(reverse(AGAIN)))
    goes_to(first, "casefile:casefile", cast.tomasz.pk)
    sees(first, "Tomasz Nowak")
