"""The practice says who signs the plan for the weeks after the move."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.aftercare import operations
from alongside.aftercare.models import AftercarePlan
from alongside.aftercare.signing import signers_of
from alongside.aftercare.tests.test_aftercare import (
    _aftercare_is_offered,  # noqa: F401
    opened,
    planned,
)
from alongside.kit.refusal import NotPermitted, Refused
from alongside.practice.contents import Pack
from alongside.practice.keyed import Keyed
from alongside.practice.pack import pack
from alongside.practice.signers import AFTERCARE_PLAN, Signer
from alongside.signatures.queries import signatures_on
from alongside.signatures.signing import Mark

TODAY = date(2026, 4, 20)
INK = Mark(strokes="M10 10 L200 90")
MANAGER = Signer("manager", "The manager", "ours", roles=("manager",))
AUNT = Signer("whanau", "Whānau", "ours", required=False)


def with_signers(monkeypatch: Any, plan: AftercarePlan, *more: Signer) -> None:
    now: Pack = plan.scheme.pack
    two = dict(now.signers[AFTERCARE_PLAN].pairs())
    all_of_them = Keyed({**two, **{one.key: one for one in more}})
    signers = Keyed({**dict(now.signers.pairs()), AFTERCARE_PLAN: all_of_them})
    monkeypatch.setattr(type(plan.scheme), "pack", replace(now, signers=signers))


@pytest.fixture
def plan(tomasz: Any, amina: Any) -> AftercarePlan:
    made: AftercarePlan = planned(opened(tomasz, amina), amina)
    return made


@pytest.mark.parametrize("name", ["aotearoa-transitional", "staged-hostel", "childrens-home"])
def test_every_practice_says_who_signs_it(name: str) -> None:
    signers = pack(name).signers[AFTERCARE_PLAN]
    assert [one.key for one in signers][:2] == ["resident", "worker"]
    assert all(one.source for one in signers)


def test_it_waits_for_the_manager_where_the_practice_says_so(
    plan: AftercarePlan, amina: Any, grace: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, MANAGER, AUNT)
    operations.sign_as_resident(plan, by=amina, mark=INK)
    operations.sign_as_worker(plan, by=amina, mark=INK)
    plan.refresh_from_db()
    assert (plan.in_force_on, plan.still_to_sign) == (None, 1)
    assert not plan.episode.contacts.exists()

    operations.sign_as_further(plan, by=grace, party="manager", mark=INK)

    plan.refresh_from_db()
    assert (plan.in_force_on, plan.still_to_sign) == (TODAY, 0)
    assert plan.episode.contacts.exists()
    assert signatures_on(plan).get(party="manager").staff == grace
    operations.sign_as_further(plan, by=amina, party="whanau", mark=INK, name="Hana Wirihana")
    assert signatures_on(plan).get(party="whanau").name == "Hana Wirihana"


def test_what_is_no_signature_is_refused(
    plan: AftercarePlan, amina: Any, owen: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, AUNT)
    sign = operations.sign_as_further
    with pytest.raises(Refused, match="Nobody signs this as that"):
        sign(plan, by=amina, party="manager", mark=INK)
    with pytest.raises(Refused, match="who signs") as no:
        sign(plan, by=amina, party="whanau", mark=INK, name=" ")
    assert no.value.field == "name"
    with pytest.raises(NotPermitted):
        sign(plan, by=owen, party="whanau", mark=INK, name="Hana")
    sign(plan, by=amina, party="whanau", mark=INK, name="Hana")
    with pytest.raises(Refused, match="has signed this already"):
        sign(plan, by=amina, party="whanau", mark=INK, name="Hana")


def test_the_list_stays_as_it_was_at_the_first_signature(
    plan: AftercarePlan, amina: Any, monkeypatch: Any
) -> None:
    operations.sign_as_resident(plan, by=amina, mark=INK)
    with_signers(monkeypatch, plan, MANAGER)
    assert [one.key for one in signers_of(plan)] == ["resident", "worker"]
    again = planned(plan.episode, amina)
    assert [one.key for one in signers_of(again)] == ["resident", "worker", "manager"]


def test_the_database_lets_none_into_force_that_waits(plan: AftercarePlan, amina: Any) -> None:
    rows = AftercarePlan.objects.filter(pk=plan.pk)
    operations.sign_as_resident(plan, by=amina, mark=INK)
    for wrong in ({"in_force_on": TODAY}, {"still_to_sign": None}, {"signers": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)


def test_what_two_signed_before_is_known_to_have_been_signed_by_two(
    plan: AftercarePlan, amina: Any
) -> None:
    step = import_module("alongside.aftercare.migrations.0002_signers_of_the_practice")
    operations.sign_as_resident(plan, by=amina, mark=INK)
    AftercarePlan.objects.filter(pk=plan.pk).update(signers=None, still_to_sign=None)

    step.count_who_has_to_sign(apps, None)

    plan.refresh_from_db()
    assert plan.still_to_sign == 1
    assert [one.key for one in signers_of(plan)] == ["resident", "worker"]


def test_the_page_says_who_signs_and_takes_it(
    plan: AftercarePlan, amina: Any, client: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, AUNT)
    client.force_login(amina)
    shown = client.get(reverse("aftercare:aftercare", args=[plan.stay.pk])).text
    assert "Whānau signs" in shown
    assert "may sign" in shown
    address = reverse("aftercare:sign", args=[plan.pk, "whanau"])
    missed = client.post(address, {"strokes": INK.strokes})
    assert missed.status_code == 422
    client.post(address, {"strokes": INK.strokes, "name": "Hana Wirihana"})
    assert signatures_on(plan).get(party="whanau").name == "Hana Wirihana"
    assert client.get(reverse("aftercare:sign", args=[plan.pk, "aunt"])).status_code == 404
