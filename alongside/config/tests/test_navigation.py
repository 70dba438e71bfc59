"""The header shows nobody a door that is shut to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings

from alongside.config.doors import rules


def pages(doors: list[Any]) -> Iterator[tuple[str, set[str]]]:
    """Each page of the navigation, with the rights that a role needs to be shown it."""
    for _, leads_to, needs in doors:
        if isinstance(leads_to, str):
            yield leads_to, set(needs.split())
        else:
            yield from pages(leads_to)


def test_whoever_is_shown_a_page_in_the_header_may_open_it():
    shut = {
        page: asked - needs
        for page, needs in pages(settings.NAVIGATION)
        if page in rules() and (asked := set(rules()[page].to_come_in)) - needs
    }

    assert not shut


def test_who_may_see_figures_alone_is_not_shown_the_pages_that_name_people():
    shown = {page for page, needs in pages(settings.NAVIGATION) if needs <= {"read_reports"}}

    assert "reports:reports" in shown
    assert not shown & {"coverage:coverage", "coverage:limits", "reviews:progress-here"}
