"""A browser for the journeys: with and without JavaScript, on a desk and on a phone.

`desk` and `phone` are pages 1280 and 390 pixels wide; `desk_without_js` and `phone_without_js`
are the same with JavaScript off. `axe(page)` finds what shuts people out; `screenshot(page, name)`
keeps a picture in `var/screenshots/`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.chromium import chromium

ROOT = Path(__file__).resolve().parent.parent.parent
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
PICTURES = ROOT / "var" / "screenshots"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
DESK, PHONE = (1280, 900), (390, 844)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        yield opened
        opened.close()


type OpenPage = Callable[..., Page]


@pytest.fixture
def open_page(browser: Browser, settings: Any) -> Iterator[OpenPage]:
    """Opens a page of a size, with or without JavaScript; fails the test on a script's error."""
    # The site's clock stands still and the browser's does not: cookies must not run out.
    settings.SESSION_EXPIRE_AT_BROWSER_CLOSE = True
    settings.CSRF_COOKIE_AGE = None
    contexts, faults = [], list[str]()

    def make(
        size: tuple[int, int] = DESK, *, javascript: bool = True, base_url: str | None = None
    ) -> Page:
        context = browser.new_context(
            base_url=base_url,
            viewport={"width": size[0], "height": size[1]},
            java_script_enabled=javascript,
            bypass_csp=False,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.extend(_blocked(said.text)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert not faults, "\n".join(faults)


@pytest.fixture
def desk(open_page: OpenPage) -> Page:
    return open_page(DESK)


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    return open_page(PHONE)


@pytest.fixture
def desk_without_js(open_page: OpenPage) -> Page:
    return open_page(DESK, javascript=False)


@pytest.fixture
def phone_without_js(open_page: OpenPage) -> Page:
    return open_page(PHONE, javascript=False)


def axe(page: Page) -> None:
    """Assert that axe finds no violation of WCAG 2.0 to 2.2, A and AA, on this page."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate("rules => axe.run({runOnly: rules})", RULES)
    assert not found["violations"], "\n".join(
        f"{one['id']}: {one['help']}\n   " + "\n   ".join(node["html"] for node in one["nodes"][:4])
        for one in found["violations"]
    )


def does_not_scroll_sideways(page: Page) -> bool:
    """Whether everything fits the width of the screen."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def screenshot(page: Page, name: str) -> Path:
    """Keep a picture of the whole page; returns where."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    kept = PICTURES / f"{name}.png"
    page.screenshot(path=kept, full_page=True)
    return kept


def _blocked(said: str) -> Iterator[str]:
    if "Content Security Policy" in said or "Content-Security-Policy" in said:
        yield said
