"""Workshops are counted since arrival; roles open with a stage."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from alongside.duties.facts import MEASURES, occurrences
from alongside.kit.refusal import NotPermitted, Refused
from alongside.testing.builders import a_stay
from alongside.workshops import models, operations, queries


def some_workshops(stay, by, *, attended, held, first=date(2026, 3, 3), every=3):
    programme = operations.begin_programme(stay.scheme, by=by, name="Action Training")
    made = []
    for number in range(held):
        day = first + timedelta(days=every * number)
        workshop = operations.plan_workshop(programme, by=by, title=f"No. {number}", held_on=day)
        came = "attended" if number < attended else "absent"
        operations.keep_register(workshop, by=by, came={stay: came})
        made.append(workshop)
    return made


def percent_of(stay):
    return MEASURES["workshops.percent"].ask(stay, "").value


@pytest.mark.req("S1-78")
@pytest.mark.parametrize(("attended", "share"), [(8, "50.0"), (7, "43.8")])
def test_the_share_of_workshops_is_exact(tomasz, amina, attended, share):
    some_workshops(tomasz, amina, attended=attended, held=16)

    assert percent_of(tomasz) == Decimal(share)


def test_a_cancelled_workshop_counts_for_nobody(tomasz, amina):
    *_, last = some_workshops(tomasz, amina, attended=8, held=16)

    operations.cancel_workshop(last, by=amina, because="No trainer")

    assert percent_of(tomasz) == Decimal("53.3")
    with pytest.raises(Refused, match="was cancelled"):
        operations.keep_register(last, by=amina, came={tomasz: "attended"})


def test_who_came_later_is_counted_from_their_arrival(tomasz, amina, grace, beds):
    rosa = a_stay(beds[1], by=grace, moved_in_on=date(2026, 4, 7))
    some_workshops(tomasz, amina, attended=16, held=16)
    since = [w for w in models.Workshop.objects.all() if w.held_on >= date(2026, 4, 7)]
    operations.enter_attendance(rosa, by=amina, workshop=since[0], came="attended")

    share = queries.share_of(rosa)

    assert (share.attended, share.held) == (1, len(since))


@pytest.mark.req("S1-70")
def test_a_week_without_a_workshop_does_not_break_the_run(tomasz, amina):
    some_workshops(tomasz, amina, attended=3, held=4, every=14, first=date(2026, 3, 4))

    assert len(occurrences("workshops.weeks_running", tomasz)) == 3


@given(st.integers(0, 200), st.integers(1, 200))
def test_a_percentage_is_within_a_twentieth_of_the_fraction(part, whole):
    share = models.percent(part, whole)

    assert abs(share * whole - 100 * part) <= Decimal("0.05") * whole


@pytest.mark.req("S1-77")
def test_a_role_of_a_higher_stage_is_refused(tomasz, amina):
    with pytest.raises(Refused, match="opens at Stage 3"):
        operations.begin_house_role(
            tomasz, by=amina, role="assistant_spokesperson", from_on=date(2026, 4, 20)
        )

    operations.begin_house_role(tomasz, by=amina, role="buddy", from_on=date(2026, 4, 20))
    assert occurrences("house_roles.held:buddy", tomasz) == [date(2026, 4, 20)]


@pytest.mark.req("S1-84", "S1-86", "S1-91", "S1-85")
def test_what_they_take_part_in_is_known_to_the_stages(tomasz, amina):
    day = date(2026, 4, 14)
    operations.record_volunteering(tomasz, by=amina, organisation="Food bank", from_on=day)
    course = operations.record_course(
        tomasz, by=amina, kind="back_to_work", name="Ready for work", began_on=day
    )
    assert not occurrences("courses.completed:back_to_work", tomasz)
    operations.complete_course(course, by=amina, completed_on=date(2026, 4, 17))
    for cooked in (date(2026, 3, 30), date(2026, 4, 2), date(2026, 4, 9)):
        operations.record_part_taken(tomasz, by=amina, kind="cooked_for_all", done_on=cooked)

    assert occurrences("volunteering.placements", tomasz) == [day]
    assert occurrences("courses.attended:external", tomasz) == [day]
    assert occurrences("courses.completed:back_to_work", tomasz) == [date(2026, 4, 17)]
    assert len(occurrences("cooking.meals", tomasz)) == 2


def test_the_register_is_kept_on_its_page(client, tomasz, amina):
    (workshop,) = some_workshops(tomasz, amina, attended=0, held=1)
    client.force_login(amina)
    address = reverse("workshops:register", args=[workshop.pk])

    page = client.get(address).content.decode()
    assert "Tomasz Nowak" in page
    assert "(optional)" not in page
    assert client.post(address, {f"stay-{tomasz.pk}": "nonsense"}).status_code == 422
    assert client.post(address, {f"stay-{tomasz.pk}": "excused"}).status_code == 302
    assert models.Attendance.objects.get().came == "excused"


def test_the_pages_show_and_take(client, tomasz, amina, django_assert_max_num_queries):
    some_workshops(tomasz, amina, attended=7, held=16)
    client.force_login(amina)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("workshops:taking-part", args=[tomasz.pk])).content.decode()
    assert "7 of 16 workshops: 43.8 per cent" in page
    assert client.get(reverse("workshops:workshops", args=["mill-house"])).status_code == 200

    role = reverse("workshops:record", args=[tomasz.pk, "role"])
    wrong = client.post(role, {"role": "assistant_spokesperson", "from_on": "2026-04-20"})
    assert wrong.status_code == 422
    assert "opens at Stage 3" in wrong.content.decode()


def test_a_workshop_is_planned_on_its_page(client, tomasz, amina):
    client.force_login(amina)
    client.post(reverse("workshops:programme", args=["mill-house"]), {"name": "Spring"})
    programme = models.Programme.objects.get()
    address = reverse("workshops:plan-workshop", args=["mill-house"])

    assert client.post(address, {"title": "Budgeting"}).status_code == 422
    said = {"programme": str(programme.pk), "title": "Budgeting", "held_on": "2026-04-21"}
    assert client.post(address, said).status_code == 302
    assert models.Workshop.objects.get().title == "Budgeting"


def test_to_owen_none_of_it_exists(client, tomasz, amina, owen):
    (workshop,) = some_workshops(tomasz, amina, attended=0, held=1)
    client.force_login(owen)
    for address in (
        reverse("workshops:taking-part", args=[tomasz.pk]),
        reverse("workshops:record", args=[tomasz.pk, "activity"]),
        reverse("workshops:workshops", args=["mill-house"]),
        reverse("workshops:register", args=[workshop.pk]),
        reverse("workshops:cancel-workshop", args=[workshop.pk]),
    ):
        assert client.get(address).status_code == 404
    with pytest.raises(NotPermitted):
        operations.record_part_taken(tomasz, by=owen, kind="x", done_on=date(2026, 4, 1))


def test_the_database_refuses_what_contradicts_itself(tomasz, amina):
    (workshop,) = some_workshops(tomasz, amina, attended=1, held=1)
    day, before = date(2026, 4, 1), date(2026, 3, 1)

    def refuses(make, **values):
        with pytest.raises(IntegrityError), transaction.atomic():
            make(**values)

    refuses(models.Programme.objects.create, scheme=tomasz.scheme, name="Action Training")
    refuses(models.Workshop.objects.update, cancelled_on=day)
    refuses(models.Attendance.objects.create, workshop=workshop, stay=tomasz, came="absent")
    refuses(models.Attendance.objects.update, came="perhaps")
    activity = {"stay": tomasz, "kind": "x", "what": "x", "done_on": day}
    refuses(models.Activity.objects.create, **activity, rating=6)
    refuses(
        models.Volunteering.objects.create, stay=tomasz, organisation="x", from_on=day,
        until_on=before,
    )  # fmt: skip
    refuses(
        models.Course.objects.create, stay=tomasz, kind="x", name="x", began_on=day,
        completed_on=before,
    )  # fmt: skip
    role = {"stay": tomasz, "role": "buddy", "from_on": day}
    refuses(models.HouseRole.objects.create, **role, partner=tomasz, both_agreed_on=day)
    refuses(models.HouseRole.objects.create, **role, until_on=day)
    models.HouseRole.objects.create(**role)
    refuses(models.HouseRole.objects.create, **role)
