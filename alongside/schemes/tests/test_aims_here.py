"""An aim of the practice is withdrawn here and taken back; one of our own is put otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from alongside.audit.models import Entry
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme
from alongside.plans.models import Plan, WhoseIdea
from alongside.plans.operations import add_goal, open_version
from alongside.practice.pack import read_over
from alongside.reports.aims import aims_of
from alongside.reports.month import Month
from alongside.schemes.models import OwnValue
from alongside.schemes.operations import add_aim, reword_aim, take_back_aim, withdraw_aim
from alongside.testing.cast import Cast, assemble

TODAY = date(2026, 4, 20)
WHY = "Agreed with everybody who lives here."
HOME, SAFE, PAPERS = "permanent-home", "safe-and-led-by-them", "papers"
OBJECTIVE = f"""
[aims.{PAPERS}]
says = "Everybody’s papers are in order by week four"
source = "ours"
under = "{HOME}"
"""
MEAL = "Everybody eats together"


@pytest.fixture
def _an_objective(tmp_path: Path) -> Iterator[None]:
    """The practice has an objective under one of its aims."""
    folder = tmp_path / "aotearoa-transitional" / "1.0.0"
    folder.mkdir(parents=True)
    (folder / "objective.toml").write_text(OBJECTIVE, encoding="utf-8")
    read_over(tmp_path)
    yield
    read_over(None)


@pytest.fixture
def whare(_an_objective: None, db: None) -> Cast:
    return assemble("aotearoa-transitional")


def here(cast: Cast) -> Scheme:
    return Scheme.objects.select_related("organisation").get(pk=cast.mill_house.pk)


def aims(cast: Cast) -> list[str]:
    return [one.key for one in here(cast).pack.aims_in_order]


def withdrawn(cast: Cast, key: str) -> OwnValue:
    return withdraw_aim(here(cast), by=cast.grace, key=key, because=WHY)


def taken_back(cast: Cast, key: str) -> OwnValue:
    return take_back_aim(here(cast), by=cast.grace, key=key, because=WHY)


def added(cast: Cast, says: str = MEAL, under: str = "") -> str:
    return add_aim(here(cast), by=cast.grace, says_it=says, because=WHY, under=under).key


def reworded(cast: Cast, key: str, says: str, under: str = "") -> OwnValue:
    return reword_aim(here(cast), by=cast.grace, key=key, says_it=says, because=WHY, under=under)


def address(name: str, key: str) -> str:
    return reverse(f"schemes:{name}", args=["mill-house", key])


def events() -> list[str]:
    told = Entry.objects.filter(event__startswith="practice.aim_").order_by("pk")
    return list(told.values_list("event", flat=True))


# --- an aim of the pack --------------------------------------------------------------------------


@pytest.mark.req("S4-101")
def test_an_aim_of_the_practice_is_withdrawn_here_from_today_and_nowhere_else(whare: Cast) -> None:
    made = withdrawn(whare, SAFE)

    assert aims(whare) == [HOME, PAPERS]
    assert here(whare).pack.aims[SAFE].withdrawn
    assert (made.was, made.value, made.because) == (False, True, WHY)
    assert (made.decided_by, made.from_on) == (whare.grace, TODAY)
    yesterday = here(whare).pack_on(TODAY - timedelta(days=1))
    assert SAFE in [one.key for one in yesterday.aims_in_order]
    assert SAFE in [one.key for one in whare.quay_street.pack.aims_in_order]
    assert events() == ["practice.aim_withdrawn"]


@pytest.mark.req("S4-101")
def test_goals_keep_the_aim_that_was_withdrawn_and_no_new_one_names_it(whare: Cast) -> None:
    plan = open_version(whare.tomasz, by=whare.amina)
    words: dict[str, Any] = {"whose_idea": WhoseIdea.RESIDENT, "aim": SAFE}
    before = add_goal(plan, by=whare.amina, words="Be asked first", **words)
    says = here(whare).pack.aims[SAFE].says

    withdrawn(whare, SAFE)

    before.refresh_from_db()
    assert before.aim == SAFE
    shown = {row.says: row.goals for row in aims_of(here(whare), april(whare)).rows}
    assert shown[f"Withdrawn: {says}"] == 1
    assert says not in shown
    with pytest.raises(Refused, match="not an aim of this service") as no:
        add_goal(Plan.objects.get(pk=plan.pk), by=whare.amina, words="Be heard", **words)
    assert no.value.field == "aim"


def april(whare: Cast) -> Month:
    return Month(2026, 4, here(whare).zone)


@pytest.mark.req("S4-101")
def test_it_is_taken_back_and_counts_again(whare: Cast) -> None:
    before = aims(whare)
    withdrawn(whare, SAFE)

    made = taken_back(whare, SAFE)

    assert aims(whare) == before
    assert (made.was, made.value) == (True, None)
    assert events() == ["practice.aim_withdrawn", "practice.aim_taken_back"]
    assert OwnValue.objects.filter(section="aims", key=SAFE).count() == 2


def test_an_aim_goes_after_its_objectives_and_comes_back_before_them(whare: Cast) -> None:
    with pytest.raises(Refused, match="objective stands under"):
        withdrawn(whare, HOME)
    withdrawn(whare, PAPERS)
    withdrawn(whare, HOME)
    assert aims(whare) == [SAFE]

    with pytest.raises(Refused, match="aim above it is withdrawn"):
        taken_back(whare, PAPERS)
    taken_back(whare, HOME)
    taken_back(whare, PAPERS)
    assert aims(whare) == [HOME, PAPERS, SAFE]


def test_what_cannot_be_withdrawn_or_taken_back_is_refused(whare: Cast) -> None:
    with pytest.raises(Refused, match="It is an aim of this service"):
        taken_back(whare, SAFE)
    with pytest.raises(Refused, match="not an aim of this service"):
        withdrawn(whare, "nothing")
    with pytest.raises(Refused, match="not an aim of this service"):
        taken_back(whare, "nothing")
    withdrawn(whare, SAFE)
    with pytest.raises(Refused, match="withdrawn already"):
        withdrawn(whare, SAFE)
    with pytest.raises(Refused, match="not an aim of this service") as no:
        added(whare, under=SAFE)
    assert no.value.field == "under"
    assert OwnValue.objects.count() == 1


# --- an aim of the service's own -----------------------------------------------------------------


@pytest.mark.req("S4-101")
def test_an_own_aim_is_put_in_other_words_and_under_another(whare: Cast) -> None:
    key = added(whare)

    made = reworded(whare, key, " Everybody cooks together ", under=SAFE)

    aim = here(whare).pack.aims[key]
    assert (aim.says, aim.under) == ("Everybody cooks together", SAFE)
    assert aims(whare) == [HOME, PAPERS, SAFE, key]
    assert (made.was, made.decided_by) == ({"says": MEAL}, whare.grace)
    kept = OwnValue.objects.filter(key=key).order_by("pk").values_list("value__says", flat=True)
    assert list(kept) == [MEAL, "Everybody cooks together"]
    assert events() == ["practice.aim_added", "practice.aim_reworded"]
    reworded(whare, key, "EVERYBODY cooks together", under=SAFE)


def test_an_own_aim_that_was_withdrawn_is_gone_for_good(whare: Cast) -> None:
    key = added(whare)
    withdrawn(whare, key)
    assert key not in here(whare).pack.aims
    for again in (withdrawn, taken_back):
        with pytest.raises(Refused, match="not an aim of this service"):
            again(whare, key)
    with pytest.raises(Refused, match="not an aim of this service"):
        reworded(whare, key, "Tea")


@pytest.mark.parametrize(
    ("says", "under", "words", "field"),
    [
        (" ", "", "says nothing", "says_it"),
        (MEAL, "", "what it says already", "says_it"),
        ("everybody has a plan for their way into a permanent home", "", "stands there", "says_it"),
        (MEAL, "nothing", "not an aim", "under"),
        (MEAL, PAPERS, "not an aim", "under"),
        (MEAL, "itself", "not an aim", "under"),
    ],
)
def test_what_is_no_other_wording_is_refused(
    whare: Cast, says: str, under: str, words: str, field: str
) -> None:
    key = added(whare)
    with pytest.raises(Refused, match=words) as no:
        reworded(whare, key, says, key if under == "itself" else under)
    assert no.value.field == field
    assert here(whare).pack.aims[key].says == MEAL


def test_an_aim_with_objectives_stays_an_aim_and_the_packs_has_its_own_way(whare: Cast) -> None:
    key = added(whare)
    added(whare, "A shared meal each Friday", under=key)
    with pytest.raises(Refused, match="objective stands under") as no:
        reworded(whare, key, "Everybody cooks", under=SAFE)
    assert no.value.field == "under"
    with pytest.raises(Refused, match="aim of the pack"):
        reworded(whare, SAFE, "Be kind")


# --- who may, and on the page --------------------------------------------------------------------


def test_only_who_leads_here_changes_what_we_are_here_for(whare: Cast) -> None:
    key = added(whare)
    for who in (whare.amina, whare.owen):
        with pytest.raises(NotPermitted):
            withdraw_aim(here(whare), by=who, key=SAFE, because=WHY)
        with pytest.raises(NotPermitted):
            reword_aim(here(whare), by=who, key=key, says_it="Tea", because=WHY)
    withdrawn(whare, SAFE)
    for who in (whare.amina, whare.owen):
        with pytest.raises(NotPermitted):
            take_back_aim(here(whare), by=who, key=SAFE, because=WHY)


def test_grace_withdraws_an_aim_on_the_page_and_takes_it_back(whare: Cast, client: Any) -> None:
    client.force_login(whare.grace)
    says = here(whare).pack.aims[SAFE].says
    withdraw, back = address("withdraw-aim", SAFE), address("take-back-aim", SAFE)
    practice = reverse("schemes:practice", args=["mill-house"])
    assert withdraw in client.get(practice).text
    assert f"No longer an aim: {says}" in client.get(withdraw).text
    assert client.post(withdraw, {"because": " "}).status_code == 422
    early = client.post(back, {"because": WHY})
    assert early.status_code == 422
    assert WHY in early.text

    page = client.post(withdraw, {"because": WHY}, follow=True).text

    assert "It is no longer an aim." in page
    assert "Aims of the practice that are none here" in page
    assert back in page
    assert withdraw not in page
    twice = client.post(withdraw, {"because": WHY})
    assert twice.status_code == 422
    assert "withdrawn already" in twice.text
    assert WHY in client.get(reverse("schemes:decided", args=["mill-house"])).text

    page = client.post(back, {"because": "We missed it."}, follow=True).text

    assert "It is an aim of the service again." in page
    assert withdraw in page
    assert "Aims of the practice that are none here" not in page


def test_grace_rewords_an_own_aim_on_the_page(whare: Cast, client: Any) -> None:
    key = added(whare)
    client.force_login(whare.grace)
    change = address("reword-aim", key)
    asked = client.get(change).text
    assert MEAL in asked
    assert f'value="{key}"' not in asked
    wrong = client.post(change, {"says_it": MEAL, "under": "", "because": WHY})
    assert wrong.status_code == 422
    assert "This is what it says already." in wrong.text
    assert WHY in wrong.text
    silent = client.post(change, {"says_it": "Everybody cooks", "under": "", "because": ""})
    assert silent.status_code == 422
    assert "Everybody cooks" in silent.text

    page = client.post(
        change, {"says_it": "Everybody cooks", "under": SAFE, "because": WHY}, follow=True
    ).text

    assert "Everybody cooks" in page
    assert MEAL not in page
    told = client.get(reverse("schemes:decided", args=["mill-house"])).text
    assert MEAL in told
    of_the_pack = client.post(
        address("reword-aim", SAFE), {"says_it": "Be kind", "under": "", "because": WHY}
    )
    assert of_the_pack.status_code == 422
    assert "This is an aim of the pack." in of_the_pack.text


def test_the_pages_are_closed_to_others(whare: Cast, client: Any) -> None:
    key = added(whare)
    pages = (
        address("withdraw-aim", SAFE), address("take-back-aim", SAFE), address("reword-aim", key),
    )  # fmt: skip
    said = {"because": WHY, "says_it": "Tea", "under": ""}
    for who, code in ((whare.amina, 403), (whare.owen, 404)):
        client.force_login(who)
        for page in pages:
            assert client.get(page).status_code == code
            assert client.post(page, said).status_code == code
    client.force_login(whare.grace)
    for name in ("withdraw-aim", "take-back-aim", "reword-aim"):
        assert client.get(address(name, "nothing")).status_code == 404
    assert aims(whare) == [HOME, PAPERS, SAFE, key]
