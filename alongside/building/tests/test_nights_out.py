"""Nights out by stage, and who is expected at the evening meal."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.building import operations, queries
from alongside.building.models import NightOut, service_week
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.privileges.operations import set_privileges
from alongside.testing.cast import a_member_of_staff

LONDON = ZoneInfo("Europe/London")


def unlock(stay, by, stage):
    set_privileges(
        stay, by=by, unlocked=tuple(stay.scheme.pack.privileges_at(stage)), stage=stage,
        from_at=clock.now(),
    )  # fmt: skip


def a_night(stay, by, day=date(2026, 4, 22), **more):
    back = datetime.combine(day + timedelta(days=1), datetime.min.time(), LONDON)
    return operations.book_night_out(
        stay, by=by, night_of=day, back_by=back + timedelta(hours=11), address="8 Elm Row",
        phone="07700 900123", **more,
    )  # fmt: skip


def test_below_stage_5_there_is_no_night_out(tomasz, amina, grace):
    unlock(tomasz, grace, "stage-4")

    with pytest.raises(Refused, match="does not give nights out"):
        a_night(tomasz, amina)


@pytest.mark.req("S1-89")
def test_at_stage_5_the_second_night_of_a_week_is_refused_or_allowed_with_a_reason(
    tomasz, amina, grace
):
    unlock(tomasz, grace, "stage-5")
    a_night(tomasz, amina)

    with pytest.raises(Refused, match="1 night out a week, and 1 is booked"):
        a_night(tomasz, amina, date(2026, 4, 26), override_reason="A wedding")
    allowed = a_night(tomasz, grace, date(2026, 4, 26), override_reason="A wedding")

    assert allowed.overridden_by == grace
    a_night(tomasz, amina, date(2026, 4, 27))  # the next week


@pytest.mark.req("S1-95")
def test_a_legend_has_two_nights_and_not_three(tomasz, amina, grace):
    unlock(tomasz, grace, "legend")
    a_night(tomasz, amina, date(2026, 4, 22))
    sunday = a_night(tomasz, amina, date(2026, 4, 26))
    assert not sunday.override_reason

    with pytest.raises(Refused, match="2 nights out a week, and 2 are booked"):
        a_night(tomasz, amina, date(2026, 4, 24))


@given(st.dates(date(2020, 1, 1), date(2035, 1, 1)))
def test_every_day_is_in_exactly_one_service_week(day):
    first, last = service_week(day, "monday")

    assert first <= day <= last
    assert (last - first).days == 6
    assert first.weekday() == 0
    assert service_week(last + timedelta(days=1), "monday")[0] == last + timedelta(days=1)


def test_a_night_is_left_and_returned_from(tomasz, amina, grace):
    unlock(tomasz, grace, "stage-5")
    night = a_night(tomasz, amina, date(2026, 4, 20))
    with pytest.raises(Refused, match="have not left"):
        operations.check_in(night, by=amina)

    night = operations.check_out(night, by=amina)
    with time_machine.travel(datetime(2026, 4, 21, 12, tzinfo=LONDON), tick=False):
        assert night.state == "Late"
        assert operations.check_in(night, by=amina).state == "Back"


def test_a_night_that_is_over_or_has_no_return_is_refused(tomasz, amina, grace):
    unlock(tomasz, grace, "stage-5")
    with pytest.raises(Refused, match="night is over"):
        a_night(tomasz, amina, date(2026, 4, 19))
    with pytest.raises(Refused, match="before the night is over"):
        operations.book_night_out(
            tomasz, by=amina, night_of=date(2026, 4, 22), address="x", phone="1",
            back_by=datetime(2026, 4, 22, 23, tzinfo=LONDON),
        )  # fmt: skip


@pytest.mark.req("S1-71")
def test_the_kitchen_sees_who_need_not_come(client, cast, tomasz, grace):
    client.force_login(a_member_of_staff(cast.mill_house, "Kit Brown", "kitchen"))
    address = reverse("building:evening-meal", args=["mill-house"])
    assert "Expected: 1" in client.get(address).content.decode()

    unlock(tomasz, grace, "stage-2")

    assert "Need not come: 1" in client.get(address).content.decode()
    assert client.get(reverse("building:door", args=["mill-house"])).status_code == 403


def test_the_pages_book_cancel_and_tell(client, tomasz, amina, grace):
    unlock(tomasz, grace, "stage-5")
    client.force_login(amina)
    book = reverse("building:book-night-out", args=[tomasz.pk])
    said = {
        "night_of": "2026-04-20", "back_by": "2026-04-21T11:00", "address": "x", "phone": "1",
    }  # fmt: skip
    assert client.post(book, said).status_code == 302
    again = client.post(book, {**said, "night_of": "2026-04-22", "back_by": "2026-04-23T11:00"})
    assert again.status_code == 422
    assert "1 is booked" in again.content.decode()
    night = NightOut.objects.get()
    assert "Tomasz Nowak" in client.get(reverse("building:door", args=["mill-house"])).text

    client.post(reverse("building:cancel-night-out", args=[night.pk]), {"because": "Ill"})
    client.post(reverse("building:step", args=[night.pk, "notice"]))
    page = client.get(reverse("building:nights-out", args=[tomasz.pk])).content.decode()
    assert "They were told" in page
    assert client.post(reverse("building:step", args=[night.pk, "left"])).status_code == 422


def test_to_owen_none_of_it_exists(client, tomasz, amina, grace, owen):
    unlock(tomasz, grace, "stage-5")
    night = a_night(tomasz, amina)
    client.force_login(owen)
    for address in (
        reverse("building:nights-out", args=[tomasz.pk]),
        reverse("building:book-night-out", args=[tomasz.pk]),
        reverse("building:cancel-night-out", args=[night.pk]),
        reverse("building:evening-meal", args=["mill-house"]),
        reverse("building:door", args=["mill-house"]),
    ):
        assert client.get(address).status_code == 404
    assert client.post(reverse("building:step", args=[night.pk, "left"])).status_code == 404
    with pytest.raises(NotPermitted):
        a_night(tomasz, owen, date(2026, 5, 6))


def test_the_database_refuses_what_contradicts_itself(tomasz, amina, grace):
    unlock(tomasz, grace, "stage-5")
    night = a_night(tomasz, amina)
    now = clock.now()
    for changed in (
        {"address": ""},
        {"override_reason": "x"},
        {"cancelled_at": now},
        {"left_at": now},
        {"back_at": now, "back_seen_by": amina},
        {"by_staff": None},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NightOut.objects.filter(pk=night.pk).update(**changed)
    with pytest.raises(Refused, match="booked already"):
        a_night(tomasz, grace, override_reason="x")


def test_the_allowance_of_a_past_evening_can_be_known(tomasz, grace):
    unlock(tomasz, grace, "legend")

    assert queries.allowance(tomasz, on=date(2026, 4, 19)).number == 0
    assert queries.allowance(tomasz, on=date(2026, 4, 20)).number == 2
