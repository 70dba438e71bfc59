"""Duties of the house: given for weeks, looked at by somebody, counted for the stage."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.chores.facts import house_duties_percent
from alongside.chores.models import HouseDuty
from alongside.chores.operations import check_duty, give_duty, take_back_duty
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.stages import operations as stages
from alongside.stages.queries import task_of
from alongside.stages.standing import State

TODAY = date(2026, 4, 20)
PAST = TODAY - timedelta(days=21)


def four_weeks(stay, by, *, kind="kitchen", done=4) -> list[HouseDuty]:
    """A duty on Mondays, four of them, the last today; so many of them done."""
    give_duty(stay, by=by, kind=kind, first_on=PAST, weeks=4)
    duties = list(HouseDuty.objects.filter(stay=stay, kind=kind).order_by("due_on"))
    for number, duty in enumerate(duties):
        check_duty(duty, by=by, result="done" if number < done else "not_done")
    return duties


@pytest.mark.req("S1-69")
def test_all_duties_done_evidence_the_task_and_one_left_undone_does_not(tomasz, amina):
    *_, last = four_weeks(tomasz, amina, done=3)
    (line,) = task_of(tomasz, "1.4").lines
    assert (line.met, line.shown) == (False, "3 of 4 duties in 28 days: 75.0 per cent, needs 100")
    with pytest.raises(Refused, match="Not everything is evidenced"):
        stages.verify_task(tomasz, by=amina, task="1.4")

    check_duty(last, by=amina, result="done")

    assert task_of(tomasz, "1.4").state == State.OFFERED
    decision = stages.verify_task(tomasz, by=amina, task="1.4")
    assert "4 of 4 duties in 28 days: 100.0 per cent" in decision.stood_on


def test_nearly_all_is_not_all(tomasz, amina):
    for kind in ("kitchen", "cooking", "bathroom", "bins", "common_room"):
        four_weeks(tomasz, amina, kind=kind)
    check_duty(HouseDuty.objects.order_by("pk")[0], by=amina, result="not_done")

    assert house_duties_percent(tomasz, "").value == Decimal("95.0")


def test_excused_counts_neither_way_and_nothing_is_known_before_the_first(tomasz, amina):
    assert house_duties_percent(tomasz, "").value is None
    duties = four_weeks(tomasz, amina, done=3)
    check_duty(duties[-1], by=amina, result="excused")

    assert house_duties_percent(tomasz, "").says == "3 of 3 duties in 28 days: 100.0 per cent"


def test_what_nobody_looked_at_is_not_done_once_its_day_is_over(tomasz, amina):
    give_duty(tomasz, by=amina, kind="bins", first_on=TODAY - timedelta(days=1))
    give_duty(tomasz, by=amina, kind="kitchen", first_on=TODAY)

    assert house_duties_percent(tomasz, "").says == "0 of 1 duties in 28 days: 0.0 per cent"


@pytest.mark.req("S1-69")
def test_amina_gives_a_duty_and_writes_down_who_looked(client, tomasz, amina):
    client.force_login(amina)
    give = reverse("chores:give", args=["mill-house"])
    wrong = client.post(give, {"who": str(tomasz.pk), "kind": "bins", "first_on": "2026-04-20",
                               "weeks": "60"})  # fmt: skip
    assert wrong.status_code == 422
    assert "1 to 12 weeks" in wrong.content.decode()
    said = {"who": str(tomasz.pk), "kind": "bins", "first_on": "2026-04-20", "weeks": "2"}
    assert client.post(give, said).status_code == 302
    assert HouseDuty.objects.count() == 2

    today = HouseDuty.objects.get(due_on=TODAY)
    check = reverse("chores:check", args=["mill-house"]) + "?on=2026-04-20"
    assert client.post(check, {f"duty-{today.pk}": "done"}).status_code == 302

    page = client.get(reverse("chores:week", args=["mill-house"])).content.decode()
    assert "Amina Yusuf looked" in page
    assert "Tomasz Nowak" in page
    mine = client.get(reverse("chores:of-one", args=[tomasz.pk])).content.decode()
    assert "1 of 1 duties in 28 days" in mine


@pytest.mark.parametrize("on", ["nonsense", "2026-02-31", "9999-12-31x"])
def test_a_day_that_is_none_shows_this_week(client, tomasz, amina, on):
    client.force_login(amina)

    page = client.get(reverse("chores:week", args=["mill-house"]), {"on": on})

    assert "20 April 2026" in page.content.decode()


def test_the_week_asks_the_same_few_questions(client, tomasz, amina, django_assert_max_num_queries):
    four_weeks(tomasz, amina)
    client.force_login(amina)

    with django_assert_max_num_queries(12):
        client.get(reverse("chores:week", args=["mill-house"]))


def test_what_is_to_come_is_not_checked_and_what_was_checked_not_taken_back(tomasz, amina):
    give_duty(tomasz, by=amina, kind="bins", first_on=TODAY, weeks=2)
    today, later = HouseDuty.objects.order_by("due_on")

    with pytest.raises(Refused, match="still to come"):
        check_duty(later, by=amina, result="done")
    take_back_duty(later, by=amina)
    check_duty(today, by=amina, result="done")
    with pytest.raises(Refused, match="looked at this already"):
        take_back_duty(today, by=amina)


def test_a_duty_is_given_once_and_within_the_stay(tomasz, amina, owen):
    give_duty(tomasz, by=amina, kind="bins", first_on=TODAY)
    with pytest.raises(Refused, match="on that day already"):
        give_duty(tomasz, by=amina, kind="bins", first_on=TODAY)
    with pytest.raises(Refused, match="not staying here"):
        give_duty(tomasz, by=amina, kind="bins", first_on=date(2026, 1, 5))
    with pytest.raises(NotPermitted):
        give_duty(tomasz, by=owen, kind="kitchen", first_on=TODAY)


def test_the_database_refuses_a_result_without_somebody_who_looked(tomasz, amina):
    give_duty(tomasz, by=amina, kind="bins", first_on=TODAY)
    for wrong in ({"result": "done"}, {"checked_at": clock.now()}, {"result": "perhaps"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            HouseDuty.objects.update(**wrong)
