"""The rules of the engine beyond dates: corrections, reminders, the line up, closed months."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.allocations.models import Method
from alongside.allocations.operations import allocate
from alongside.assessments.operations import start_assessment
from alongside.audit.actors import System
from alongside.duties.models import (
    ClosedDuty,
    ClosedMonth,
    Duty,
    MissReason,
    MovedDate,
    State,
    Step,
)
from alongside.duties.operations import close_month, excuse, explain_miss, work_out
from alongside.duties.queries import corrected_since, figures_of
from alongside.duties.recalculation import rebuild
from alongside.kit.refusal import NotPermitted, Refused
from alongside.schemes.operations import set_value
from alongside.stays.models import Correction
from alongside.stays.operations import correct_moved_in
from alongside.testing.builders import a_referral, a_stay, an_assessment
from alongside.testing.cast import Cast, a_member_of_staff

LONDON = ZoneInfo("Europe/London")
NIGHT = System("the night")
TODAY = date(2026, 4, 20)
ROWS = (
    "subject_kind", "subject_id", "key", "period_from", "ref", "opens_on", "due_on",
    "first_due_on", "met_on", "state", "why", "owed_by", "told", "told_next", "remind_on",
    "escalate_on", "practice",
)  # fmt: skip


def on(day: date):
    return time_machine.travel(datetime(day.year, day.month, day.day, 12, tzinfo=LONDON))


def assessment(cast: Cast) -> Duty:
    return Duty.objects.get(stay=cast.tomasz, key="initial-assessment")


def all_of_it() -> list[str]:
    return sorted(map(str, Duty.objects.values_list(*ROWS)))


def moved_in(cast: Cast, day: date) -> Correction:
    return correct_moved_in(
        cast.tomasz, by=cast.grace, moved_in_on=day, because="The register says so."
    )


# --- corrected dates --------------------------------------------------------------------------


@pytest.mark.req("S1-06")
def test_a_corrected_day_of_moving_in_moves_what_is_open_and_writes_a_line(cast: Cast) -> None:
    before = assessment(cast)
    assert before.due_on == date(2026, 3, 9)

    moved_in(cast, date(2026, 3, 5))

    after = assessment(cast)
    assert (after.pk, after.due_on) == (before.pk, date(2026, 3, 12))
    line = MovedDate.objects.get(key="initial-assessment")
    assert (line.from_due_on, line.to_due_on) == (date(2026, 3, 9), date(2026, 3, 12))
    assert not line.kept


@pytest.mark.req("S1-06")
def test_what_was_done_stays_as_it_was_and_stays_so_when_all_is_made_again(cast: Cast) -> None:
    done = start_assessment(cast.tomasz, by=cast.amina, assessed_on=TODAY)
    an_assessment(done, by=cast.amina)
    was = assessment(cast)
    assert was.state == State.MET_LATE

    moved_in(cast, date(2026, 3, 5))

    now = assessment(cast)
    assert (now.pk, now.due_on, now.met_on, now.why) == (was.pk, was.due_on, was.met_on, was.why)
    assert MovedDate.objects.get(key="initial-assessment").kept
    before = all_of_it()
    rebuild()
    assert all_of_it() == before


def test_correcting_twice_and_there_and_back_leaves_no_second_duty(cast: Cast) -> None:
    names = ("key", "period_from", "due_on")
    theirs = Duty.objects.filter(stay=cast.tomasz).order_by(*names)
    first = list(theirs.values_list(*names))
    for day in (date(2026, 3, 5), date(2026, 3, 10), date(2026, 3, 2)):
        moved_in(cast, day)

    assert theirs.filter(key="initial-assessment").count() == 1
    assert list(theirs.values_list(*names)) == first


@pytest.mark.req("S1-06")
def test_a_missed_week_that_comes_back_is_owed_by_whom_it_was_owed_then(cast: Cast) -> None:
    bilal = a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)
    allocate(
        cast.tomasz, by=cast.grace, worker=bilal, from_on=date(2026, 3, 2), method=Method.TEMPORARY
    )
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, reason="skills")  # from today
    missed = Duty.objects.filter(stay=cast.tomasz, key="weekly-session", state=State.MISSED)
    weeks = set(missed.values_list("period_from", flat=True))

    moved_in(cast, date(2026, 4, 6))
    moved_in(cast, date(2026, 3, 2))

    assert set(missed.values_list("period_from", flat=True)) == weeks
    back = missed.filter(period_from__lt=date(2026, 3, 30))
    assert back
    assert {one.owed_by for one in back.select_related("owed_by")} == {bilal}


def test_an_excused_duty_stays_excused_when_the_day_is_put_right(cast: Cast) -> None:
    excuse(assessment(cast), by=cast.grace, reason="In hospital")

    moved_in(cast, date(2026, 3, 5))

    assert assessment(cast).state == State.EXCUSED
    work_out(cast.mill_house, by=NIGHT)
    assert assessment(cast).state == State.EXCUSED


@pytest.mark.parametrize(
    ("day", "because", "field"),
    [
        (date(2026, 4, 21), "Wrong", "moved_in_on"),
        (date(2026, 3, 2), "Wrong", "moved_in_on"),
        (date(2026, 3, 5), " ", "because"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(cast: Cast, day, because, field) -> None:
    with pytest.raises(Refused) as refusal:
        correct_moved_in(cast.tomasz, by=cast.grace, moved_in_on=day, because=because)
    assert refusal.value.field == field


def test_the_database_refuses_a_correction_to_the_same_day_or_without_a_reason(cast: Cast) -> None:
    made = moved_in(cast, date(2026, 3, 5))

    for broken in ({"was_on": made.moved_in_on}, {"because": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Correction.objects.filter(pk=made.pk).update(**broken)


def test_grace_puts_the_day_right_on_the_page_and_owen_finds_none(cast: Cast, client) -> None:
    page = reverse("casefile:correct-moved-in", args=[cast.tomasz.pk])
    client.force_login(cast.owen)
    assert client.get(page).status_code == 404
    client.force_login(cast.grace)

    wrong = client.post(page, {"moved_in_on": "2027-01-01", "because": "A slip of the pen"})
    assert wrong.status_code == 422
    assert "A slip of the pen" in wrong.text
    right = client.post(page, {"moved_in_on": "2026-03-05", "because": "A slip"}, follow=True)

    assert "Dates that were put right" in right.text


# --- reminders and the line up ----------------------------------------------------------------


def test_a_duty_is_reminded_of_then_passed_up_and_then_passed_up_again(cast: Cast) -> None:
    chief = a_member_of_staff(cast.mill_house, "Ines Duarte", "manager")
    cast.grace.memberships.update(line_manager=chief)
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    work_out(cast.mill_house, by=NIGHT)
    duty = assessment(cast)

    assert duty.remind_on == date(2026, 3, 6)
    assert (duty.escalate_on, duty.escalate_again_on) == (date(2026, 3, 11), date(2026, 3, 16))
    assert (duty.owed_by, duty.told, duty.told_next) == (cast.amina, cast.grace, chief)
    steps = [duty.step(date(2026, 3, day)) for day in (5, 6, 11, 16)]
    assert steps == [Step.QUIET, Step.REMINDED, Step.PASSED_UP, Step.PASSED_UP_AGAIN]


def test_without_a_reminder_of_its_own_the_limit_of_the_practice_holds(cast: Cast) -> None:
    week = Duty.objects.filter(stay=cast.tomasz, key="manager-review").get()
    days = int(cast.mill_house.pack.limit("reminder_before"))

    assert week.remind_on == week.due_on - timedelta(days=days)


def test_who_is_above_but_away_is_passed_over(cast: Cast) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    work_out(cast.mill_house, by=NIGHT)

    assert assessment(cast).told == cast.grace
    assert Duty.objects.passed_up_to(cast.grace, TODAY).filter(key="initial-assessment").exists()
    assert not Duty.objects.passed_up_to(cast.amina, TODAY).exists()


def test_the_database_refuses_to_pass_a_duty_up_to_whom_it_concerns(cast: Cast) -> None:
    duty = assessment(cast)

    with pytest.raises(IntegrityError), transaction.atomic():
        Duty.objects.filter(pk=duty.pk).update(concerning=cast.amina, told=cast.amina)


def test_grace_sees_what_was_passed_up_to_her_on_today(cast: Cast, client) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    work_out(cast.mill_house, by=NIGHT)
    client.force_login(cast.grace)

    shown = client.get("/?whose=passed-up").text

    assert "Overdue and passed up to me" in shown
    assert "Complete the first assessment" in shown
    assert "Passed up" in shown


# --- why a week was missed ---------------------------------------------------------------------


@pytest.fixture
def missed(cast: Cast) -> Duty:
    work_out(cast.mill_house, by=NIGHT)
    return Duty.objects.get(stay=cast.tomasz, key="weekly-session", period_from=date(2026, 4, 13))


def test_why_a_week_was_missed_is_said_from_the_list_and_it_stays_missed(cast, missed) -> None:
    explain_miss(missed, by=cast.amina, reason="staff_absent")

    missed.refresh_from_db()
    assert missed.state == State.MISSED
    assert (
        MissReason.objects.get().says
        == cast.mill_house.pack.reasons("session_missed")["staff_absent"].says
    )


def test_a_reason_off_the_list_or_for_what_was_not_missed_is_refused(cast, missed) -> None:
    with pytest.raises(Refused, match="not on the list"):
        explain_miss(missed, by=cast.amina, reason="rain")
    with pytest.raises(Refused, match="not missed"):
        explain_miss(assessment(cast), by=cast.amina, reason="refused")
    with pytest.raises(NotPermitted):
        explain_miss(missed, by=cast.owen, reason="refused")


def test_the_database_refuses_a_miss_without_a_reason(cast, missed) -> None:
    made = explain_miss(missed, by=cast.amina, reason="refused")

    with pytest.raises(IntegrityError), transaction.atomic():
        MissReason.objects.filter(pk=made.pk).update(reason="")


def test_amina_says_why_on_the_page(cast, missed, client) -> None:
    client.force_login(cast.amina)
    page = reverse("casefile:why-missed", args=[missed.pk])

    assert client.post(page, {"reason": "rain"}).status_code == 422
    shown = client.post(page, {"reason": "did_not_come", "words": "Slept in"}, follow=True).text

    assert "Slept in" in shown


# --- closed months -----------------------------------------------------------------------------


def closed(cast: Cast) -> ClosedMonth:
    work_out(cast.mill_house, by=NIGHT)
    return close_month(cast.mill_house, by=cast.grace, month=date(2026, 3, 1))


def test_a_closed_month_keeps_its_figures_and_shows_what_was_put_right_beside_them(cast) -> None:
    month = closed(cast)
    before = figures_of([month])
    assert before[0].overdue > 0
    assert corrected_since(month) == []

    done = start_assessment(cast.tomasz, by=cast.amina, assessed_on=date(2026, 3, 8))
    an_assessment(done, by=cast.amina)

    assert figures_of([month]) == before
    [since] = [one for one in corrected_since(month) if one.says == "Complete the first assessment"]
    assert (since.was, since.now) == ("Open", "Met late")


def test_rebuilding_and_correcting_dates_change_no_closed_figure(cast) -> None:
    month = closed(cast)
    before = figures_of([month])

    moved_in(cast, date(2026, 3, 20))
    rebuild()

    assert figures_of([month]) == before
    assert corrected_since(month)


def test_a_month_is_closed_once_when_it_is_over_and_by_who_may(cast) -> None:
    closed(cast)
    with pytest.raises(Refused, match="closed already"):
        close_month(cast.mill_house, by=cast.grace, month=date(2026, 3, 31))
    with pytest.raises(Refused, match="not over yet"):
        close_month(cast.mill_house, by=cast.grace, month=TODAY)
    for nobody in (cast.amina, cast.owen):
        with pytest.raises(NotPermitted):
            close_month(cast.mill_house, by=nobody, month=date(2026, 2, 1))


def test_the_database_refuses_to_close_a_month_or_a_duty_of_it_twice(cast) -> None:
    month = closed(cast)
    line = month.lines.first()
    assert line is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedMonth.objects.create(
            scheme=cast.mill_house, month=month.month, duties=0, closed_by=cast.grace
        )
    line.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        ClosedDuty.objects.bulk_create([line])


def test_grace_closes_march_on_the_page_and_every_figure_opens_the_people(cast, client) -> None:
    work_out(cast.mill_house, by=NIGHT)
    client.force_login(cast.grace)
    page = reverse("today:close-month", args=["mill-house"])

    assert client.post(page, {"month": ""}).status_code == 422
    shown = client.post(page, {"month": "2026-03-01"}, follow=True).text

    assert "March 2026" in shown
    month = ClosedMonth.objects.get()
    people = client.get(reverse("today:month", args=[month.pk]), {"show": "open"}).text
    assert "Tomasz Nowak" in people
    client.force_login(cast.owen)
    assert client.get(reverse("today:month", args=[month.pk])).status_code == 404


# --- about no stay -----------------------------------------------------------------------------


def test_a_referral_is_owed_a_decision_and_shows_on_today_with_a_page_of_its_own(
    cast, client
) -> None:
    referral = a_referral(cast.mill_house, by=cast.grace)
    duty = Duty.objects.get(key="referral-decision", subject_id=referral.pk)
    assert (duty.subject_kind, duty.stay) == ("referral", None)
    client.force_login(cast.grace)

    today = client.get("/?whose=everybody").text
    page = client.get(reverse("casefile:duty", args=[duty.pk])).text

    assert "Rosa Lindqvist" in today
    assert "Decide on the" in page
    assert "Who is told while it is open" in page
    excused = client.post(
        reverse("casefile:excuse-duty", args=[duty.pk]), {"reason": "They rang off"}, follow=True
    ).text
    assert "They rang off" in excused
    duty.refresh_from_db()
    assert duty.state == State.EXCUSED


def test_to_owen_the_page_of_a_duty_does_not_exist(cast, client) -> None:
    client.force_login(cast.owen)

    for name in ("duty", "excuse-duty", "why-missed"):
        page = reverse(f"casefile:{name}", args=[assessment(cast).pk])
        assert client.get(page).status_code == 404


# --- the night ---------------------------------------------------------------------------------


def test_a_switch_that_goes_off_on_a_later_day_is_withdrawn_by_that_night(cast) -> None:
    off = ("features", "case_reviews", "on")
    set_value(cast.mill_house, by=cast.grace, at=off, value=True, from_on=TODAY, because="Try it")
    owed = Duty.objects.filter(key="case-review", due_on__gte=date(2026, 4, 25), state=State.OPEN)
    rosa = a_stay(cast.beds[1], by=cast.grace, moved_in_on=TODAY)
    assert owed.filter(stay=rosa).exists()
    cast.mill_house.refresh_from_db()
    set_value(
        cast.mill_house, by=cast.grace, at=off, value=False, from_on=date(2026, 4, 25),
        because="It is too much",
    )  # fmt: skip
    assert owed.filter(stay=rosa).exists()

    with on(date(2026, 4, 25)):
        call_command("duties", "work-out", stdout=StringIO())

    assert not owed.exists()


@pytest.mark.req("S1-99")
def test_nothing_is_created_twice_by_two_nights_and_a_page(cast) -> None:
    work_out(cast.mill_house, by=NIGHT)
    before = all_of_it()
    for _ in range(2):
        call_command("duties", "work-out", stdout=StringIO())
    assert all_of_it() == before
    mine = Duty.objects.outstanding(TODAY).filter(scheme=cast.mill_house, owed_by=cast.grace)
    assert mine.exists()
