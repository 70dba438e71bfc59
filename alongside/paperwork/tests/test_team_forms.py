"""Forms about colleagues and the service: supervision, the policy; and their clocks."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.audit.actors import System
from alongside.duties.models import Duty
from alongside.duties.operations import work_out
from alongside.kit.refusal import NotPermitted, Refused
from alongside.paperwork.operations import fill_in_about_myself, fill_in_about_the_team
from alongside.sheets.models import Sheet
from alongside.testing.cast import Cast, assemble

TODAY = date(2026, 4, 20)
NIGHT = System("the night")
SAID = {"held_with": "Grace", "talked": "The week", "agreed": "Rest more"}


@pytest.fixture
def auckland(db) -> Cast:
    return assemble("aotearoa-transitional")


def latest(cast: Cast, key: str, **about) -> Duty:
    return Duty.objects.filter(key=key, **about).latest("due_on")


@pytest.mark.req("S0-83")
def test_supervision_is_owed_every_14_days_and_every_month_by_each_worker(auckland) -> None:
    fill_in_about_the_team(
        auckland.mill_house, by=auckland.grace, key="supervision", answers=SAID,
        worker=auckland.amina,
    )  # fmt: skip
    fill_in_about_myself(
        auckland.mill_house, by=auckland.amina, key="external-supervision",
        answers={"with": "Rangi Parata", "attended": True},
    )  # fmt: skip

    assert latest(auckland, "supervision", worker=auckland.amina).due_on == date(2026, 5, 4)
    external = latest(auckland, "external-supervision", worker=auckland.amina)
    assert (external.due_on, external.owed_by) == (date(2026, 5, 20), auckland.amina)


@pytest.mark.req("S2-47")
def test_the_policy_is_reviewed_after_twelve_months_and_when_the_role_changes(db) -> None:
    cast = assemble("supported-living")
    fill_in_about_the_team(
        cast.mill_house, by=cast.grace, key="policy-review",
        answers={"why": "A year is over", "changed": "Nothing", "signed": "Grace, manager"},
    )  # fmt: skip
    fill_in_about_the_team(
        cast.mill_house, by=cast.grace, key="role-changed",
        answers={"happened_on": "2026-04-18", "what": "Two share the role now"},
    )  # fmt: skip

    assert latest(cast, "policy-review").due_on == date(2027, 4, 20)
    changed = latest(cast, "policy-after-change")
    assert changed.met_on == TODAY


def test_training_is_renewed_before_it_runs_out(cast) -> None:
    fill_in_about_the_team(
        cast.mill_house, by=cast.grace, key="training", worker=cast.amina,
        answers={"gate": "other", "what": "First aid", "expires_on": "2026-06-30"},
    )  # fmt: skip
    work_out(cast.mill_house, by=NIGHT)

    duty = latest(cast, "training-renewed", worker=cast.amina)
    assert (duty.due_on, duty.owed_by) == (date(2026, 6, 2), cast.amina)


def test_what_is_not_offered_or_about_a_stranger_is_refused(cast) -> None:
    with pytest.raises(Refused, match="no such form"):
        fill_in_about_the_team(cast.mill_house, by=cast.grace, key="interview", answers={})
    with pytest.raises(Refused, match="does not work here"):
        fill_in_about_the_team(
            cast.mill_house, by=cast.grace, key="supervision", answers=SAID, worker=cast.owen
        )
    for nobody in (cast.amina, cast.owen):
        with pytest.raises(NotPermitted):
            fill_in_about_the_team(
                cast.mill_house, by=nobody, key="supervision", answers=SAID, worker=cast.grace
            )


def test_the_database_refuses_a_form_about_a_stay_and_a_colleague(cast) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.create(
            scheme=cast.mill_house, stay=cast.tomasz, worker=cast.amina, key="supervision",
            pack_key="staged-hostel", pack_version="1.0.0",
        )  # fmt: skip


def test_grace_fills_in_supervision_on_the_page_and_only_the_two_of_them_read_it(
    cast, client
) -> None:
    client.force_login(cast.grace)
    page = reverse("paperwork:colleague-form", args=["mill-house", "supervision", cast.amina.pk])
    wrong = client.post(page, {"held_with": "Grace"})
    assert wrong.status_code == 422

    right = client.post(page, SAID, follow=True)

    assert "Rest more" in right.text
    read = reverse("paperwork:team-form", args=[Sheet.objects.get(key="supervision").pk])
    client.force_login(cast.amina)
    assert client.get(read).status_code == 200
    client.force_login(cast.owen)
    assert client.get(read).status_code == 404


def test_the_page_of_the_team_shows_what_a_role_asks_for(auckland, client) -> None:
    client.force_login(auckland.amina)

    shown = client.get(reverse("paperwork:team", args=["mill-house"])).text

    assert "What a role asks for" in shown
    assert "Te Tiriti o Waitangi" in shown
    assert "of Grace Okafor" not in shown.split("<main")[1]


def test_what_a_file_holds_stands_on_a_page_of_it(auckland, client) -> None:
    client.force_login(auckland.amina)

    shown = client.get(reverse("paperwork:checklist", args=[auckland.tomasz.pk])).text

    assert "Risk mitigation plan" in shown
    assert "They have a copy" in shown
