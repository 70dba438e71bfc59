"""Saying yes to everybody at once, and what the database itself refuses."""

from __future__ import annotations

from datetime import date, time

import pytest
from django.db import IntegrityError, transaction

from alongside.absence.models import Cover, Encouragement
from alongside.absence.operations import accept_cover, ask_for_cover, encourage, report_sick
from alongside.cover.models import SessionOffer
from alongside.cover.operations import offer_session, take_on_all
from alongside.keywork.operations import book_time
from alongside.kit.refusal import Refused
from alongside.testing.builders import a_stay

TODAY = date(2026, 4, 20)


@pytest.mark.req("S1-20")
def test_ruth_says_yes_to_everybody_at_once(nine, cast, ruth, signed_in):
    grace = cast.grace
    sick = report_sick(cast.mill_house, by=grace, worker=cast.amina)
    ask_for_cover(sick, by=grace, to_worker=ruth, stays=nine[:4])
    page = signed_in(ruth)
    assert "Yes to all 4 for Amina Yusuf" in page.get("/my-leave/").text

    page.post(f"/absences/{sick.pk}/accept-all/")

    assert Cover.objects.accepted().filter(to_worker=ruth).count() == 4
    assert page.post(f"/absences/{sick.pk}/accept-all/").status_code == 404


def test_yes_to_all_passes_over_what_somebody_else_took(nine, mill_house, amina, ruth, grace):
    sick = report_sick(mill_house, by=grace, worker=amina)
    for colleague in (ruth, grace):
        ask_for_cover(sick, by=grace, to_worker=colleague, stays=nine[:2])
    accept_cover(Cover.objects.get(stay=nine[0], to_worker=grace), by=grace)

    take_on_all(sick, by=ruth)

    assert [one.stay for one in Cover.objects.accepted().filter(to_worker=ruth)] == [nine[1]]
    with pytest.raises(Refused):
        take_on_all(sick, by=ruth)


def test_nobody_says_yes_to_what_others_were_asked(nine, mill_house, amina, ruth, grace):
    sick = report_sick(mill_house, by=grace, worker=amina)
    ask_for_cover(sick, by=grace, to_worker=ruth, stays=nine[:2])

    with pytest.raises(Refused, match="Nothing is asked of you"):
        take_on_all(sick, by=grace)


def test_what_was_agreed_is_not_written_for_somebody_elses_person(
    nine, beds, leave, grace, signed_in
):
    rosa = a_stay(beds[1], by=grace)
    page = signed_in(grace)

    assert page.get(f"/stays/{nine[0].pk}/cover/{leave.pk}/").status_code == 200
    assert page.get(f"/stays/{rosa.pk}/cover/{leave.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"answer": "accepted"}, "an_answer_to_a_session_has_its_time"),
        ({"to_worker": "absent"}, "a_session_is_offered_to_somebody_else"),
    ],
)
def test_the_database_refuses_a_session_offer_that_cannot_be(held, amina, ruth, change, name):
    offer = an_offer(held, amina, ruth)
    if "to_worker" in change:
        change = {"to_worker": amina}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        SessionOffer.objects.filter(pk=offer.pk).update(**change)


def test_the_database_refuses_to_offer_a_session_to_somebody_twice(held, amina, ruth):
    offer = an_offer(held, amina, ruth)
    offer.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        offer.save(force_insert=True)


def an_offer(held, amina, ruth):
    booked = book_time(
        held, by=amina, worker=amina, on=date(2026, 4, 22), starts=time(14), venue="office"
    )
    return offer_session(booked, by=amina, to_worker=ruth)


@pytest.mark.parametrize("change", [{"offered": ""}, {"answer": ""}])
def test_the_database_refuses_an_encouragement_that_says_nothing(held, ruth, change):
    said = encourage(held, by=ruth, on=TODAY, offered="manager", answer="takes_it_up")
    with pytest.raises(IntegrityError, match="says_what_and_the_answer"), transaction.atomic():
        Encouragement.objects.filter(pk=said.pk).update(**change)
