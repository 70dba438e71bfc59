"""A day in an address may be any day at all: the page shows another one, and has no fault."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from alongside.testing.cast import Cast

PAGES = {
    "chores:check": "on", "chores:week": "on", "rota:copy-week": "from", "rota:week": "from",
    "stages:variations": "to",
}  # fmt: skip


@pytest.mark.goal("G27")
@pytest.mark.parametrize("name", PAGES)
def test_the_last_and_the_first_of_all_days_are_no_fault(
    client: Any, cast: Cast, name: str
) -> None:
    client.force_login(cast.grace)
    client.raise_request_exception = False
    address = reverse(name, args=["mill-house"])
    for day in ("9999-12-31", "9999-12-27", "0001-01-01", "0001-01-02", "2026-02-31", "x"):
        answer = client.get(address, {PAGES[name]: day, "from": day})
        assert answer.status_code == 200, f"{name} on {day}"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2026-02-31"])
def test_a_week_that_is_none_is_not_there(client: Any, cast: Cast, day: str) -> None:
    client.force_login(cast.grace)
    client.raise_request_exception = False
    assert client.get(reverse("plans:week", args=[cast.tomasz.pk, day])).status_code == 404
