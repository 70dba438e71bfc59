"""What the tests of a resident's own pages begin with."""

from __future__ import annotations

from datetime import date, time

import pytest

from alongside.accommodation.models import Bed
from alongside.keywork.operations import offer_slots
from alongside.residents.operations import set_resident_pin
from alongside.testing.builders import a_stay

PIN = "2468"


@pytest.fixture
def slot(mill_house, amina):
    """Tuesday at two, offered by Amina."""
    return offer_slots(
        mill_house,
        by=amina,
        worker=amina,
        on=date(2026, 4, 21),
        starts=time(14),
        ends=time(15, 30),
        venue="office",
    )


@pytest.fixture
def tablet(client, tomasz, mill_house, amina):
    """A tablet that Amina has handed to Tomasz, before he gives his PIN."""
    set_resident_pin(mill_house, by=amina, resident=tomasz.resident, pin=PIN)
    client.force_login(amina)
    client.post(f"/stays/{tomasz.pk}/together/")
    return client


@pytest.fixture
def own(tablet):
    """Tomasz at his own pages."""
    tablet.post("/my/pin/", {"pin": PIN})
    return tablet


@pytest.fixture
def rosa(beds: list[Bed], grace):
    """Another resident of Mill House."""
    return a_stay(beds[1], by=grace)
