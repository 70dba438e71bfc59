"""What a service is there for: its aims in its own words, and the goals that serve them."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.plans.content import content_of_plan
from alongside.plans.models import Plan, WhoseIdea
from alongside.plans.operations import (
    add_goal,
    change_goal,
    open_version,
    record_goal_result,
    write_plan,
)
from alongside.practice.pack import pack
from alongside.reports.aims import aims_of
from alongside.reports.month import Month
from alongside.schemes.models import OwnValue
from alongside.schemes.operations import add_aim, set_value, withdraw_aim
from alongside.testing.cast import Cast, assemble

TODAY = date(2026, 4, 20)
APRIL = Month(2026, 4, ZoneInfo("Pacific/Auckland"))
WHY = "Agreed with everybody who lives here."
HOME = "permanent-home"


@pytest.fixture
def whare(db: None) -> Cast:
    return assemble("aotearoa-transitional")


def here(cast: Cast) -> Scheme:
    return Scheme.objects.select_related("organisation").get(pk=cast.mill_house.pk)


def goal(plan: Plan, by: Any, words: str, **more: Any) -> Any:
    return add_goal(plan, by=by, words=words, whose_idea=WhoseIdea.RESIDENT, **more)


def rows(cast: Cast) -> dict[str, tuple[int, dict[str, int]]]:
    return {
        row.says: (row.goals, {result.key: many for many, result in row.told if many})
        for row in aims_of(here(cast), APRIL).rows
    }


@pytest.mark.req("S4-101")
def test_goals_and_what_became_of_them_are_counted_for_the_aim_they_serve(whare: Cast) -> None:
    plan = open_version(whare.tomasz, by=whare.amina)
    flat = goal(plan, whare.amina, "A flat near my sister", aim=HOME)
    goal(plan, whare.amina, "A landlord who listens", aim=HOME)
    goal(plan, whare.amina, "Play the guitar again")
    plan.refresh_from_db()
    record_goal_result(plan, by=whare.amina, goal=flat, result="partly")
    record_goal_result(plan, by=whare.amina, goal=flat, result="achieved")

    found = rows(whare)
    home = here(whare).pack.aims[HOME].says
    assert found[home] == (2, {"achieved": 1})
    assert found["No aim named"] == (1, {})
    assert aims_of(here(whare), APRIL.before()).rows[0].told[0][0] == 0


@pytest.mark.req("S4-101")
def test_a_goal_says_its_aim_in_the_plan_and_keeps_it_when_rewritten(whare: Cast) -> None:
    plan = open_version(whare.tomasz, by=whare.amina)
    flat = goal(plan, whare.amina, "A flat", aim=HOME)
    again = change_goal(flat, by=whare.amina, words="A flat of my own", whose_idea="resident")
    assert again.aim == HOME
    plan = Plan.objects.for_page().get(pk=plan.pk)
    assert content_of_plan(plan)["goals"][0]["aim"] == here(whare).pack.aims[HOME].says
    with pytest.raises(Refused) as no:
        goal(plan, whare.amina, "A house", aim="nothing")
    assert no.value.field == "aim"


@pytest.mark.req("S4-101")
def test_a_leader_puts_an_aim_in_the_words_of_the_service_from_a_day(whare: Cast) -> None:
    at = ("aims", HOME, "says")
    before = here(whare).pack.aims[HOME].says
    made = set_value(
        here(whare), by=whare.grace, at=at, value="A key of one’s own", from_on=TODAY, because=WHY
    )
    assert (made.was, made.value, made.because) == (before, "A key of one’s own", WHY)
    assert here(whare).pack.aims[HOME].says == "A key of one’s own"
    assert here(whare).pack_on(date(2026, 4, 1)).aims[HOME].says == before
    assert whare.quay_street.pack.aims[HOME].says == before


@pytest.mark.req("S4-101")
def test_the_service_adds_an_aim_and_an_objective_and_takes_them_away(whare: Cast) -> None:
    def add(says: str, under: str = "") -> OwnValue:
        return add_aim(here(whare), by=whare.grace, says_it=says, because=WHY, under=under)

    def withdraw(key: str) -> OwnValue:
        return withdraw_aim(here(whare), by=whare.grace, key=key, because=WHY)

    aim = add("Everybody eats together")
    under = add("A shared meal each Friday", aim.key)
    order = [one.key for one in here(whare).pack.aims_in_order]
    assert order[-2:] == [aim.key, under.key]
    with pytest.raises(Refused, match="stands there already"):
        add("everybody eats together")
    with pytest.raises(Refused, match="not an aim"):
        add("Soup", under.key)
    with pytest.raises(Refused, match="objective stands under"):
        withdraw(aim.key)
    with pytest.raises(Refused, match="own words"):
        set_value(
            here(whare), by=whare.grace, at=("aims", aim.key, "says"), value="Tea", from_on=TODAY,
            because=WHY,
        )  # fmt: skip
    plan = open_version(whare.tomasz, by=whare.amina)
    plan.stay.scheme = plan.scheme.__class__.objects.get(pk=plan.scheme.pk)
    goal(plan, whare.amina, "Cook for eight", aim=under.key)

    withdraw(under.key)
    withdraw(aim.key)

    assert aim.key not in here(whare).pack.aims
    assert rows(whare)["An aim that was withdrawn"] == (1, {})


@pytest.mark.req("S4-101")
def test_everybody_who_works_here_reads_it_and_a_leader_writes_it(whare: Cast, client: Any) -> None:
    url = reverse("reports:aims", args=["mill-house"])
    client.force_login(whare.amina)
    page = client.get(url).text
    assert here(whare).pack.aims[HOME].says in page
    assert "Housing First, under Tāiki" in page
    assert "Goals now" in page
    assert client.get(f"{url}?month=2026-03").status_code == 200
    add = reverse("schemes:add-aim", args=["mill-house"])
    assert client.get(add).status_code in {403, 404}
    with pytest.raises(NotPermitted):
        add_aim(here(whare), by=whare.amina, says_it="Tea", because=WHY)

    client.force_login(whare.grace)
    wrong = client.post(add, {"says_it": "Everybody eats together", "because": ""})
    assert wrong.status_code == 422
    assert "Everybody eats together" in wrong.text
    done = client.post(add, {"says_it": "Everybody eats together", "because": WHY}, follow=True)
    assert "Everybody eats together" in done.text
    assert WHY in client.get(reverse("schemes:decided", args=["mill-house"])).text
    change = reverse("schemes:change", args=["mill-house", "aims", HOME, "says"])
    client.post(change, {"word": "A key", "from_on": "2026-04-20", "because": WHY})
    assert "A key" in client.get(url).text

    client.force_login(whare.owen)
    assert client.get(url).status_code == 404
    assert client.get(add).status_code == 404


def test_a_page_asks_the_same_however_many_goals(
    whare: Cast, client: Any, django_assert_max_num_queries: Any
) -> None:
    plan = open_version(whare.tomasz, by=whare.amina)
    for number in range(6):
        goal(plan, whare.amina, f"Goal {number}", aim=HOME)
    client.force_login(whare.grace)
    with django_assert_max_num_queries(12):
        client.get(reverse("reports:aims", args=["mill-house"]))


def test_link_working_has_the_aims_of_its_policy() -> None:
    aims = pack("supported-living").aims
    assert len(aims) == 6
    assert [one.key for one in pack("coordinated-care").aims] == [one.key for one in aims]


@pytest.mark.req("S0-15")
def test_a_plan_names_the_principles_it_rests_on_and_hands_them_on(
    whare: Cast, client: Any
) -> None:
    plan = open_version(whare.tomasz, by=whare.amina)
    written = write_plan(plan, by=whare.amina, voice={}, principles=["manaakitanga"])
    assert content_of_plan(written)["principles"] == ["Manaakitanga"]
    kept = write_plan(written, by=whare.amina, voice={})
    assert kept.principles == ["manaakitanga"]
    with pytest.raises(Refused) as no:
        write_plan(kept, by=whare.amina, voice={}, principles=["kai"])
    assert no.value.field == "principles"

    client.force_login(whare.amina)
    asked = client.get(reverse("plans:write", args=[plan.pk])).text
    assert "Which of our principles does it rest on?" in asked
    assert "Manaakitanga" in client.get(reverse("plans:version", args=[plan.pk])).text
