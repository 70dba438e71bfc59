"""Sickness is seen at once; colleagues are asked and answer; cover ends by itself."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction

from alongside.absence.models import Absence, Cover
from alongside.absence.operations import (
    accept_cover,
    ask_for_cover,
    ask_for_leave,
    assign_cover,
    cancel_absence,
    come_back,
    decline_cover,
    end_cover,
    expect_back,
    open_long_absences,
    report_sick,
)
from alongside.absence.queries import overview, whom_to_ask
from alongside.allocations.models import ChangeRequest
from alongside.audit.actors import System
from alongside.cover.operations import accept_session, decline_session, offer_session, take_on
from alongside.duties.models import Duty
from alongside.keywork.models import Booking
from alongside.keywork.operations import book_time, offer_slot, record_session
from alongside.keywork.queries import free_slots
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.plans.facts import signed_by_substitute
from alongside.plans.models import Plan
from alongside.plans.operations import open_version
from alongside.residents.operations import set_resident_pin

LONDON = ZoneInfo("Europe/London")
TODAY, SUNDAY = date(2026, 4, 20), date(2026, 4, 26)


@pytest.fixture
def sick(held, mill_house, amina, grace):
    return report_sick(mill_house, by=grace, worker=amina)


@pytest.fixture
def asked(sick, held, ruth, grace):
    ask_for_cover(sick, by=grace, to_worker=ruth, stays=[held], until_on=SUNDAY)
    return Cover.objects.select_related(*Cover.LOCK_WITH).get()


def asks(stay):
    whom = whom_to_ask(stay)
    return [one.name for one in whom.ask] if whom else []


def afterwards(day, hour=12):
    return time_machine.travel(datetime(2026, 4, day, hour, tzinfo=LONDON), tick=False)


@pytest.mark.req("S1-17")
def test_who_has_leave_ahead_falls_sick_today_like_everybody(leave, held, mill_house, amina, grace):
    report_sick(mill_house, by=grace, worker=amina)

    week = Duty.objects.get(stay=held, key="weekly-session", period_from=TODAY)
    assert week.owed_by == grace
    assert Absence.objects.in_force().filter(worker=amina).count() == 2
    with time_machine.travel(datetime(2026, 5, 5, 9, tzinfo=LONDON), tick=False):
        sick = Absence.objects.get(kind="sick")
        come_back(sick, by=grace, back_on=date(2026, 5, 5))
        assert Absence.objects.in_force().on(date(2026, 5, 5)).get() == leave


def test_on_a_day_of_leave_nobody_is_reported_sick_beside_it(leave, mill_house, amina, grace):
    with (
        time_machine.travel(datetime(2026, 5, 5, 9, tzinfo=LONDON), tick=False),
        pytest.raises(Refused, match="already down as away from 4 May 2026 to 8 May 2026"),
    ):
        report_sick(mill_house, by=grace, worker=amina)


def test_who_is_sick_asks_for_leave_after_the_days_that_are_known(sick, mill_house, amina, grace):
    days: dict[str, Any] = {
        "from_on": date(2026, 7, 6), "until_on": date(2026, 7, 10), "reason": "annual",
    }  # fmt: skip
    expect_back(sick, by=grace, expected_on=date(2026, 7, 8))
    with pytest.raises(Refused, match="already down as away from 20 April 2026"):
        ask_for_leave(mill_house, by=amina, worker=amina, **days)

    expect_back(sick, by=grace, expected_on=date(2026, 5, 4))
    assert ask_for_leave(mill_house, by=amina, worker=amina, **days).pk


@pytest.mark.req("S1-17")
def test_sudden_sickness_is_on_the_teams_list_at_once_with_its_people_and_sessions(
    held, mill_house, amina, grace, signed_in
):
    book_time(held, by=amina, worker=amina, on=date(2026, 4, 22), starts=time(14), venue="office")
    report_sick(mill_house, by=grace, worker=amina)

    shown = signed_in(amina).get("/schemes/mill-house/away/").text
    assert "Amina Yusuf" in shown
    assert "Off sick" in shown
    assert "Tomasz Nowak, Wed 22 Apr, 14:00" in shown


@pytest.mark.req("S1-16")
def test_a_resident_is_told_whom_to_ask_the_manager_first_and_then_the_cover(
    asked, held, ruth, grace, signed_in
):
    assert asks(held) == ["Grace Okafor"]

    accept_cover(asked, by=ruth)

    assert asks(held) == ["Grace Okafor", "Ruth Abara"]
    header = signed_in(grace).get(f"/stays/{held.pk}/").text
    assert "Amina Yusuf: away; ask Grace Okafor or Ruth Abara" in header


def test_time_offered_by_somebody_who_is_away_is_no_longer_offered(held, mill_house, amina, grace):
    start = datetime(2026, 4, 22, 14, tzinfo=LONDON)
    offer_slot(
        mill_house, by=amina, worker=amina, starts_at=start, ends_at=start.replace(hour=15),
        venue="office",
    )  # fmt: skip
    assert free_slots(mill_house).count() == 1

    report_sick(mill_house, by=grace, worker=amina)

    assert not free_slots(mill_house).exists()
    with pytest.raises(Refused, match="Amina Yusuf is away on 22 April"):
        book_time(held, by=grace, worker=amina, on=start.date(), starts=time(10), venue="office")


@pytest.mark.req("S1-20")
def test_a_colleague_accepts_and_the_sessions_are_booked_with_them(
    held, mill_house, amina, grace, ruth
):
    booked = book_time(
        held, by=amina, worker=amina, on=date(2026, 4, 22), starts=time(14), venue="office"
    )
    sick = report_sick(mill_house, by=grace, worker=amina)
    ask_for_cover(sick, by=grace, to_worker=ruth, stays=[held], until_on=SUNDAY)

    take_on(Cover.objects.select_related(*Cover.LOCK_WITH).get(), by=ruth)

    booked.refresh_from_db()
    assert (booked.outcome, booked.reason) == ("moved", "staff_absent")
    assert Booking.objects.open().get().worker == ruth


@pytest.mark.req("S1-20")
def test_owen_who_covers_from_another_scheme_has_the_file_for_that_time_and_no_longer(
    sick, held, owen, grace, client
):
    from alongside.organisation.models import Staff

    def opens():
        client.force_login(Staff.objects.get(pk=owen.pk))
        return client.get(f"/stays/{held.pk}/").status_code

    ask_for_cover(sick, by=grace, to_worker=owen, stays=[held], until_on=date(2026, 4, 22))
    assert opens() == 404

    accept_cover(Cover.objects.select_related(*Cover.LOCK_WITH).get(), by=owen)
    assert opens() == 200
    with afterwards(22):
        assert opens() == 200
    with afterwards(23):
        assert opens() == 404


def test_cover_that_is_ended_early_takes_its_rights_with_it(sick, held, owen, grace, amina):
    ask_for_cover(sick, by=grace, to_worker=owen, stays=[held], until_on=SUNDAY)
    accept_cover(Cover.objects.select_related(*Cover.LOCK_WITH).get(), by=owen)

    with afterwards(22):
        come_back(sick, by=amina, back_on=date(2026, 4, 22))

        cover = Cover.objects.get()
        assert cover.until_on == date(2026, 4, 21)
        assert cover.membership
        assert cover.membership.until_on == date(2026, 4, 21)
        assert whom_to_ask(held) is None


def test_cover_of_an_absence_that_was_cancelled_was_never_in_force(leave, held, owen, grace, amina):
    ask_for_cover(leave, by=grace, to_worker=owen, stays=[held])
    accept_cover(Cover.objects.select_related(*Cover.LOCK_WITH).get(), by=owen)

    cancel_absence(leave, by=amina, because="The trip is off.")

    cover = Cover.objects.get()
    assert cover.answer == "not_needed"
    assert cover.membership
    assert cover.membership.until_on
    assert cover.membership.until_on < TODAY


@pytest.mark.req("S1-20")
def test_cover_declined_returns_to_the_team_leader(asked, ruth, grace, signed_in):
    with pytest.raises(Refused, match="needs a few words"):
        decline_cover(asked, by=ruth, reason="other")

    decline_cover(asked, by=ruth, reason="no_time")

    assert overview(Absence.objects.for_page().get()).people[0].state[0] == (
        "Back to the team leader"
    )
    board = signed_in(grace).get("/schemes/mill-house/away/").text
    assert "Nobody stands in with Tomasz Nowak (asked, no yes)" in board


@pytest.mark.req("S1-20")
def test_cover_unanswered_after_24_hours_returns_to_the_team_leader(asked):
    absence = Absence.objects.for_page().get()
    with afterwards(21, 11):
        assert overview(absence).people[0].state[0] == "Asked"
    with afterwards(21, 12):
        assert overview(absence).people[0].state[0] == "Back to the team leader"


def test_the_team_leader_names_somebody_who_then_has_it(sick, held, ruth, grace, amina):
    with pytest.raises(NotPermitted):
        assign_cover(sick, by=amina, to_worker=ruth, stays=[held], until_on=SUNDAY)

    assign_cover(sick, by=grace, to_worker=ruth, stays=[held], until_on=SUNDAY)

    cover = Cover.objects.get()
    assert (cover.answer, cover.assigned) == ("accepted", True)


def test_only_whoever_was_asked_answers_and_only_once(asked, ruth, grace):
    with pytest.raises(NotPermitted, match="Ruth Abara was asked"):
        accept_cover(asked, by=grace)
    accept_cover(asked, by=ruth)
    with pytest.raises(Refused, match="accepted already"):
        decline_cover(asked, by=ruth, reason="no_time")


def test_whoever_is_away_or_does_not_hold_sessions_is_not_asked(sick, held, ruth, grace):
    mill_house, amina = sick.scheme, sick.worker
    from alongside.testing.cast import a_member_of_staff

    cook = a_member_of_staff(mill_house, "Nadia Costa", "kitchen")
    report_sick(mill_house, by=grace, worker=ruth)
    for worker, words in ((ruth, "is away"), (cook, "does not hold"), (amina, "is away")):
        with pytest.raises(Refused, match=words):
            ask_for_cover(sick, by=grace, to_worker=worker, stays=[held], until_on=SUNDAY)


def test_one_person_has_one_cover_at_a_time(asked, sick, held, ruth, grace):
    with pytest.raises(Refused, match="has been asked about Tomasz"):
        ask_for_cover(sick, by=grace, to_worker=ruth, stays=[held], until_on=SUNDAY)
    accept_cover(asked, by=ruth)
    with pytest.raises(Refused, match="Ruth Abara stands in with Tomasz"):
        ask_for_cover(sick, by=grace, to_worker=grace, stays=[held], until_on=SUNDAY)

    end_cover(asked, by=grace)
    assert Cover.objects.get().until_on == TODAY


@pytest.mark.req("S3-10")
def test_an_absence_beyond_28_days_opens_the_change_of_worker_decision(
    held, mill_house, amina, grace
):
    ask_for_leave(
        mill_house, by=grace, worker=amina, from_on=date(2026, 5, 4), until_on=date(2026, 5, 31),
        reason="family",
    )  # fmt: skip
    assert not ChangeRequest.objects.exists()
    ask_for_leave(
        mill_house, by=grace, worker=amina, from_on=date(2026, 6, 1), until_on=date(2026, 6, 29),
        reason="family",
    )  # fmt: skip

    request = ChangeRequest.objects.get()
    assert (request.stay, request.about) == (held, amina)
    assert request.asked_reason == "leaving_or_absent"


def test_sickness_opens_the_decision_on_the_day_it_becomes_long(sick, held, mill_house):
    clock = System("a new day")
    with time_machine.travel(datetime(2026, 5, 17, 12, tzinfo=LONDON), tick=False):
        open_long_absences(mill_house, by=clock)
        assert not ChangeRequest.objects.exists()
    with time_machine.travel(datetime(2026, 5, 18, 12, tzinfo=LONDON), tick=False):
        open_long_absences(mill_house, by=clock)
        open_long_absences(mill_house, by=clock)
    assert ChangeRequest.objects.count() == 1


def test_sickness_ahead_or_of_somebody_elsewhere_is_refused(held, mill_house, amina, grace, owen):
    with pytest.raises(Refused, match="ahead of time"):
        report_sick(mill_house, by=grace, worker=amina, from_on=date(2026, 4, 21))
    with pytest.raises(Refused, match="does not work here"):
        report_sick(mill_house, by=grace, worker=owen)
    with pytest.raises(NotPermitted):
        report_sick(mill_house, by=owen, worker=amina)


def test_nobody_is_expected_back_in_the_past(sick, grace):
    with pytest.raises(Refused, match="not ahead"):
        expect_back(sick, by=grace, expected_on=TODAY)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"until_on": date(2026, 4, 1)}, "cover_ends_after_it_begins"),
        ({"answer": "accepted"}, "an_answer_to_cover_has_its_time"),
        ({"answer": "declined", "answered_at": datetime(2026, 4, 20, tzinfo=LONDON)},
         "declined_cover_has_its_reason"),
    ],
)  # fmt: skip
def test_the_database_refuses_cover_that_cannot_be(asked, change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Cover.objects.filter(pk=asked.pk).update(**change)


def test_the_database_refuses_covering_for_oneself_and_two_covers_at_once(asked, amina, grace):
    with pytest.raises(IntegrityError, match="covers_for_themselves"), transaction.atomic():
        Cover.objects.filter(pk=asked.pk).update(to_worker=amina)
    now = {"answer": "accepted", "answered_at": datetime(2026, 4, 20, tzinfo=LONDON)}
    Cover.objects.filter(pk=asked.pk).update(**now)
    asked.pk, asked.answer, asked.answered_at, asked.to_worker = None, *now.values(), grace
    with pytest.raises(IntegrityError), transaction.atomic():
        asked.save(force_insert=True)


@pytest.mark.req("S1-16")
def test_a_resident_asks_the_manager_for_a_session_on_the_tablet(
    sick, held, grace, client, signed_in
):
    set_resident_pin(held.scheme, by=grace, resident=held.resident, pin="2468")
    signed_in(grace).post(f"/stays/{held.pk}/together/")
    client.post("/my/pin/", {"pin": "2468"})
    shown = client.get("/my/sessions/").text
    assert "Amina Yusuf is away" in shown
    assert "Ask Grace Okafor" in shown

    client.post("/my/sessions/", {"ask": str(grace.pk)})

    board = signed_in(grace).get("/schemes/mill-house/away/").text
    assert "Tomasz Nowak asks Grace Okafor for a session" in board
    book_time(held, by=grace, worker=grace, on=date(2026, 4, 22), starts=time(14), venue="office")
    assert "asks Grace Okafor" not in signed_in(grace).get("/schemes/mill-house/away/").text


@pytest.mark.req("S1-18")
def test_encouragement_is_written_down_with_what_was_offered_and_the_answer(
    sick, held, ruth, signed_in
):
    page = signed_in(ruth)
    wrong = page.post(f"/stays/{held.pk}/cover/encourage/", {"on": "2026-04-20"})
    assert wrong.status_code == 422
    page.post(
        f"/stays/{held.pk}/cover/encourage/",
        {"on": "2026-04-20", "offered": "manager", "answer": "takes_it_up",
         "words": "Will ring Grace."},
    )  # fmt: skip
    shown = page.get(f"/stays/{held.pk}/cover/").text
    assert "Ask the manager" in shown
    assert "Takes it up: Will ring Grace." in shown


@pytest.mark.req("S1-12", "S1-14")
def test_a_session_held_by_cover_counts_for_the_week(asked, held, ruth):
    accept_cover(asked, by=ruth)
    record_session(
        held, by=ruth, held_on=TODAY, minutes=30, headings={"progress": "Well.", "problems": "",
        "achievements": ""}, raise_issue="Ring the bank",
    )  # fmt: skip
    assert Duty.objects.filter(key="weekly-session", period_from=TODAY, met_on=TODAY).exists()


def test_one_session_is_offered_to_a_colleague_who_says_yes(held, mill_house, amina, ruth, grace):
    booked = book_time(
        held, by=amina, worker=amina, on=date(2026, 4, 22), starts=time(14), venue="office"
    )
    report_sick(mill_house, by=grace, worker=amina)
    offer = offer_session(booked, by=grace, to_worker=ruth)
    with pytest.raises(NotPermitted, match="Ruth Abara was asked"):
        accept_session(offer, by=grace)

    accept_session(offer, by=ruth)

    assert Booking.objects.open().get().worker == ruth
    with pytest.raises(Refused, match="accepted already"):
        decline_session(offer, by=ruth)


def test_the_key_worker_reads_what_a_colleague_signed_when_they_are_back(sick, held, grace, ruth):
    plan = open_version(held, by=ruth)
    Plan.objects.filter(pk=plan.pk).update(
        in_absence_of=sick.worker, worker_agreed_at=clock.now(), worker_agreed_by=ruth
    )
    assert signed_by_substitute(held, "") == []
    with afterwards(24):
        come_back(sick, by=grace, back_on=date(2026, 4, 24))
        assert signed_by_substitute(held, "") == [date(2026, 4, 24)]
        assert Duty.objects.get(key="substitute-signed-plan").due_on == date(2026, 4, 27)
