"""The doors of a file: each leads somewhere, and nobody is shown one they may not use."""

from __future__ import annotations

import tomllib

import pytest
from django.conf import settings
from django.urls import reverse

from alongside.casefile.doors import NEEDS, PAGES, RECORD, door_of, quick_doors
from alongside.chores.operations import give_duty
from alongside.duties.models import Duty
from alongside.duties.subjects import STAY
from alongside.organisation.models import Scheme
from alongside.testing.cast import a_member_of_staff

RULES = tomllib.loads((settings.ROOT / "config/rules.toml").read_text())


@pytest.mark.parametrize("page", sorted({name for name, _ in [*PAGES.values(), RECORD]}))
def test_every_door_of_a_duty_leads_to_a_page(page, tomasz):
    assert reverse(page, args=[tomasz.pk])


def test_every_duty_about_somebody_staying_has_a_door(mill_house: Scheme):
    about_stays = [rule for rule in mill_house.pack.duties if rule.subject == STAY and rule.done_by]
    kinds = {rule.done_by.partition(".")[0] for rule in about_stays}

    assert kinds - {"referral", "sheet"} <= set(PAGES)  # forms have a door of their own each


def test_a_manager_is_offered_moving_on_and_a_key_worker_is_not(tomasz, grace, amina):
    assert [door.says for door in quick_doors(tomasz, grace)][-1] == "Move on"
    assert "Move on" not in [door.says for door in quick_doors(tomasz, amina)]


def test_nobody_is_led_to_a_comparison_they_may_not_hold(tomasz, mill_house, grace):
    sal = a_member_of_staff(mill_house, "Sal Turner", "night_worker")
    owed = Duty(stay=tomasz, scheme=tomasz.scheme, key="evidence-reconciliation")

    assert door_of(owed, by=grace).says == "Compare"
    assert door_of(owed, by=sal).says == "Open file"


def test_who_may_not_open_the_money_is_not_offered_it(tomasz, mill_house, amina, client):
    money = reverse("money:money", args=[tomasz.pk])
    file = reverse("casefile:casefile", args=[tomasz.pk])
    client.force_login(amina)
    assert money in client.get(file).text

    client.force_login(a_member_of_staff(mill_house, "Sal Turner", "night_worker"))
    assert money not in client.get(file).text


def asked_at(page: str) -> set[str]:
    """The rights that an address asks for before it is shown, besides opening files."""
    room, _, name = page.partition(":")
    rule = RULES[room][name]
    return {*rule["see"].split(), *rule.get("also", "").split()} - {"staff", "read_file"}


@pytest.mark.parametrize(("key", "page"), [(key, page) for key, _, page in settings.CASEFILE])
def test_a_part_of_a_file_is_shown_only_to_whom_it_opens(key, page):
    assert asked_at(page) <= set(settings.CASEFILE_NEEDS.get(key, "").split())


@pytest.mark.parametrize(("kind", "page"), [(kind, page) for kind, (page, _) in PAGES.items()])
def test_a_duty_has_a_door_only_for_whom_it_opens(kind, page):
    assert asked_at(page) <= {str(NEEDS[kind])} if kind in NEEDS else not asked_at(page)


def test_the_kitchen_is_shown_whose_turn_it_is_and_no_way_into_the_file(
    client, tomasz, mill_house, amina
):
    today = mill_house.today()
    give_duty(tomasz, by=amina, kind="kitchen", first_on=today)
    own = reverse("chores:of-one", args=[tomasz.pk])

    for reader, opens in ((amina, True), (kitchen(mill_house), False)):
        client.force_login(reader)
        page = client.get(f"/schemes/{mill_house.slug}/house-duties/").text
        assert "Tomasz" in page
        assert (own in page) is opens


def kitchen(mill_house: Scheme):
    return a_member_of_staff(mill_house, "Nadia Costa", "kitchen")


def test_the_kitchen_reads_nobodys_file(tomasz, mill_house, client):
    client.force_login(a_member_of_staff(mill_house, "Nadia Costa", "kitchen"))
    here = f"/schemes/{mill_house.slug}"

    for url in [
        "", "notes/", "plans/", "duties/", "details/", "assessments/", "agreements/", "key-work/",
    ]:  # fmt: skip
        assert client.get(f"/stays/{tomasz.pk}/{url}").status_code == 403, url
    for url in ["residents", "key-work", "plans", "arrivals", "key-workers", "notes/write"]:
        assert client.get(f"{here}/{url}/").status_code == 403, url
    assert f"/stays/{tomasz.pk}/" not in client.get("/search/?q=Nowak").text
    menu = client.get(f"{here}/evening-meal/").text
    assert "Workshops" in menu
    assert "Reports" not in menu
