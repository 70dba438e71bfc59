"""The two doors: a tablet that staff hand over, and an address of one's own. Both ask the PIN."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.audit.models import Payload
from alongside.portal.models import LENGTH, LETTERS, PhoneDoor
from alongside.portal.operations import give_address
from alongside.portal.tests.conftest import PIN
from alongside.residents.operations import set_resident_pin
from alongside.signatures.models import PinTries

NOON = datetime(2026, 4, 20, 11, tzinfo=UTC)

A_KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def later(**passed):
    return time_machine.travel(NOON + timedelta(**passed), tick=False)


def is_open(client):
    return client.get("/my/").status_code == 200


@pytest.mark.goal("G18")
def test_handing_over_signs_staff_out_and_asks_for_the_pin(tablet, tomasz):
    assert tablet.get(f"/stays/{tomasz.pk}/notes/").status_code == 302
    assert b"Your PIN" in tablet.get("/my/pin/").content
    assert not is_open(tablet)


@pytest.mark.req("S1-13")
def test_a_resident_comes_in_by_pin_and_leaves_nothing_behind(tablet):
    tablet.post("/my/pin/", {"pin": PIN})
    assert is_open(tablet)

    tablet.post("/my/finish/")
    assert not is_open(tablet)
    assert not tablet.session.get("guest")


@pytest.mark.goal("G18")
def test_the_tablet_goes_back_after_five_wrong_pins_and_the_pin_rests(tablet, tomasz, amina):
    answers = [tablet.post("/my/pin/", {"pin": "1111"}).status_code for _ in range(5)]
    assert answers == [422, 422, 422, 422, 302]
    assert PinTries.objects.get().wrong == 5

    tablet.force_login(amina)
    tablet.post(f"/stays/{tomasz.pk}/together/")
    assert tablet.post("/my/pin/", {"pin": PIN})["Location"] == "/sign-in/"
    with later(minutes=16):
        tablet.force_login(amina)
        tablet.post(f"/stays/{tomasz.pk}/together/")
        assert tablet.post("/my/pin/", {"pin": PIN})["Location"] == "/my/"


def test_a_tablet_nobody_touches_for_a_minute_closes(own):
    with later(seconds=59):
        assert is_open(own)
    with later(seconds=59 + 61):
        assert not is_open(own)
        assert not is_open(own)


def test_a_touch_keeps_it_open(own):
    for passed in (40, 80, 120):
        with later(seconds=passed):
            assert own.get("/my/here/").status_code == 204
    with later(seconds=170):
        assert is_open(own)


def test_somebody_who_writes_without_a_script_is_given_time(own):
    own.get("/my/plan/idea/")
    with later(minutes=9):
        assert own.post("/my/plan/idea/", {"text": "Learn to swim"}).status_code == 302
        own.get("/my/plan/idea/")
    with later(minutes=20):
        own.post("/my/plan/idea/", {"text": "Learn to dive"})
        assert not is_open(own)


def test_the_page_says_when_it_closes_with_and_without_a_script(own):
    page = own.get("/my/").content.decode()
    assert 'data-idle="60"' in page
    assert 'content="60; url=/my/finish/"' in page
    assert 'content="600; url=/my/finish/"' in own.get("/my/plan/idea/").content.decode()


def test_the_tablet_ends_by_itself_however_busy(own):
    for minute in range(1, 30):
        with later(minutes=minute):
            own.session.modified = True
            own.get("/my/plan/idea/")
    with later(minutes=31):
        assert not is_open(own)


@pytest.mark.goal("G18")
def test_without_a_tablet_or_an_address_there_are_no_pages(client, amina, db):
    assert not is_open(client)
    client.force_login(amina)
    assert not is_open(client)
    assert client.get("/my/in/abcdefghjkmn/").status_code == 404


@pytest.mark.goal("G18")
def test_somebody_without_a_pin_is_not_handed_the_tablet(tomasz, amina, client):
    client.force_login(amina)
    assert "has no PIN yet" in client.get(f"/stays/{tomasz.pk}/together/").content.decode()
    assert client.post(f"/stays/{tomasz.pk}/together/").status_code == 422


@pytest.fixture
def phone(tomasz, mill_house, amina):
    set_resident_pin(mill_house, by=amina, resident=tomasz.resident, pin=PIN)
    return give_address(tomasz, by=amina)


@pytest.mark.goal("G18")
def test_an_address_of_ones_own_opens_with_the_pin_and_says_no_name_before(client, phone):
    door = f"/my/in/{phone.code}/"
    assert "Tomasz" not in client.get(door).content.decode()

    assert client.post(door, {"pin": "1111"}).status_code == 422
    assert client.post(door, {"pin": PIN})["Location"] == "/my/"
    with later(minutes=14):
        assert is_open(client)
    with later(minutes=30):
        assert client.get("/my/")["Location"] == door


@pytest.mark.goal("G18")
def test_the_pin_rests_at_the_address_too_and_says_until_when(client, phone):
    answers = [client.post(f"/my/in/{phone.code}/", {"pin": "1111"}) for _ in range(6)]

    assert "4 tries are left" in answers[0].content.decode()
    assert "rests until 12:15" in answers[4].content.decode()
    assert client.post(f"/my/in/{phone.code}/", {"pin": PIN}).status_code == 422


def test_opening_ones_own_pages_signs_staff_out_of_that_browser(client, phone, amina, tomasz):
    client.force_login(amina)
    client.post(f"/my/in/{phone.code}/", {"pin": PIN})

    assert client.get(f"/stays/{tomasz.pk}/notes/").status_code == 302


@pytest.mark.goal("G18")
def test_a_new_address_closes_the_one_before_and_staff_can_close_it(client, phone, tomasz, amina):
    client.force_login(amina)
    client.post(f"/stays/{tomasz.pk}/together/address/")
    new = PhoneDoor.objects.get(closed_at=None)
    assert client.get(f"/my/in/{phone.code}/").status_code == 404
    assert new.code in client.get(f"/stays/{tomasz.pk}/together/").content.decode()

    client.post(f"/stays/{tomasz.pk}/together/address/close/")
    assert client.get(f"/my/in/{new.code}/").status_code == 404


def test_owen_gives_nobody_of_mill_house_an_address(client, phone, tomasz, owen):
    client.force_login(owen)
    for page in ("", "address/", "address/close/"):
        assert client.post(f"/stays/{tomasz.pk}/together/{page}").status_code == 404


def test_the_database_knows_one_open_address_for_each_person(phone, tomasz, amina):
    with pytest.raises(IntegrityError, match=r"one_address|UNIQUE"), transaction.atomic():
        PhoneDoor.objects.create(stay=tomasz, given_by=amina)
    with pytest.raises(IntegrityError, match="closed_address"), transaction.atomic():
        PhoneDoor.objects.update(closed_by=amina)


@pytest.mark.goal("G18")
def test_a_stranger_who_tries_for_a_month_has_less_than_one_chance_in_a_hundred_thousand(tally):
    """They need an address of somebody’s, besides the PIN, and no name leads to it."""
    addresses = len(set(LETTERS)) ** LENGTH
    a_month_of_tries = 60 * 60 * 24 * 31 * 100  # a hundred a second, which nobody lets them
    everybody = 10_000  # residents with an address that is open
    tally(int(a_month_of_tries * everybody / addresses < 1 / 100_000), of=1)


@pytest.mark.goal("G18")
def test_the_pin_is_kept_nowhere_in_the_clear(tomasz, phone, tally):
    tomasz.resident.refresh_from_db()
    # Without keys and salts: by chance four digits of a PIN stand in a long random number.
    told = [A_KEY.sub("", str(entry.values)) for entry in Payload.objects.all()]
    kept = [tomasz.resident.signing_pin, *told]
    tally(sum(PIN not in words for words in kept), of=len(kept))
