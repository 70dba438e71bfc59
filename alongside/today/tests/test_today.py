"""The page a worker leaves open all day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from alongside.allocations.operations import allocate, ask_for_change
from alongside.duties.models import Duty
from alongside.duties.operations import work_out
from alongside.duties.queries import is_worked_out
from alongside.keywork.operations import write_note
from alongside.kit import clock
from alongside.plans.operations import add_action
from alongside.stays.operations import begin_stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast, a_member_of_staff, a_resident
from alongside.today.order import BANDS


def test_i_see_what_i_owe_person_by_person_and_nothing_of_others(
    cast: Cast, client: Client
) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    a_stay(cast.beds[1], by=cast.grace, name="Rosa Lindqvist")
    client.force_login(cast.amina)

    mine = client.get("/").text
    assert "Complete the first assessment" in mine
    assert "Rosa Lindqvist" not in mine
    assert "Rosa Lindqvist" in client.get("/?whose=everybody").text


def test_a_manager_is_told_who_has_nobody(cast: Cast, client: Client) -> None:
    client.force_login(cast.grace)
    assert "Without a key worker" in client.get("/").text

    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    assert "Without a key worker" not in client.get("/").text


def test_the_first_look_of_a_day_moves_the_duties_on(cast: Cast, client: Client) -> None:
    client.force_login(cast.amina)
    assert not is_worked_out(cast.mill_house)

    client.get("/")

    assert is_worked_out(cast.mill_house)


def test_today_asks_the_same_few_questions_for_one_person_or_four(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    for number, bed in enumerate(cast.beds[1:]):
        stay = a_stay(bed, by=cast.grace, name=f"Person Number{number}")
        allocate(stay, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    client.force_login(cast.amina)
    client.get("/")

    with django_assert_max_num_queries(12):
        client.get("/")


def test_the_manager_of_a_full_house_asks_no_more_than_twelve(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    for number, bed in enumerate(cast.beds[1:]):
        a_stay(bed, by=cast.grace, name=f"Person Number{number}")
    client.force_login(cast.grace)
    client.get("/")

    for address in ["/", "/?by=person", "/?by=person&whose=everybody&page=2"]:
        with django_assert_max_num_queries(12):
            assert client.get(address).status_code == 200


@pytest.mark.req("S0-93")
def test_whoever_was_given_an_action_sees_it_today_also_without_a_caseload(
    cast: Cast, client: Client, django_assert_max_num_queries
) -> None:
    nia = a_member_of_staff(cast.mill_house, "Nia Rees", "project_worker")
    add_action(
        cast.tomasz, by=cast.amina, text="Drive him to the dentist", who="staff", staff=nia,
        when_on=date(2026, 4, 21),
    )  # fmt: skip
    client.force_login(nia)
    client.get("/")

    with django_assert_max_num_queries(12):
        page = client.get("/").text
    assert "Given to me" in page
    assert "Drive him to the dentist" in page
    client.force_login(cast.amina)
    assert "Given to me" not in client.get("/").text


def test_the_same_duty_towards_many_people_is_one_line_that_opens(
    cast: Cast, client: Client
) -> None:
    for number, bed in enumerate(cast.beds[1:]):
        a_stay(bed, by=cast.grace, name=f"Person Number{number}")
    client.force_login(cast.grace)

    bands = client.get("/").context["bands"]

    named = next(a for a in bands[0].alike if a.says == "Name a key worker")
    assert named.folded
    assert [one.duty.stay.resident.name for one in named.owed].count("Tomasz Nowak") == 1
    assert [band.key for band in bands] == [key for key in BANDS if key in {b.key for b in bands}]


def test_a_line_that_opens_shows_the_most_urgent_and_the_way_to_all_of_them(
    cast: Cast, client: Client
) -> None:
    for number in range(6):
        resident = a_resident(cast.mill_house, "Person", f"Number{number}")
        begin_stay(
            cast.mill_house, by=cast.grace, resident=resident, bed=None,
            moved_in_on=date(2026, 4, 7),
        )  # fmt: skip
    client.force_login(cast.grace)

    bands = client.get("/?whose=everybody").context["bands"]
    named = next(a for band in bands for a in band.alike if a.says == "Name a key worker")
    assert (len(named.owed), len(named.peek), named.has_more) == (7, 5, True)

    every = client.get("/?whose=everybody&kind=Name+a+key+worker")
    assert {one.duty.says for one in every.context["owed_only"]} == {"Name a key worker"}
    assert every.context["owed_only"].total == 7
    assert 'href="?whose=everybody#owed">Everything owed' in every.text
    assert "Nothing of this is owed" in client.get("/?kind=Wash+the+dog").text


def test_by_person_shows_the_most_urgent_and_how_many_more_and_keeps_whose(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.grace)

    answer = client.get("/?by=person&whose=everybody")

    (person,) = [one for one in answer.context["people_owed"] if one.others]
    assert person.first.days == min(one.days for one in person.owed)
    assert f"{len(person.others)} more for Tomasz" in answer.text
    assert [link.url for link in answer.context["whose"]] == [
        "?by=person",
        "?by=person&whose=everybody",
        "?by=person&whose=passed-up",
    ]
    assert client.get("/?by=person&page=99999999999").status_code == 200


def test_what_was_met_this_week_is_shown_as_done(cast: Cast, client: Client) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    client.force_login(cast.grace)

    shown = client.get("/")

    assert "Name a key worker" in {duty.says for duty in shown.context["settled"].met}
    assert "Met this week" in shown.text


def test_what_waits_for_a_decision_is_told_to_whoever_decides(cast: Cast, client: Client) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    ask_for_change(
        cast.tomasz, by=cast.amina, reason="not_working", words="We do not get on, and said so."
    )

    client.force_login(cast.grace)
    assert "Requests for another key worker" in client.get("/").text
    client.force_login(cast.amina)
    assert "Requests for another key worker" not in client.get("/").text


def test_what_changed_is_told_from_the_end_of_my_last_shift(cast: Cast, client: Client) -> None:
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    now = clock.now()
    with clock.standing_at(now - timedelta(hours=30)):
        write_note(cast.tomasz, by=cast.grace, kind="informal", text="Before Amina went home.")
    with clock.standing_at(now - timedelta(hours=28)):
        write_note(cast.tomasz, by=cast.amina, kind="informal", text="Amina’s last word.")
    with clock.standing_at(now - timedelta(hours=26)):
        write_note(cast.tomasz, by=cast.grace, kind="phone", text="After she had gone.")
    client.force_login(cast.amina)

    shown = client.get("/").context

    assert shown["since"] == now - timedelta(hours=28)
    told = [m for one in shown["news"] for m in (one.latest, *one.others)]
    assert "After she had gone." in {moment.text for moment in told}
    assert not {"Before Amina went home.", "Amina’s last word."} & {moment.text for moment in told}


def test_the_kitchen_is_shown_its_own_pages(cast: Cast, client: Client) -> None:
    client.force_login(a_member_of_staff(cast.mill_house, "Nadia Costa", "kitchen"))

    shown = client.get("/").text

    assert "Evening meal" in shown
    assert "Tomasz" not in shown


def test_somebody_of_another_scheme_sees_nobody_of_ours(cast: Cast, client: Client) -> None:
    client.force_login(cast.owen)

    assert "Tomasz" not in client.get("/?whose=everybody").text


def test_somebody_who_works_nowhere_is_told_what_to_do(cast: Cast, client: Client) -> None:
    cast.owen.memberships.all().delete()
    client.force_login(cast.owen)

    assert "Ask whoever leads you" in client.get("/").text


def test_what_nobody_owes_stands_with_those_who_can_mend_it(cast: Cast, client: Client) -> None:
    work_out(cast.mill_house, by=cast.grace)
    rows = Duty.objects.filter(scheme=cast.mill_house, subject_kind="staff", worker=cast.grace)
    row = rows.order_by("due_on", "pk").first()
    assert row is not None
    Duty.objects.filter(pk=row.pk).update(
        owed_by=None, owed_how="", instead_of=None, state="open", opens_on=date(2026, 4, 1),
        says="Hold supervision of the manager",
    )  # fmt: skip
    client.force_login(cast.grace)
    shown = client.get(reverse("today:today")).text
    assert "Hold supervision of the manager" in shown
    assert "Name a line manager" in shown

    client.force_login(cast.amina)
    assert "Hold supervision of the manager" not in client.get(reverse("today:today")).text
