"""What Amina has booked, in her own phone: no name leaves the house, and it can be closed."""

from __future__ import annotations

import re
from datetime import date, time

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.calendars.events import Event, calendar_file
from alongside.calendars.models import CalendarAddress, digest_of
from alongside.calendars.operations import close_calendar, open_calendar
from alongside.keywork.operations import book_time, cancel_booking
from alongside.kit.records import new_key
from alongside.kit.refusal import Refused
from alongside.testing.builders import a_booked_review
from alongside.testing.cast import assemble

TUESDAY = date(2026, 4, 21)


@pytest.fixture
def booking(tomasz, amina):
    return book_time(
        tomasz, by=amina, worker=amina, on=TUESDAY, starts=time(14), venue="office",
        place="Room 2; quiet",
    )  # fmt: skip


def feed(client, secret: str):
    return client.get(reverse("calendars:feed", args=[secret]))


def test_amina_makes_an_address_that_her_phone_reads_without_signing_in(client, amina, booking):
    client.force_login(amina)

    shown = client.post(reverse("calendars:mine"), {})
    address = re.search(r'value="(http://testserver/calendar/[^"]+\.ics)"', shown.text)
    assert address
    client.logout()
    found = client.get(address[1])

    assert found["Content-Type"].startswith("text/calendar")
    assert "no-store" in found["Cache-Control"]
    assert b"DTSTART:20260421T130000Z\r\n" in found.content  # two o'clock in London, in summer
    assert b"LOCATION:Office\\, Room 2\\; quiet\r\n" in found.content.replace(b"\r\n ", b"")


def test_of_the_person_only_the_bed_leaves_the_house(client, amina, booking, tomasz):
    open_calendar(amina, by=amina, secret="s")

    said = feed(client, "s").content.decode()

    assert "SUMMARY:Key-work session (1A)" in said
    for private in (tomasz.resident.given_name, tomasz.resident.family_name, str(tomasz.pk)):
        assert private not in said


def test_where_the_practice_does_not_allow_it_nothing_of_the_person_leaves(client, db):
    cast = assemble("childrens-home")
    book_time(
        cast.tomasz, by=cast.amina, worker=cast.amina, on=TUESDAY, starts=time(14),
        venue=next(iter(cast.mill_house.pack.choices("venues"))).key,
    )  # fmt: skip
    open_calendar(cast.amina, by=cast.amina, secret="s")

    said = feed(client, "s").content.decode()

    assert "BEGIN:VEVENT" in said
    assert "(" not in said


def test_what_was_cancelled_leaves_the_calendar_and_a_review_is_in_it(
    client, amina, booking, tomasz
):
    open_calendar(amina, by=amina, secret="s")
    cancel_booking(booking, by=amina, reason="staff_cancelled")
    review = a_booked_review(tomasz, by=amina, kind="monthly")

    said = feed(client, "s").content.decode()

    assert str(booking.pk) not in said
    assert f"UID:{review.pk}@alongside" in said


def test_a_renewed_address_stops_the_one_before_and_a_closed_one_is_not_found(client, amina):
    open_calendar(amina, by=amina, secret="first")
    open_calendar(amina, by=amina, secret="second")
    assert feed(client, "first").status_code == 404
    assert feed(client, "second").status_code == 200

    client.force_login(amina)
    client.post(reverse("calendars:close"))
    assert feed(client, "second").status_code == 404
    with pytest.raises(Refused, match="no address"):
        close_calendar(amina, by=amina)


def test_an_address_that_nobody_made_is_not_found(client, amina):
    open_calendar(amina, by=amina, secret="s")

    assert feed(client, "nobody").status_code == 404
    assert feed(client, digest_of("s")).status_code == 404
    assert CalendarAddress.objects.get().digest != "s"


def test_nobody_opens_or_closes_the_calendar_of_somebody_else(amina, grace):
    for act in (lambda: open_calendar(amina, by=grace, secret="s"),
                lambda: close_calendar(amina, by=grace)):  # fmt: skip
        with pytest.raises(Refused, match="belongs to one person"):
            act()


def test_the_database_keeps_one_open_address_for_each_person(amina):
    made = open_calendar(amina, by=amina, secret="s")

    with pytest.raises(IntegrityError), transaction.atomic():
        CalendarAddress.objects.bulk_create([CalendarAddress(staff=amina, digest="d" * 64)])
    assert made.closed_at is None


def test_one_booking_and_one_review_can_be_added_to_a_calendar(
    client, amina, owen, booking, tomasz
):
    review = a_booked_review(tomasz, by=amina, kind="monthly")
    addresses = [
        reverse("calendars:booking", args=[booking.pk]),
        reverse("calendars:review", args=[review.pk]),
    ]
    client.force_login(amina)
    assert addresses[0] in client.get(reverse("keywork:booking", args=[booking.pk])).text
    assert addresses[1] in client.get(reverse("reviews:review", args=[review.pk])).text
    for address in addresses:
        found = client.get(address)
        assert found["Content-Disposition"].startswith("attachment")
        assert found.content.count(b"BEGIN:VEVENT") == 1
    client.force_login(owen)
    assert {client.get(address).status_code for address in addresses} == {404}


def test_long_lines_are_folded_between_letters_and_whole_days_have_no_time():
    said = "Hui ā-whānau " * 12
    event = Event(key=new_key(), says=said, starts=TUESDAY, ends=date(2026, 4, 22))

    whole = calendar_file("Mine", [event])

    assert all(len(line) <= 75 for line in whole.split(b"\r\n"))
    assert f"SUMMARY:{said}" in whole.replace(b"\r\n ", b"").decode()
    assert b"DTSTART;VALUE=DATE:20260421\r\nDTEND;VALUE=DATE:20260422\r\n" in whole
