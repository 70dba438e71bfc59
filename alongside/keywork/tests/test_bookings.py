"""Slots and bookings: nobody is in two places, and what did not happen is answered for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine

from alongside.keywork.facts import missed, rebooked_or_explained
from alongside.keywork.models import Arranged, Booking, Outcome, Slot
from alongside.keywork.operations import (
    book_slot,
    book_time,
    cancel_booking,
    explain_missed,
    move_booking,
    offer_slots,
    prepare_session,
    record_missed,
    withdraw_slot,
)
from alongside.keywork.operations.bookings import fall_away
from alongside.keywork.queries import (
    comfort_of,
    free_slots,
    next_booking,
    self_arranged,
    slots_to_show,
    unanswered_misses,
)
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.stays.operations import end_stay
from alongside.testing.builders import a_stay

TUESDAY = date(2026, 4, 21)


@pytest.fixture
def rosa(beds, grace):
    return a_stay(beds[1], by=grace)


def at(day, hour):
    return datetime(2026, 4, day, hour, tzinfo=ZoneInfo("Europe/London"))


@pytest.mark.req("S1-15")
def test_a_worker_offers_a_run_of_slots_at_once(slot, mill_house):
    assert [one.starts_at for one in free_slots(mill_house)] == [
        at(21, 14),
        at(21, 14).replace(minute=45),
    ]


def test_the_same_time_is_not_offered_twice(slot, mill_house, amina):
    with pytest.raises(Refused, match="already offers"):
        offer_slots(
            mill_house, by=amina, worker=amina, on=TUESDAY, starts=time(14, 30), ends=time(16),
            venue="office",
        )  # fmt: skip
    assert Slot.objects.count() == 2


def test_time_that_has_passed_is_not_offered(mill_house, amina):
    with pytest.raises(Refused, match="has passed"):
        offer_slots(
            mill_house, by=amina, worker=amina, on=date(2026, 4, 20), starts=time(9),
            ends=time(11), venue="office",
        )  # fmt: skip


@pytest.mark.req("S1-13")
def test_a_resident_books_moves_and_cancels_for_themselves(slot, tomasz, mill_house):
    me = tomasz.resident
    booking = book_slot(tomasz, by=me, slot=slot)
    assert (booking.arranged, booking.by_resident) == (Arranged.RESIDENT, me)

    moved = move_booking(booking, by=me, slot=free_slots(mill_house)[0])
    cancel_booking(moved, by=me)

    booking.refresh_from_db()
    assert (booking.outcome, booking.reason) == (Outcome.MOVED, "resident_asked")
    assert booking.rebooked_as == moved
    assert Booking.objects.get(pk=moved.pk).reason == "resident_cancelled"
    assert self_arranged(mill_house) == (1, 1)


def test_a_resident_cannot_book_for_somebody_else(slot, tomasz, rosa):
    with pytest.raises(NotPermitted):
        book_slot(tomasz, by=rosa.resident, slot=slot)


@pytest.mark.req("S1-13")
def test_neither_the_worker_nor_the_resident_is_in_two_places(slot, tomasz, rosa, amina, grace):
    book_slot(tomasz, by=amina, slot=slot)
    where: Any = {"on": TUESDAY, "starts": time(14, 15), "venue": "office"}

    with pytest.raises(Refused, match="no longer free"):
        book_slot(rosa, by=amina, slot=slot)
    with pytest.raises(Refused, match="Amina Yusuf is already booked"):
        book_time(rosa, by=amina, worker=amina, **where)
    with pytest.raises(Refused, match="Tomasz Nowak already has a session"):
        book_time(tomasz, by=amina, worker=grace, **where)


def test_a_slot_somebody_has_booked_is_not_taken_back(slot, tomasz, amina):
    book_slot(tomasz, by=amina, slot=slot)

    with pytest.raises(Refused, match="Somebody has booked this slot"):
        withdraw_slot(slot, by=amina)


def test_owen_books_nothing_at_mill_house(slot, tomasz, owen):
    with pytest.raises(NotPermitted):
        book_slot(tomasz, by=owen, slot=slot)


def test_a_missed_session_is_made_good_by_the_next_booking(slot, tomasz, amina, mill_house):
    booking = book_slot(tomasz, by=amina, slot=slot)
    with time_machine.travel(at(21, 16), tick=False):
        record_missed(booking, by=amina, reason="did_not_come")
        assert rebooked_or_explained(tomasz, "") == []
        later = book_time(
            tomasz, by=amina, worker=amina, on=date(2026, 4, 22), starts=time(10), venue="office"
        )

    booking.refresh_from_db()
    assert booking.rebooked_as == later
    assert missed(tomasz, "") == [TUESDAY]
    assert rebooked_or_explained(tomasz, "") == [TUESDAY]
    assert next_booking(tomasz) == later


def test_a_missed_session_can_be_explained_once(slot, tomasz, amina):
    booking = book_slot(tomasz, by=amina, slot=slot)
    with time_machine.travel(at(21, 16), tick=False):
        record_missed(booking, by=amina, reason="staff_absent")
        explain_missed(booking, by=amina, explanation="They met on Monday already.")
        with pytest.raises(Refused, match="already been explained"):
            explain_missed(booking, by=amina, explanation="Again.")


def test_what_has_not_begun_is_not_missed_but_cancelled(slot, tomasz, amina):
    booking = book_slot(tomasz, by=amina, slot=slot)

    with pytest.raises(Refused, match="has not started"):
        record_missed(booking, by=amina, reason="did_not_come")
    with pytest.raises(Refused, match="not on the list"):
        cancel_booking(booking, by=amina, reason="")


@pytest.mark.req("S1-15")
def test_the_sheet_on_the_wall_shows_no_name(slot, tomasz, amina, mill_house, signed_in):
    book_slot(tomasz, by=amina, slot=slot)

    assert [one.taken_by for one in slots_to_show(mill_house)] == ["1A", ""]
    sheet = signed_in(amina).get("/schemes/mill-house/key-work/booking-sheet/")
    assert b"Nowak" not in sheet.content
    assert b"Tomasz" not in sheet.content


@pytest.mark.req("S3-108")
def test_what_makes_them_feel_at_ease_is_offered_again_next_time(slot, tomasz, amina):
    booking = book_slot(tomasz, by=amina, slot=slot)
    prepare_session(
        booking, by=amina, purpose="The college form", comfort="By the window", read_headlines=True
    )

    assert comfort_of(tomasz) == "By the window"
    assert booking.preparation.read_headlines_at is not None


def test_the_form_says_beside_the_field_what_is_missing(tomasz, amina, signed_in):
    answer = signed_in(amina).post(
        f"/stays/{tomasz.pk}/key-work/book/", {"arranged": "staff", "worker": str(amina.pk)}
    )

    assert answer.status_code == 422
    assert b"Say on which day." in answer.content


def booked_on(stay, amina, day):
    return book_time(
        stay, by=amina, worker=amina, on=date(2026, 4, day), starts=time(15), venue="office"
    )


def test_when_somebody_has_moved_on_what_was_booked_for_later_falls_away(
    tomasz, rosa, amina, grace
):
    later, theirs = booked_on(tomasz, amina, 22), booked_on(rosa, amina, 23)

    end_stay(tomasz, by=grace, moved_out_on=date(2026, 4, 20), left_because="planned")

    later.refresh_from_db()
    assert (later.outcome, later.settled_by) == (Outcome.CANCELLED, "Grace Okafor")
    assert [one.pk for one in Booking.objects.open()] == [theirs.pk]
    assert not unanswered_misses(tomasz).exists()
    assert "They had moved on." in Moment.objects.get(record_id=later.pk).text


def test_what_was_to_be_before_they_left_still_asks_what_came_of_it(tomasz, amina, grace):
    with time_machine.travel(at(18, 9), tick=False):
        before, after = booked_on(tomasz, amina, 18), booked_on(tomasz, amina, 20)

    end_stay(tomasz, by=grace, moved_out_on=date(2026, 4, 19), left_because="planned")

    assert [one.pk for one in Booking.objects.open()] == [before.pk]
    after.refresh_from_db()
    assert after.outcome == Outcome.CANCELLED


def test_a_session_with_somebody_who_lives_here_does_not_fall_away(tomasz, amina):
    booking = booked_on(tomasz, amina, 22)

    with pytest.raises(Refused, match="still live here"):
        fall_away(booking, by=amina)
