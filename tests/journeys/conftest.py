"""The journeys' browsers."""

from __future__ import annotations

from tests.journeys.browser import (
    browser,
    desk,
    desk_without_js,
    open_page,
    phone,
    phone_without_js,
)

__all__ = ["browser", "desk", "desk_without_js", "open_page", "phone", "phone_without_js"]
