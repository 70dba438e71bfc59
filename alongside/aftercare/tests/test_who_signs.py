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
from alongside.moments.models import Moment
from alongside.moments.recalculation import rebuild
from alongside.practice.contents import Pack
from alongside.practice.keyed import Keyed
from alongside.practice.pack import pack
from alongside.practice.signers import AFTERCARE_PLAN, Signer
from alongside.signatures.models import Signature
from alongside.signatures.queries import signatures_on
from alongside.signatures.signing import Mark, No

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
    with pytest.raises(Refused, match="Nobody signs this as that"):
        sign(plan, by=amina, party="resident", mark=INK, name="Hana")
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


def test_the_manager_says_no_the_plan_waits_and_a_later_yes_counts(
    plan: AftercarePlan, amina: Any, grace: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, MANAGER)
    operations.sign_as_resident(plan, by=amina, mark=INK)
    operations.sign_as_worker(plan, by=amina, mark=INK)
    no = No(reason="Too few visits", next_offer_on=date(2026, 4, 27))

    said = operations.refuse_as_further(plan, by=grace, party="manager", no=no)

    assert (said.refused, said.name, said.staff) == (True, grace.name, grace)
    plan.refresh_from_db()
    assert (plan.in_force_on, plan.still_to_sign) == (None, 1)
    assert not plan.episode.contacts.exists()

    operations.sign_as_further(plan, by=grace, party="manager", mark=INK)

    plan.refresh_from_db()
    assert (plan.in_force_on, plan.still_to_sign) == (TODAY, 0)
    given = signatures_on(plan).filter(party="manager").order_by("pk")
    assert [(one.refused, one.reason) for one in given] == [(True, "Too few visits"), (False, "")]
    with pytest.raises(Refused, match="has signed this already"):
        operations.refuse_as_further(plan, by=grace, party="manager", no=no)


def test_the_no_of_somebody_who_only_may_sign_holds_nothing_up(
    plan: AftercarePlan, amina: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, AUNT)
    no = No(reason="Wants her nearer home")
    operations.refuse_as_further(plan, by=amina, party="whanau", no=no, name=" Hana Wirihana ")
    plan.refresh_from_db()
    assert plan.still_to_sign == 2
    assert [one["key"] for one in plan.signers or []] == ["resident", "worker", "whanau"]

    operations.sign_as_resident(plan, by=amina, mark=INK)
    operations.sign_as_worker(plan, by=amina, mark=INK)

    plan.refresh_from_db()
    assert plan.in_force_on == TODAY
    operations.refuse_as_further(plan, by=amina, party="whanau", no=no, name="Rewi Wirihana")
    names = signatures_on(plan).filter(refused=True).values_list("name", flat=True)
    assert sorted(names) == ["Hana Wirihana", "Rewi Wirihana"]


def test_what_is_no_refusal_is_refused(
    plan: AftercarePlan, amina: Any, grace: Any, owen: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, MANAGER, AUNT)
    refuse, no = operations.refuse_as_further, No(reason="Too soon")
    for party in ("resident", "worker", "aunt"):
        with pytest.raises(Refused, match="Nobody signs this as that"):
            refuse(plan, by=amina, party=party, no=no, name="Hana")
    with pytest.raises(Refused, match="who signs") as nameless:
        refuse(plan, by=amina, party="whanau", no=no, name=" ")
    assert nameless.value.field == "name"
    with pytest.raises(Refused, match="The manager can only say no in person"):
        refuse(plan, by=amina, party="manager", no=no)
    with pytest.raises(NotPermitted):
        refuse(plan, by=owen, party="whanau", no=no, name="Hana")
    planned(plan.episode, amina)
    with pytest.raises(Refused, match="There is a later version"):
        refuse(plan, by=grace, party="manager", no=no)
    assert not signatures_on(plan).exists()


def test_the_database_keeps_no_refusal_without_its_reason_or_in_nobodys_name(
    plan: AftercarePlan, amina: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, AUNT)
    said = operations.refuse_as_further(
        plan, by=amina, party="whanau", no=No(reason="Too soon"), name="Hana"
    )
    kept = {
        name: getattr(said, name)
        for name in ("stay", "record_type", "record_id", "content", "digest", "party", "name")
    }
    whole = {**kept, "party_says": "Whānau", "refused": True, "reason": "Still too soon"}
    for wrong in ({"reason": ""}, {"method": "drawn"}, {"party_says": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Signature.objects.create(**{**whole, **wrong})
    assert Signature.objects.create(**whole).refused


def test_a_no_stands_on_the_timeline_and_is_told_the_same_again(
    plan: AftercarePlan, amina: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, AUNT)
    for reason in ("Too soon", "Too far away"):
        operations.refuse_as_further(
            plan, by=amina, party="whanau", no=No(reason=reason), name="Hana Wirihana"
        )
    told = Moment.objects.filter(title__startswith="Whānau did not sign the plan")
    known = sorted(told.values_list("text", "by", "part"))
    assert known == [
        ("Hana Wirihana: Too far away", amina.name, "no-2"),
        ("Hana Wirihana: Too soon", amina.name, "no-1"),
    ]
    rebuild()
    assert sorted(told.values_list("text", "by", "part")) == known


def test_whanau_say_no_on_the_page_and_change_their_mind(
    plan: AftercarePlan, amina: Any, owen: Any, client: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, AUNT)
    client.force_login(amina)
    whole = reverse("aftercare:aftercare", args=[plan.stay.pk])
    sign = reverse("aftercare:sign", args=[plan.pk, "whanau"])
    no = f"{sign}?answer=no"
    shown = client.get(whole).text
    assert no in shown
    assert "Who said no" not in shown
    asked = client.get(no).text
    assert "Whānau does not sign" in asked
    assert "Record the refusal" in asked
    reason = next(iter(plan.scheme.pack.reasons("refusal_to_sign").keys()))
    told = {"name": "Hana Wirihana", "reason": reason, "reason_words": "Once a week, she says"}
    wrong = client.post(no, {**told, "reason": ""})
    assert wrong.status_code == 422
    assert "Once a week, she says" in wrong.text
    past = client.post(no, {**told, "next_offer_on": "2026-04-01"})
    assert past.status_code == 422

    page = client.post(no, told, follow=True).text

    assert "The refusal is recorded." in page
    assert "Who said no" in page
    assert "Once a week, she says" in page
    client.post(sign, {"strokes": INK.strokes, "name": "Hana Wirihana"})
    given = signatures_on(plan).filter(party="whanau")
    assert sorted(one.refused for one in given) == [False, True]
    after = client.get(whole).text
    assert "Once a week, she says" in after
    assert no not in after

    client.force_login(owen)
    assert client.get(no).status_code == 404
    assert client.post(no, told).status_code == 404


def test_only_whoever_has_the_role_is_offered_the_no(
    plan: AftercarePlan, amina: Any, grace: Any, client: Any, monkeypatch: Any
) -> None:
    with_signers(monkeypatch, plan, MANAGER)
    whole = reverse("aftercare:aftercare", args=[plan.stay.pk])
    no = f"{reverse('aftercare:sign', args=[plan.pk, 'manager'])}?answer=no"
    client.force_login(amina)
    assert "The manager does not sign" not in client.get(whole).text
    reason = next(iter(plan.scheme.pack.reasons("refusal_to_sign").keys()))
    told = {"reason": reason, "reason_words": "Too few visits"}
    assert "The manager can only say no in person" in client.post(no, told).text

    client.force_login(grace)
    assert "The manager does not sign" in client.get(whole).text
    assert "Too few visits" in client.post(no, told, follow=True).text


def test_the_page_asks_no_more_when_many_have_said_no(
    plan: AftercarePlan, amina: Any, client: Any, monkeypatch: Any,
    django_assert_max_num_queries: Any,
) -> None:  # fmt: skip
    with_signers(monkeypatch, plan, AUNT)
    for number in range(8):
        operations.refuse_as_further(
            plan, by=amina, party="whanau", no=No(reason="Too soon"), name=f"Hana {number}"
        )
    client.force_login(amina)
    with django_assert_max_num_queries(12):
        client.get(reverse("aftercare:aftercare", args=[plan.stay.pk]))
