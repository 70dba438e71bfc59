"""Every component, for everybody: on a desk and a phone, with and without JavaScript."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.browser import DESK, PHONE, OpenPage, axe, does_not_scroll_sideways, screenshot

pytestmark = pytest.mark.browser


@pytest.fixture(autouse=True)
def _a_demonstration(settings: Any) -> None:
    settings.DEMO = True


@pytest.mark.parametrize("javascript", [True, False], ids=["with-js", "without-js"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_nobody_is_shut_out_by_a_component(
    live_server: Any, open_page: OpenPage, size: tuple[int, int], *, javascript: bool
) -> None:
    page = open_page(size, javascript=javascript)
    page.goto(f"{live_server.url}/ui/")

    assert does_not_scroll_sideways(page)
    if javascript:  # axe is itself a script
        axe(page)
    screenshot(page, f"components-{size[0]}-{'js' if javascript else 'plain'}")


def test_errors_take_the_focus_and_lead_to_their_fields(live_server: Any, desk: Page) -> None:
    desk.goto(f"{live_server.url}/ui/")
    desk.get_by_role("button", name="Save session").click()

    expect(desk.locator(".govuk-error-summary")).to_be_focused()
    axe(desk)
    desk.get_by_role("link", name="Say where you met").click()
    expect(desk.get_by_label("At the house")).to_be_focused()


def test_the_form_says_what_is_missing_without_javascript(
    live_server: Any, phone_without_js: Page
) -> None:
    page = phone_without_js
    page.goto(f"{live_server.url}/ui/")
    page.get_by_label("What did you talk about?").fill("Tomek rang his sister.")
    page.get_by_role("button", name="Save session").click()

    expect(page.get_by_role("link", name="Say when you met")).to_be_visible()
    expect(page.get_by_label("What did you talk about?")).to_have_value("Tomek rang his sister.")


def test_a_signature_is_drawn_with_the_pointer(live_server: Any, desk: Page) -> None:
    desk.goto(f"{live_server.url}/ui/")
    pad = desk.locator("[data-signature][data-ready] svg")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    desk.mouse.move(box["x"] + 50, box["y"] + 50)
    desk.mouse.down()
    desk.mouse.move(box["x"] + 150, box["y"] + 90, steps=4)
    desk.mouse.up()

    assert desk.locator("input[name=signature]").input_value().startswith("M")


def test_words_typed_and_lost_come_back(
    live_server: Any, desk: Page, transactional_db: None, cast: Any, client: Any
) -> None:
    client.force_login(cast.amina)
    desk.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    desk.goto(f"{live_server.url}/ui/")
    desk.get_by_label("What did you talk about?").fill("Tomek rang his sister.")
    expect(desk.get_by_text("Draft saved")).to_be_visible()

    desk.goto(f"{live_server.url}/ui/")
    expect(desk.get_by_label("What did you talk about?")).to_have_value("Tomek rang his sister.")


def test_without_a_connection_the_words_stay_on_the_device(
    live_server: Any, desk: Page, transactional_db: None, cast: Any, client: Any
) -> None:
    client.force_login(cast.amina)
    desk.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )
    desk.goto(f"{live_server.url}/ui/")
    desk.context.set_offline(True)
    desk.get_by_label("What did you talk about?").fill("No signal in the stairwell.")
    expect(desk.get_by_text("No connection: kept on this device")).to_be_visible()

    desk.context.set_offline(False)
    desk.goto(f"{live_server.url}/ui/")
    expect(desk.get_by_label("What did you talk about?")).to_have_value(
        "No signal in the stairwell."
    )
