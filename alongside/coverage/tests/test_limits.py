"""How full each limit is: caseloads, beds and nights out, and filters that hold together."""

from __future__ import annotations

from datetime import date

from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.coverage.limits import fillings
from alongside.testing.builders import a_stay
from alongside.testing.cast import assemble


def number_of(scheme, key, name):
    [one] = [filling for filling in fillings(scheme) if filling.rule.limit == key]
    return next((each.number, each.most) for each in one.those if each.name == name)


def test_a_workers_people_are_counted_against_the_limit_of_the_practice(
    mill_house, tomasz, amina, grace
):
    assert number_of(mill_house, "caseload_most", "Amina Yusuf") == (0, 12)

    allocate(tomasz, by=grace, worker=amina)

    assert number_of(mill_house, "caseload_most", "Amina Yusuf") == (1, 12)


def test_beds_are_counted_where_the_practice_limits_them(db):
    house = assemble("aotearoa-transitional")
    before, beds = number_of(house.mill_house, "beds_large_house", "Mill House")
    a_stay(house.beds[1], by=house.grace, moved_in_on=date(2026, 4, 1))

    assert beds == len(house.beds)
    assert number_of(house.mill_house, "beds_large_house", "Mill House") == (before + 1, beds)


def test_the_page_says_which_limit_it_is_how_many_there_are_and_where_it_comes_from(
    client, mill_house, tomasz, amina, grace
):
    allocate(tomasz, by=grace, worker=amina)
    client.force_login(grace)

    text = client.get(reverse("coverage:limits", args=[mill_house.slug])).content.decode()

    assert "How full the limits are at Mill House" in text
    assert "Room for 11" in text
    assert mill_house.pack.limit("caseload_most").source in text


def test_somebody_from_another_house_finds_no_such_page(client, mill_house, cast):
    page = reverse("coverage:limits", args=[mill_house.slug])
    client.force_login(cast.grace)
    assert client.get(page).status_code == 200

    client.force_login(cast.owen)
    assert client.get(page).status_code == 404


def test_name_time_and_how_it_stands_hold_together(client, mill_house, beds, tomasz, grace):
    rosa = a_stay(beds[1], by=grace, moved_in_on=date(2026, 3, 2))
    client.force_login(grace)
    asked = {"first": "2026-03-23", "last": "2026-04-20", "show": "missed"}
    page = reverse("coverage:coverage", args=[mill_house.slug])

    found = client.get(page, {**asked, "named": rosa.resident.given_name}).content.decode()

    table = found.partition("<tbody>")[2]
    assert rosa.resident.name in table
    assert tomasz.resident.name not in table
    assert 'value="missed" selected' in found
    none = client.get(page, {**asked, "named": rosa.resident.name, "show": "met"})
    assert "There is nobody of whom this is true" in none.content.decode()
