"""A young person's guide, the rules of the house, how to complain, and the way out in a fire."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from alongside.agreements.models import Explanation
from alongside.agreements.operations import publish_text
from alongside.duties.models import Duty, State
from alongside.duties.operations import work_out
from alongside.paperwork.operations import begin_form
from alongside.testing.cast import Cast, a_member_of_staff, assemble

TODAY = date(2026, 4, 20)
TOLD = {
    "explained_on": "2026-04-20", "language": "Polish", "understanding": "yes",
    "understanding_words": "I can ask anybody.", "copy_given": "on",
}  # fmt: skip


@pytest.fixture
def home(db) -> Cast:
    cast = assemble("childrens-home")
    work_out(cast.mill_house, by=cast.grace)
    return cast


def explain(client, home: Cast, key: str, **more: str):
    to = reverse("agreements:explain", args=[home.tomasz.pk, key])
    return client.post(to, {**TOLD, **more})


def owed(home: Cast, key: str) -> list[Duty]:
    return list(Duty.objects.filter(stay=home.tomasz, key=key).order_by("due_on"))


@pytest.mark.req("S3-34")
@pytest.mark.parametrize("key", ["young-persons-guide", "house-rules"])
def test_the_guide_and_the_rules_are_handed_over_and_understood(client, home: Cast, key: str):
    client.force_login(home.amina)
    assert owed(home, key)[0].met_on is None

    assert explain(client, home, key).status_code == 302

    told = Explanation.objects.get(key=key)
    assert (told.version, told.language, told.copy_given_on) == ("starter 1", "Polish", TODAY)
    assert told.understanding == "yes"
    assert owed(home, key)[0].met_on == TODAY


@pytest.mark.req("S3-89")
@pytest.mark.parametrize("role", ["support_worker", "night_worker", "deputy"])
def test_how_to_complain_is_explained_by_anybody_and_whether_they_dare_is_asked(
    client, home: Cast, role: str
):
    ruth = a_member_of_staff(home.mill_house, "Ruth Abara", role, line_manager=home.grace)
    client.force_login(ruth)

    assert explain(client, home, "complaints").status_code == 422  # the question is not optional
    assert explain(client, home, "complaints", confidence="with_help").status_code == 302

    told = Explanation.objects.get(key="complaints")
    assert (told.explained_by, told.confidence, told.copy_given_on) == (ruth, "with_help", TODAY)
    page = client.get(reverse("agreements:agreements", args=[home.tomasz.pk])).text
    assert "Confident to use it: with somebody’s help" in page
    again = owed(home, "complaints-again")
    assert again[0].met_on == TODAY


def test_whether_they_feel_confident_is_asked_of_complaints_only(client, home: Cast):
    client.force_login(home.amina)
    page = client.get(reverse("agreements:explain", args=[home.tomasz.pk, "house-rules"]))

    assert "confidence" not in page.context["form"].fields


@pytest.mark.req("S3-90")
def test_a_new_version_of_the_guide_is_owed_to_each_young_person(client, home: Cast):
    assert owed(home, "new-version-given") == []
    publish_text(
        home.mill_house, by=home.grace, key="young-persons-guide", new_version="2",
        text="Welcome. There is a garden now.", clauses=[], what_changed="The garden",
    )  # fmt: skip

    (duty,) = owed(home, "new-version-given")
    assert duty.state == State.OPEN
    client.force_login(home.amina)
    explain(client, home, "young-persons-guide")
    assert owed(home, "new-version-given")[0].met_on == TODAY


@pytest.mark.req("S3-91")
def test_fire_precautions_are_walked_through_and_a_drill_is_kept_for_each(client, home: Cast):
    client.force_login(home.amina)
    explain(client, home, "fire-precautions")
    assert owed(home, "fire-precautions")[0].met_on == TODAY

    begin_form(
        home.tomasz, by=home.amina, key="fire-drill", finish=True,
        answers={"day": "2026-04-18", "took_part": "yes", "understood": "yes"},
    )  # fmt: skip

    page = client.get(
        reverse("agreements:agreement", args=[home.tomasz.pk, "fire-precautions"])
    ).text
    assert "Last fire drill they took part in" in page
    assert "18 April 2026" in page
