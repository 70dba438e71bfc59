"""The page a worker leaves open all day."""

from __future__ import annotations

from datetime import date

from django.test import Client

from alongside.allocations.operations import allocate
from alongside.duties.queries import is_worked_out
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast


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
    assert "Nobody is key worker to" in client.get("/").text

    allocate(cast.tomasz, by=cast.grace, worker=cast.amina, from_on=date(2026, 4, 20))
    assert "Nobody is key worker to" not in client.get("/").text


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


def test_somebody_of_another_scheme_sees_nobody_of_ours(cast: Cast, client: Client) -> None:
    client.force_login(cast.owen)

    assert "Tomasz" not in client.get("/?whose=everybody").text


def test_somebody_who_works_nowhere_is_told_what_to_do(cast: Cast, client: Client) -> None:
    cast.owen.memberships.all().delete()
    client.force_login(cast.owen)

    assert "Ask your manager" in client.get("/").text
