"""The journeys' browsers, and people at work in them."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page

from alongside.organisation.models import Staff
from tests.journeys.browser import (
    DESK,
    OpenPage,
    browser,
    desk,
    desk_without_js,
    open_page,
    phone,
    phone_without_js,
)
from tests.journeys.steps import AtWork, signs_in

__all__ = ["browser", "desk", "desk_without_js", "open_page", "phone", "phone_without_js"]

# The journeys drive a browser, whose loop Django would otherwise take for asynchronous code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture
def at_work(
    live_server: Any, transactional_db: None, open_page: OpenPage, request: pytest.FixtureRequest
) -> Iterator[AtWork]:
    """Gives a member of staff a screen of their own. When a journey fails, says what it shows."""
    pages: list[Page] = []

    def make(staff: Staff, size: tuple[int, int] = DESK, *, javascript: bool = True) -> Page:
        pages.append(signs_in(open_page, live_server.url, staff, size, javascript=javascript))
        return pages[-1]

    yield make
    if getattr(request.node, "journey_failed", False):
        for page in pages:
            sys.stdout.write(f"\n{page.url}\n{page.locator('body').aria_snapshot()}\n")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: Any) -> Any:
    report = yield
    if report.when == "call" and report.failed:
        item.journey_failed = True  # type: ignore[attr-defined]
    return report
