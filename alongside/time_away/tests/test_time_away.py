"""Somebody is in hospital, in prison, on holiday or missing: what can wait stands still."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.actors import System
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.kit.refusal import NotPermitted, Refused
from alongside.moments.models import Moment
from alongside.testing.cast import Cast
from alongside.time_away.models import Away
from alongside.time_away.operations import correct_away, record_away, record_back, withdraw_away

LONDON = ZoneInfo("Europe/London")
NIGHT = System("the night")


def assessment(cast: Cast) -> Duty:
    return Duty.objects.get(stay=cast.tomasz, key="initial-assessment")


def in_hospital(cast: Cast, **more) -> Away:
    said = {"kind": "hospital", "left_on": date(2026, 3, 5), "back_on": date(2026, 3, 9), **more}
    return record_away(cast.tomasz, by=cast.amina, **said)


@pytest.mark.req("S1-06")
def test_days_in_hospital_are_added_and_both_dates_stay_visible(cast: Cast) -> None:
    in_hospital(cast)

    duty = assessment(cast)
    assert (duty.first_due_on, duty.due_on) == (date(2026, 3, 9), date(2026, 3, 13))
    assert "4 paused days added" in duty.why


def test_while_somebody_is_away_the_clock_stands_and_goes_on_when_they_are_back(cast: Cast) -> None:
    away = in_hospital(cast, left_on=date(2026, 3, 5), back_on=None)
    assert assessment(cast).state == State.PAUSED

    record_back(away, by=cast.amina, back_on=date(2026, 4, 20))

    assert assessment(cast).state == State.OPEN
    assert assessment(cast).due_on == date(2026, 4, 24)


def test_a_week_away_by_agreement_is_no_missed_week(cast: Cast) -> None:
    week = {"stay": cast.tomasz, "key": "weekly-session", "period_from": date(2026, 4, 6)}
    work_out(cast.mill_house, by=NIGHT)
    assert Duty.objects.get(**week).state == State.MISSED

    in_hospital(cast, kind="agreed_away", left_on=date(2026, 4, 6), back_on=date(2026, 4, 13))

    assert Duty.objects.get(**week).state == State.PAUSED
    assert assessment(cast).due_on == date(2026, 3, 9)


def test_what_was_written_wrongly_is_put_right_and_kept(cast: Cast) -> None:
    away = in_hospital(cast)

    right = correct_away(
        away, by=cast.amina, because="He came home on the 7th", kind="hospital",
        left_on=date(2026, 3, 5), back_on=date(2026, 3, 7),
    )  # fmt: skip

    assert assessment(cast).due_on == date(2026, 3, 11)
    assert right.corrects == away
    withdraw_away(right, by=cast.amina, because="It was somebody else")
    assert assessment(cast).due_on == date(2026, 3, 9)
    assert Away.objects.count() == 2


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "holiday"}, "kind"),
        ({"left_on": date(2026, 4, 21), "back_on": None}, "left_on"),
        ({"left_on": date(2026, 2, 1)}, "left_on"),
        ({"back_on": date(2026, 3, 4)}, "back_on"),
        ({"left_on": date(2026, 3, 1)}, "left_on"),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(cast: Cast, said, field) -> None:
    with pytest.raises(Refused) as refusal:
        in_hospital(cast, **said)
    assert refusal.value.field == field


def test_days_that_overlap_are_refused(cast: Cast) -> None:
    in_hospital(cast)

    with pytest.raises(Refused, match="away already"):
        in_hospital(cast, kind="custody", left_on=date(2026, 3, 8), back_on=None)
    in_hospital(cast, kind="custody", left_on=date(2026, 3, 9), back_on=date(2026, 3, 10))


def test_coming_back_twice_is_refused(cast: Cast) -> None:
    away = in_hospital(cast)

    with pytest.raises(Refused, match="back already"):
        record_back(away, by=cast.amina, back_on=date(2026, 4, 1))


@pytest.mark.parametrize(
    "broken",
    [
        {"back_on": date(2026, 3, 1)},
        {"kind": ""},
        {"replaced_because": "because"},
    ],
)
def test_the_database_refuses_what_makes_no_sense(cast: Cast, broken) -> None:
    away = in_hospital(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Away.objects.filter(pk=away.pk).update(**broken)


def test_the_database_refuses_being_away_twice_at_a_time(cast: Cast) -> None:
    away = in_hospital(cast, back_on=None)

    with pytest.raises(IntegrityError), transaction.atomic():
        Away.objects.create(
            stay=cast.tomasz, kind="custody", left_on=away.left_on, recorded_by=cast.amina
        )


def test_amina_records_it_on_the_page_and_it_stands_on_the_timeline(cast: Cast, client) -> None:
    client.force_login(cast.amina)
    page = reverse("time_away:record", args=[cast.tomasz.pk])

    wrong = client.post(page, {"kind": "hospital", "left_on": "2027-01-01", "words": "Broken leg"})
    assert wrong.status_code == 422
    assert "Broken leg" in wrong.content.decode()
    client.post(page, {"kind": "hospital", "left_on": "2026-04-18", "words": "Broken leg"})

    assert "Away now" in client.get(reverse("time_away:time-away", args=[cast.tomasz.pk])).text
    assert Moment.objects.filter(kind="time_away", title="In hospital").exists()
    away = Away.objects.get()
    client.post(reverse("time_away:follow-up", args=[away.pk, "back"]), {"back_on": "2026-04-20"})
    away.refresh_from_db()
    assert away.back_on == date(2026, 4, 20)


def test_to_owen_none_of_it_exists(cast: Cast, client) -> None:
    away = in_hospital(cast)
    client.force_login(cast.owen)

    for address in (
        reverse("time_away:time-away", args=[cast.tomasz.pk]),
        reverse("time_away:follow-up", args=[away.pk, "right"]),
    ):
        assert client.get(address).status_code == 404
    with pytest.raises(NotPermitted):
        record_away(cast.tomasz, by=cast.owen, kind="hospital", left_on=date(2026, 4, 1))


def test_the_day_of_coming_back_counts_again(cast: Cast) -> None:
    in_hospital(cast, left_on=date(2026, 4, 18), back_on=None)

    with time_machine.travel(datetime(2026, 4, 21, 9, tzinfo=LONDON)):
        assert [one.stay for one in Away.objects.on(date(2026, 4, 21))] == [cast.tomasz]
        record_back(Away.objects.get(), by=cast.amina, back_on=date(2026, 4, 21))
        assert not Away.objects.on(date(2026, 4, 21)).exists()
