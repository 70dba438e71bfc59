"""What people do in a browser, in words a journey can be told in: sign in, go, fill in, press.

Every step ends by saying where the browser is, so that a journey cannot get lost and still pass.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from alongside.organisation.models import Staff
from tests.journeys.browser import OpenPage, does_not_scroll_sideways

type AtWork = Callable[..., Page]


def signs_in(
    open_page: OpenPage, site: str, staff: Staff, size: tuple[int, int], *, javascript: bool
) -> Page:
    """Somebody of the team at a screen of their own, signed in."""
    page = open_page(size, javascript=javascript, base_url=site)
    client = Client()
    client.force_login(staff)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site}]
    )
    return page


def goes_to(page: Page, name: str, *args: Any) -> None:
    """Open a page by its name, and be there."""
    answer = page.goto(reverse(name, args=args))
    assert answer is not None
    assert answer.status == 200, f"{answer.status} at {page.url}"


def is_at(page: Page, name: str, *args: Any) -> None:
    """The browser is on this page, which has one heading and fits the screen."""
    path = reverse(name, args=args)
    expect(page).to_have_url(re.compile(re.escape(path) + r"(\?.*)?(#.*)?$"))
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_count(1)
    expect(heading).not_to_have_text("Something went wrong on our side")
    assert does_not_scroll_sideways(page), f"{page.url} scrolls sideways"


def sees(page: Page, *words: str) -> None:
    """Each of these words stands on the page for everybody to see."""
    for one in words:
        expect(page.locator("main").get_by_text(one).locator("visible=true").first).to_be_visible()


def is_told(page: Page, words: str) -> None:
    """What was just done is said once, above the page."""
    expect(page.locator(".house-flashes")).to_contain_text(words)


def does_not_see(page: Page, words: str) -> None:
    expect(page.locator("main").get_by_text(words)).to_have_count(0)


def follows(page: Page, link: str) -> None:
    """Follow a link of the page by its name."""
    main(page).get_by_role("link", name=link).first.click()


def presses(page: Page, button: str) -> None:
    """Press a button by its name."""
    main(page).get_by_role("button", name=button, exact=True).first.click()


def fills_in(page: Page, **answers: str) -> None:
    """Type into fields, each named by the name under which it is sent."""
    for name, words in answers.items():
        page.locator(f"main [name='{name}']").fill(words)


def chooses(page: Page, **answers: str) -> None:
    """Choose from lists and radios, by the words that stand there."""
    for name, words in answers.items():
        field = page.locator(f"main [name='{name}']").first
        if field.evaluate("field => field.tagName") == "SELECT":
            field.select_option(label=words)
        else:
            group = page.locator("main fieldset", has=page.locator(f"[name='{name}']")).last
            group.get_by_label(words).first.check()


def ticks(page: Page, *labels: str) -> None:
    """Tick boxes and radios by their labels."""
    for label in labels:
        main(page).get_by_label(label, exact=True).first.check()


def draws_a_signature(page: Page) -> None:
    """Draw with the mouse in the box for it."""
    # The box takes a line only after the page's script has made it ready.
    pad = page.locator("[data-signature][data-ready] svg")
    pad.scroll_into_view_if_needed()
    box = pad.bounding_box()
    assert box
    left, top = box["x"], box["y"]
    page.mouse.move(left + 30, top + 60)
    page.mouse.down()
    for x, y in ((80, 30), (120, 90), (180, 40)):
        page.mouse.move(left + x, top + y, steps=4)
    page.mouse.up()
    assert page.locator("input[name=strokes]").input_value().startswith("M")


def main(page: Page) -> Locator:
    return page.locator("main")
