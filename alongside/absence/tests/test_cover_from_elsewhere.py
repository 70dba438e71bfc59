"""A colleague of another house who stands in sees the person they cover, and nobody else there."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.absence.models import Cover
from alongside.absence.operations import accept_cover, ask_for_cover, end_cover, report_sick
from alongside.allocations.operations import allocate
from alongside.casefile.queries import people_named
from alongside.keywork.operations import write_note
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.testing.builders import a_stay
from alongside.testing.cast import a_member_of_staff


@pytest.fixture
def tess(cast):
    """A key worker of Quay Street."""
    return a_member_of_staff(cast.quay_street, "Tess Varley", "key_worker", line_manager=cast.owen)


@pytest.fixture
def rosa(cast):
    stay = a_stay(cast.beds[1], by=cast.grace)
    allocate(stay, by=cast.grace, worker=cast.amina)
    return stay


@pytest.fixture
def cover(cast, tess, rosa):
    allocate(cast.tomasz, by=cast.grace, worker=cast.amina)
    sick = report_sick(cast.mill_house, by=cast.grace, worker=cast.amina)
    ask_for_cover(sick, by=cast.grace, to_worker=tess, stays=[cast.tomasz])
    return accept_cover(Cover.objects.get(), by=tess)


def now(staff) -> Staff:
    """As the next request finds them."""
    return Staff.objects.get(pk=staff.pk)


@pytest.mark.req("S1-20")
def test_cover_opens_the_file_of_whom_is_covered_and_no_other(client, cast, cover, tess, rosa):
    client.force_login(tess)

    assert client.get(reverse("casefile:casefile", args=[cast.tomasz.pk])).status_code == 200
    assert client.get(reverse("casefile:casefile", args=[rosa.pk])).status_code == 404
    assert list(Stay.objects.visible_to(now(tess))) == [cast.tomasz]


@pytest.mark.parametrize(
    "page",
    ["casefile:residents", "keywork:week", "cover:team", "referrals:referrals", "plans:plans-here"],
)
def test_no_list_of_the_house_exists_to_them(client, cast, cover, tess, page):
    client.force_login(tess)

    assert client.get(reverse(page, args=[cast.mill_house.slug])).status_code == 404


def test_they_write_in_the_one_file_and_not_in_another(cast, cover, tess, rosa):
    write_note(cast.tomasz, by=now(tess), kind="informal", text="Talked on the stairs.")

    with pytest.raises(NotPermitted):
        write_note(rosa, by=now(tess), kind="informal", text="Talked on the stairs.")
    assert not now(tess).may(Action.READ_FILE, cast.mill_house)
    assert cast.mill_house.pk not in now(tess).reads_at()


def test_the_house_is_not_offered_as_one_of_theirs(client, cast, cover, tess):
    client.force_login(tess)
    page = client.get(reverse("cover:my-leave"))

    assert [one.slug for one in now(tess).schemes()] == [cast.quay_street.slug]
    assert "Tomasz Nowak" in page.content.decode()
    assert page.wsgi_request.chosen_scheme == cast.quay_street


def test_search_finds_whom_they_cover_by_name_and_by_word_and_nobody_else_there(
    client, cast, cover, tess, rosa
):
    for stay in (cast.tomasz, rosa):
        write_note(stay, by=cast.amina, kind="informal", text="Talked about the allotment.")
    client.force_login(tess)

    assert "Tomasz Nowak" in client.get(reverse("casefile:search"), {"q": "nowak"}).text
    found = client.get(reverse("casefile:search"), {"q": "allotment"}).text
    assert "Tomasz Nowak" in found
    assert "Rosa" not in found
    assert (
        "Rosa" not in client.get(reverse("casefile:search"), {"q": "rosa"}).text.split("found")[1]
    )

    client.force_login(cast.owen)  # covers nobody
    assert "Tomasz" not in client.get(reverse("casefile:search"), {"q": "nowak"}).text


def test_two_people_covered_are_both_open(cast, cover, tess, rosa):
    ask_for_cover(cover.absence, by=cast.grace, to_worker=tess, stays=[rosa])
    accept_cover(Cover.objects.get(stay=rosa), by=now(tess))

    assert set(Stay.objects.visible_to(now(tess))) == {cast.tomasz, rosa}


def test_when_cover_is_over_the_file_is_closed_again(client, cast, cover, tess):
    end_cover(Cover.objects.select_related(*Cover.LOCK_WITH).get(), by=cast.grace)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        client.force_login(tess)
        address = reverse("casefile:casefile", args=[cast.tomasz.pk])

        assert client.get(address).status_code == 404
        assert not Stay.objects.visible_to(now(tess)).exists()


def test_who_works_there_anyway_still_sees_the_whole_house(client, cast, rosa, grace):
    ruth = a_member_of_staff(cast.mill_house, "Ruth Abara", "key_worker", line_manager=grace)
    allocate(cast.tomasz, by=grace, worker=cast.amina, reason="language")
    sick = report_sick(cast.mill_house, by=grace, worker=cast.amina)
    ask_for_cover(sick, by=grace, to_worker=ruth, stays=[cast.tomasz])
    accept_cover(Cover.objects.get(), by=ruth)

    assert set(Stay.objects.visible_to(now(ruth))) == {cast.tomasz, rosa}


def test_looking_for_a_name_finds_nobody_else(cast, cover, tess, rosa):
    assert not people_named("Rosa", viewer=now(tess)).exists()
