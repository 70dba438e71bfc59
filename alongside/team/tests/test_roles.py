"""Roles with dates, one line manager, and whether each is still needed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.allocations.operations import allocate
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Membership, Staff
from alongside.other_duties.operations import give_other_duty
from alongside.practice.actions import Action
from alongside.team.models import AccessCheck
from alongside.team.operations import (
    change_line_manager,
    check_access,
    give_role_here,
    leave,
    let_role_end,
    take_on,
)
from alongside.testing.cast import a_member_of_staff

TODAY = date(2026, 4, 20)
DAY = timedelta(days=1)


def again(staff: Staff) -> Staff:
    """As the next request finds them."""
    return Staff.objects.get(pk=staff.pk)


@pytest.fixture
def bilal(cast):
    return a_member_of_staff(cast.mill_house, "Bilal Khan", "key_worker", line_manager=cast.grace)


@pytest.mark.req("S0-98", "S4-15")
def test_a_role_with_a_last_day_ends_by_itself(cast):
    give_role_here(
        cast.mill_house, by=cast.grace, staff=cast.owen, role="night_worker", from_on=TODAY,
        until_on=TODAY + DAY, line_manager=cast.grace,
    )  # fmt: skip

    assert again(cast.owen).may(Action.READ_FILE, cast.tomasz)
    with time_machine.travel(clock.now() + 2 * DAY, tick=False):
        assert not again(cast.owen).may(Action.READ_FILE, cast.tomasz)
        assert again(cast.owen).may(Action.READ_FILE, cast.quay_street)


@pytest.mark.req("S4-15")
def test_in_each_service_somebody_is_what_they_are_there(cast):
    give_role_here(
        cast.quay_street, by=cast.owen, staff=cast.amina, role="support_worker", from_on=TODAY,
        line_manager=cast.owen,
    )  # fmt: skip
    amina = again(cast.amina)

    assert amina.may(Action.ASSESS, cast.mill_house)
    assert not amina.may(Action.ASSESS, cast.quay_street)


def test_nobody_gives_a_role_to_themselves(cast):
    with pytest.raises(Refused, match="Nobody gives a role to themselves"):
        give_role_here(
            cast.mill_house, by=cast.grace, staff=cast.grace, role="administrator", from_on=TODAY
        )


def test_a_key_worker_gives_no_roles(cast):
    with pytest.raises(NotPermitted):
        give_role_here(
            cast.mill_house, by=cast.amina, staff=cast.owen, role="manager", from_on=TODAY
        )


@pytest.mark.req("S4-17")
def test_there_is_exactly_one_line_manager(cast, bilal):
    with pytest.raises(Refused, match="answers to Grace Okafor here, and to one person only"):
        give_role_here(
            cast.mill_house, by=cast.grace, staff=bilal, role="support_worker", from_on=TODAY,
            line_manager=cast.amina,
        )  # fmt: skip
    with pytest.raises(Refused, match="answers to somebody here"):
        give_role_here(
            cast.mill_house, by=cast.grace, staff=cast.owen, role="key_worker", from_on=TODAY
        )


@pytest.mark.req("S0-02", "S4-17")
def test_another_line_manager_is_a_new_row_and_a_circle_is_refused(cast, bilal):
    role = Membership.objects.get(staff=bilal)
    change_line_manager(role, by=cast.grace, line_manager=cast.amina, from_on=TODAY)

    was, now = Membership.objects.filter(staff=bilal).order_by("from_on")
    assert (was.line_manager, was.until_on) == (cast.grace, TODAY - DAY)
    assert (now.line_manager, now.until_on) == (cast.amina, None)

    of_amina = Membership.objects.filter(staff=cast.amina).earliest("pk")
    with pytest.raises(Refused, match="would be a circle"):
        change_line_manager(of_amina, by=cast.grace, line_manager=bilal, from_on=TODAY)


@pytest.mark.req("S4-16", "S0-02")
def test_the_chart_shows_who_answers_to_whom(client, cast, bilal):
    client.force_login(cast.amina)
    text = client.get(reverse("team:chart", args=["mill-house"])).content.decode()

    assert text.index("Grace Okafor</strong>, Manager") < text.index("Bilal Khan")


def test_somebody_who_is_key_worker_of_named_people_cannot_be_let_go(cast, bilal):
    allocate(cast.tomasz, by=cast.grace, worker=bilal)

    with pytest.raises(Refused, match="still the worker of Tomasz Nowak"):
        leave(bilal, by=cast.grace, last_day=TODAY)
    with pytest.raises(Refused, match="still the worker of Tomasz Nowak"):
        let_role_end(Membership.objects.get(staff=bilal), by=cast.grace, until_on=TODAY)


def test_a_leaver_is_out_the_day_after(client, cast, bilal):
    client.force_login(bilal)
    leave(bilal, by=cast.grace, last_day=TODAY)
    file = reverse("casefile:casefile", args=[cast.tomasz.pk])

    assert client.get(file).status_code == 200
    with time_machine.travel(clock.now() + DAY, tick=False):
        assert client.get(file).status_code == 302
        assert not again(bilal).may(Action.READ_FILE, cast.tomasz)


def test_the_page_says_why_not_and_keeps_what_was_typed(client, cast, bilal):
    allocate(cast.tomasz, by=cast.grace, worker=bilal)
    client.force_login(cast.grace)

    answer = client.post(
        reverse("team:leave", args=[bilal.pk]),
        {"last_day": "2026-04-20", "because": "A new post in Leeds"},
    )

    assert answer.status_code == 422
    assert "still the worker of Tomasz Nowak" in answer.content.decode()
    assert "A new post in Leeds" in answer.content.decode()


def test_somebody_new_comes_with_a_role_and_an_address_is_used_once(client, cast):
    client.force_login(cast.grace)
    asked = {
        "name": "Una Fry", "email": "una@harbour.example", "role": "key_worker",
        "from_on": "2026-04-20", "line_manager": str(cast.grace.pk),
    }  # fmt: skip
    address = reverse("team:take-on", args=["mill-house"])

    assert client.post(address, asked).status_code == 302
    assert Staff.objects.get(email="una@harbour.example").memberships.get().role == "key_worker"
    assert client.post(address, asked).status_code == 422
    with pytest.raises(Refused, match="signs in with this e-mail address already"):
        take_on(
            cast.mill_house, by=cast.grace, name="Una Fry", email="UNA@harbour.example",
            role="key_worker", from_on=TODAY, line_manager=cast.grace,
        )  # fmt: skip


def test_the_review_of_access_lists_who_was_not_looked_at_and_nobody_confirms_their_own(
    client, cast, bilal
):
    client.force_login(cast.grace)
    page = reverse("team:access", args=["mill-house"])
    assert "not looked at since" in client.get(page).content.decode()

    role = Membership.objects.get(staff=bilal)
    client.post(reverse("team:check", args=[role.pk]), {})
    assert AccessCheck.objects.get().membership == role
    assert "looked at on" in client.get(page).content.decode()

    own = Membership.objects.get(staff=cast.grace)
    with pytest.raises(Refused, match="Nobody confirms their own access"):
        check_access(own, by=cast.grace)


def test_who_works_elsewhere_too_is_let_go_there(cast):
    give_role_here(
        cast.mill_house, by=cast.grace, staff=cast.owen, role="key_worker", from_on=TODAY,
        line_manager=cast.grace,
    )  # fmt: skip

    with pytest.raises(NotPermitted, match="work at another service too"):
        leave(again(cast.owen), by=again(cast.grace), last_day=TODAY)


@pytest.mark.req("S0-96")
def test_beside_each_colleague_stands_what_was_asked_of_them_once_for_those_who_ask(
    client, cast, bilal, django_assert_max_num_queries
):
    house = cast.mill_house
    page = reverse("team:team", args=[house.slug])
    give_role_here(
        house, by=cast.grace, staff=bilal, role="night_worker", from_on=TODAY,
        line_manager=cast.grace,
    )  # fmt: skip
    for what, day in (("Order a kettle", TODAY), ("Buy a rug", TODAY + DAY)):
        give_other_duty(house, by=cast.grace, to=bilal, what=what, why="So.", due_on=day)
    with time_machine.travel(clock.now() + DAY, tick=False):
        client.force_login(cast.grace)
        with django_assert_max_num_queries(12):
            shown = client.get(page).text
        listed = f"{reverse('other_duties:here', args=[house.slug])}?whose=all&amp;who={bilal.pk}"
        assert shown.count("2 other duties, 1 overdue") == 1
        assert listed in shown
        found = client.get(listed.replace("&amp;", "&")).context["askings"]
        assert [one.what for one in found] == ["Order a kettle", "Buy a rug"]
        mine = client.get(reverse("team:mine", args=[house.slug]))
        assert "2 other duties, 1 overdue" in mine.text
        assert "other duties" not in client.get(page, {"show": "over"}).text

        client.force_login(cast.amina)
        assert "2 other duties" not in client.get(page).text
        client.force_login(cast.owen)
        assert client.get(page).status_code == 404
