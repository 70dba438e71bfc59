"""Times on a page are those of the place one looks at, whatever the installation's own zone."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.urls import reverse
from django.utils import timezone

from alongside.allocations.operations import allocate
from alongside.keywork.operations import book_time
from alongside.schemes.operations import amend_scheme
from alongside.testing.cast import assemble


@pytest.fixture
def whare(db):
    cast = assemble("aotearoa-transitional")
    here = cast.mill_house
    amend_scheme(
        here, by=cast.grace, name=here.name, time_zone="Pacific/Auckland", address="",
        women_only=False, residential=True, places=15, practice_model="",
    )  # fmt: skip
    cast.mill_house.refresh_from_db()
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    cast.tomasz.scheme.time_zone = "Pacific/Auckland"
    return cast


def test_a_session_at_ten_in_auckland_stands_there_at_ten(client, whare):
    booking = book_time(
        whare.tomasz, by=whare.amina, worker=whare.amina, on=date(2026, 4, 22), starts=time(10),
        venue="office",
    )  # fmt: skip
    assert booking.starts_at.astimezone(whare.mill_house.zone).hour == 10
    client.force_login(whare.amina)

    for page in (
        reverse("today:today"),
        reverse("keywork:week", args=[whare.mill_house.slug]),
        reverse("keywork:sessions", args=[whare.tomasz.pk]),
    ):
        shown = client.get(page).text
        assert "10:00" in shown, page


def test_the_next_request_begins_in_the_zone_of_the_installation(client, whare):
    client.force_login(whare.amina)
    client.get(reverse("today:today"))

    assert timezone.get_current_timezone_name() == "Europe/London"
