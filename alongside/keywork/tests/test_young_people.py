"""Key work in a children's home: planned every week, in a place they chose, under its headings."""

from __future__ import annotations

from datetime import date, time

import pytest
import time_machine
from django.urls import reverse

from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.keywork.models import Booking, Preparation, Session
from alongside.keywork.operations import book_time, record_session
from alongside.keywork.queries.headlines import headlines_of
from alongside.plans.operations import (
    add_goal,
    agree_as_resident,
    agree_as_worker,
    open_version,
    write_action,
    write_plan,
)
from alongside.signatures.signing import Mark
from alongside.testing.cast import Cast, assemble

TUESDAY = date(2026, 4, 21)
HEADINGS = ("progress", "problems", "achievements", "observation", "short_term", "medium_term")


@pytest.fixture
def home(db) -> Cast:
    return assemble("childrens-home")


@pytest.fixture
def as_amina(client, home: Cast):
    client.force_login(home.amina)
    return client


def booked(home: Cast, **more) -> Booking:
    return book_time(
        home.tomasz, by=home.amina, worker=home.amina, on=TUESDAY, starts=time(16),
        venue="garden", **more,
    )  # fmt: skip


def held(home: Cast, on: date, how: str) -> Session:
    return record_session(
        home.tomasz, by=home.amina, held_on=on, minutes=30, attendance="came", format=how,
        held_by=home.amina, headings=dict.fromkeys(HEADINGS, ""),
    )  # fmt: skip


@pytest.mark.req("S3-51")
def test_a_session_is_owed_every_week_and_booked_ahead_with_the_young_person(home: Cast):
    work_out(home.mill_house, by=home.grace)
    weeks = Duty.objects.filter(stay=home.tomasz, key="weekly-session").order_by("due_on")

    this_week = weeks.get(due_on__gte=home.mill_house.today(), opens_on__lte="2026-04-20")
    assert this_week.state == State.OPEN
    assert weeks.filter(state=State.MISSED).exists()
    booking = booked(home)
    assert booking.starts_at.astimezone(home.mill_house.zone).date() == TUESDAY
    held(home, date(2026, 4, 20), "formal")
    assert weeks.get(pk=this_week.pk).state == State.MET


@pytest.mark.req("S3-106")
@pytest.mark.parametrize("how", ["formal", "informal", "activity", "walk"])
def test_a_session_over_an_activity_counts_like_one_at_a_table(home: Cast, how: str):
    work_out(home.mill_house, by=home.grace)

    held(home, date(2026, 4, 20), how)

    met = Duty.objects.get(stay=home.tomasz, key="weekly-session", met_on="2026-04-20")
    assert met.state == State.MET


@pytest.mark.req("S3-106", "S3-105")
def test_where_they_like_to_meet_is_asked_kept_and_offered_the_next_time(as_amina, home: Cast):
    to = reverse("keywork:book-session", args=[home.tomasz.pk])
    asked = {
        "worker": str(home.amina.pk), "on": "2026-04-21", "starts": "16:00", "minutes": "30",
        "venue": "kitchen", "format": "activity", "activity": "Baking bread",
        "place_agreed": "on", "arranged": "assisted",
    }  # fmt: skip
    assert as_amina.post(to, asked).status_code == 302

    booking = Booking.objects.get()
    assert (booking.venue, booking.activity, booking.place_agreed) == (
        "kitchen", "Baking bread", True,
    )  # fmt: skip
    shown = as_amina.get(reverse("keywork:booking", args=[booking.pk])).text
    assert "Baking bread" in shown
    assert "They were asked where and how." in shown
    again = as_amina.get(to).context["form"]
    assert again["venue"].value() == "kitchen"
    assert again["format"].value() == "activity"


@pytest.mark.req("S3-52")
def test_the_session_asks_how_they_are_what_is_in_the_way_and_the_plans(as_amina, home: Cast):
    page = as_amina.get(reverse("keywork:record-session", args=[home.tomasz.pk]))

    for words in ("How they are doing", "Issues", "Plan for the next weeks",
                  "Plan for the next months", "Which actions was it about?"):  # fmt: skip
        assert words in page.text or words.startswith("Which actions")
    assert [heading.key for heading in page.context["form"].headings] == list(HEADINGS)


@pytest.mark.req("S3-109")
def test_before_a_session_the_risks_and_the_plan_are_read_and_old_ones_are_marked(
    as_amina, home: Cast
):
    booking = booked(home)
    to = reverse("keywork:prepare-session", args=[booking.pk])

    page = as_amina.get(to).text
    assert "Read before you meet" in page
    assert "Risks and allergies" in page
    assert page.count("Not on file") == 2  # nobody asked about risks; there is no plan
    as_amina.post(to, {"comfort": "Not in the office.", "read_headlines": "on"})

    ready = Preparation.objects.get()
    assert ready.read_headlines_at is not None
    later = book_time(
        home.tomasz, by=home.amina, worker=home.amina, on=date(2026, 4, 28), starts=time(16),
        venue="garden",
    )  # fmt: skip
    again = as_amina.get(reverse("keywork:prepare-session", args=[later.pk]))
    assert again.context["form"]["comfort"].value() == "Not in the office."


@pytest.mark.req("S3-109")
def test_a_plan_that_nobody_touched_for_29_days_is_marked_before_the_session(cast: Cast):
    plan, drawn = open_version(cast.tomasz, by=cast.amina), Mark(strokes="M10 10 L20 20")
    write_plan(plan, by=cast.amina, voice={"wants": "My own place"}, took_part="Tomasz, Amina")
    goal = add_goal(
        plan, by=cast.amina, words="Save", whose_idea="resident", need="4.7", strength="Sums"
    )
    write_action(plan, by=cast.amina, goal=goal, text="Open an account", when_on=TUESDAY)
    agree_as_resident(plan, by=cast.tomasz.resident, mark=drawn)
    agree_as_worker(plan, by=cast.amina, mark=drawn)

    assert not headlines_of(cast.tomasz)[1].is_old
    with time_machine.travel("2026-05-19T12:00+01:00", tick=False):
        assert headlines_of(cast.tomasz)[1].is_old
