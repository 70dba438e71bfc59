"""The shared tablet: staff are signed out of it, and the resident's PIN opens one page."""

from __future__ import annotations

import pytest
import time_machine

from alongside.keywork.models import Booking
from alongside.residents.operations import set_resident_pin


@pytest.fixture
def tablet(tomasz, mill_house, amina, signed_in):
    set_resident_pin(mill_house, by=amina, resident=tomasz.resident, pin="2468")
    client = signed_in(amina)
    client.post(f"/stays/{tomasz.pk}/together/")
    return client


def test_handing_over_signs_staff_out_and_asks_for_the_pin(tablet, tomasz):
    assert tablet.get(f"/stays/{tomasz.pk}/notes/").status_code == 302
    page = tablet.get(f"/together/{tomasz.pk}/")
    assert b"Your PIN" in page.content


@pytest.mark.req("S1-13")
def test_a_resident_books_on_the_tablet_in_their_own_name(tablet, tomasz, slot):
    home = f"/together/{tomasz.pk}/"
    tablet.post(home, {"pin": "2468"})
    tablet.post(f"{home}act/", {"slot": str(slot.pk)})

    booking = Booking.objects.get()
    assert booking.by_resident == tomasz.resident
    assert b"14:00" in tablet.get(home).content

    tablet.post(f"{home}finish/")
    assert tablet.get(home).status_code == 404


def test_nothing_is_booked_before_the_pin(tablet, tomasz, slot):
    tablet.post(f"/together/{tomasz.pk}/act/", {"slot": str(slot.pk)})

    assert not Booking.objects.exists()


def test_the_tablet_goes_back_after_five_wrong_pins(tablet, tomasz):
    home = f"/together/{tomasz.pk}/"
    answers = [tablet.post(home, {"pin": "1111"}).status_code for _ in range(5)]

    assert answers == [422, 422, 422, 422, 302]
    assert tablet.post(home, {"pin": "2468"}).status_code == 404


def test_the_tablet_ends_by_itself(tablet, tomasz):
    with time_machine.travel("2026-04-20T11:15:00+00:00", tick=False):
        assert tablet.get(f"/together/{tomasz.pk}/").status_code == 404


def test_without_a_handed_over_tablet_there_is_no_such_page(client, tomasz, amina, signed_in):
    assert client.get(f"/together/{tomasz.pk}/").status_code == 404
    assert signed_in(amina).get(f"/together/{tomasz.pk}/").status_code == 404


def test_somebody_without_a_pin_is_not_handed_the_tablet(tomasz, amina, signed_in):
    answer = signed_in(amina).get(f"/stays/{tomasz.pk}/together/")

    assert "has no PIN yet" in answer.content.decode()
