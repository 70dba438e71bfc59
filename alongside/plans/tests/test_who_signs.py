"""Who signs a plan is said by the practice: a social worker, a manager, whānau."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.kit.refusal import NotPermitted, Refused
from alongside.plans.models import Plan
from alongside.plans.operations import (
    agree_as_further,
    agree_as_resident,
    agree_as_worker,
    open_version,
    refuse_as_further,
    write_action,
    write_plan,
)
from alongside.plans.queries.signing import signers_of
from alongside.practice.pack import pack
from alongside.signatures.queries import signatures_on
from alongside.signatures.signing import Mark, No
from alongside.testing.cast import Cast, a_member_of_staff, assemble

DRAWN = Mark(strokes="M10 10 L20 20")
TODAY = date(2026, 4, 20)
FURTHER = {
    "staged-hostel": [],
    "aotearoa-transitional": [("whanau", False)],
    "supported-living": [("chosen", False)],
    "childrens-home": [("social_worker", True), ("manager", False)],
    "coordinated-care": [("chosen", False)],
}


def drafted(cast: Cast) -> Plan:
    plan = open_version(cast.tomasz, by=cast.amina)
    write_plan(
        plan, by=cast.amina, voice={"wants": "To see my brother"}, took_part="Tomasz, Amina",
        review_on=TODAY + timedelta(weeks=12),
    )  # fmt: skip
    write_action(plan, by=cast.amina, text="Ring his brother", when_on=date(2026, 4, 24))
    plan.refresh_from_db()
    return plan


def half_signed(cast: Cast) -> Plan:
    plan = drafted(cast)
    agree_as_resident(plan, by=cast.tomasz.resident, mark=DRAWN)
    plan.refresh_from_db()
    return agree_as_worker(plan, by=cast.amina, mark=DRAWN)


@pytest.fixture
def home(db: None) -> Cast:
    return assemble("childrens-home")


@pytest.mark.parametrize("name", FURTHER)
def test_each_practice_says_who_signs_a_plan(name: str) -> None:
    signers = pack(name).signers["plan"]

    assert [one.key for one in signers][:2] == ["resident", "worker"]
    assert [(one.key, one.required) for one in signers if one.is_further] == FURTHER[name]
    assert all(one.source for one in signers)


@pytest.mark.req("S3-88")
def test_a_placement_plan_waits_for_the_social_worker(home: Cast) -> None:
    plan = half_signed(home)
    assert (plan.state, plan.still_to_sign) == ("waits", 1)

    whole = agree_as_further(
        plan, by=home.amina, party="social_worker", mark=DRAWN, name=" Hana Wirihana "
    )

    assert whole.state == "in_force"
    given = signatures_on(whole).get(party="social_worker")
    assert (given.name, given.party_says, given.staff) == ("Hana Wirihana", "Social worker", None)
    assert given.taken_by == home.amina


def test_whoever_signs_first_locks_the_words(home: Cast) -> None:
    plan = agree_as_further(
        drafted(home), by=home.amina, party="social_worker", mark=DRAWN, name="Hana"
    )
    assert plan.is_sealed()
    assert (plan.state, plan.still_to_sign) == ("waits", 2)


def test_the_manager_may_sign_and_nothing_waits_for_it(home: Cast) -> None:
    plan = half_signed(home)
    agree_as_further(plan, by=home.amina, party="social_worker", mark=DRAWN, name="Hana")
    plan.refresh_from_db()

    late = agree_as_further(plan, by=home.grace, party="manager", mark=DRAWN)

    assert late.in_force_at == plan.in_force_at
    assert signatures_on(late).get(party="manager").staff == home.grace
    with pytest.raises(Refused, match="has signed this already"):
        agree_as_further(late, by=home.grace, party="manager", mark=DRAWN)


def test_a_colleague_signs_for_the_manager_and_says_why(home: Cast) -> None:
    plan = half_signed(home)
    dana = a_member_of_staff(home.mill_house, "Dana Reyes", "key_worker", line_manager=home.grace)
    with pytest.raises(Refused, match="as somebody else"):
        agree_as_further(plan, by=home.amina, party="manager", mark=DRAWN, reason="On leave")
    with pytest.raises(Refused, match="needs the reason"):
        agree_as_further(plan, by=dana, party="manager", mark=DRAWN)

    signed = agree_as_further(plan, by=dana, party="manager", mark=DRAWN, reason="On leave")

    given = signatures_on(signed).get(party="manager")
    assert (given.staff, given.in_absence_of, given.reason) == (dana, home.grace, "On leave")


def test_a_no_is_kept_and_the_plan_goes_on_waiting(home: Cast) -> None:
    plan = half_signed(home)
    said_no = refuse_as_further(
        plan, by=home.amina, party="social_worker", name="Hana", no=No(reason="Too soon")
    )

    assert said_no.state == "waits"
    assert said_no.refused_at is None
    assert signatures_on(said_no).get(refused=True).party == "social_worker"
    agreed = agree_as_further(
        said_no, by=home.amina, party="social_worker", mark=DRAWN, name="Hana"
    )
    assert agreed.state == "in_force"


@pytest.mark.parametrize(
    ("given", "words", "field"),
    [
        ({"party": "social_worker", "name": " "}, "who signs", "name"),
        ({"party": "nobody", "name": "Hana"}, "Nobody signs this as that", ""),
        ({"party": "resident", "name": "Hana"}, "Nobody signs this as that", ""),
        ({"party": "social_worker", "name": "Hana", "mark": Mark()}, "drawn", "strokes"),
        (
            {"party": "social_worker", "name": "Hana", "mark": Mark(method="pin", pin="4711")},
            "no PIN", "pin",
        ),
    ],
)  # fmt: skip
def test_what_is_no_signature_is_refused(home: Cast, given, words, field) -> None:
    with pytest.raises(Refused, match=words) as no:
        agree_as_further(half_signed(home), by=home.amina, **{"mark": DRAWN, **given})
    assert (no.value.field or "") == field


def test_somebody_who_works_elsewhere_takes_no_signature(home: Cast) -> None:
    with pytest.raises(NotPermitted):
        agree_as_further(
            half_signed(home), by=home.owen, party="social_worker", mark=DRAWN, name="Hana"
        )


def test_the_list_is_sealed_with_the_words(home: Cast, monkeypatch) -> None:
    plan = half_signed(home)
    now = home.mill_house.pack
    asks_two = replace(now, signers=pack("staged-hostel").signers)
    monkeypatch.setattr(type(plan.scheme), "pack", asks_two)

    assert [one.key for one in signers_of(plan)] == [
        "resident", "worker", "social_worker", "manager",
    ]  # fmt: skip


def test_a_plan_signed_before_practices_said_who_shows_as_it_was(home: Cast, client) -> None:
    plan = half_signed(home)
    content = {key: said for key, said in (plan.content or {}).items() if key != "signers"}
    plan.content = content

    assert [(one.key, one.required) for one in signers_of(plan)] == [
        ("resident", True), ("worker", True),
    ]  # fmt: skip


def test_the_database_lets_nothing_into_force_that_waits(home: Cast) -> None:
    plan = half_signed(home)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(in_force_at=plan.sealed_at)
    with pytest.raises(IntegrityError), transaction.atomic():
        Plan.objects.filter(pk=plan.pk).update(still_to_sign=None)


@pytest.mark.req("S3-88")
def test_the_page_says_who_still_has_to_sign(home: Cast, client) -> None:
    plan = half_signed(home)
    client.force_login(home.amina)
    page = client.get(reverse("plans:version", args=[plan.pk])).text
    assert "Still to sign" in page
    assert "Social worker signs" in page
    assert "may sign" in page

    sign = reverse("plans:sign", args=[plan.pk, "social_worker"])
    asked = client.get(sign)
    assert "Social worker: name" in asked.text
    assert "Or your PIN" not in asked.text
    missed = client.post(sign, {"strokes": DRAWN.strokes})
    assert missed.status_code == 422

    done = client.post(sign, {"strokes": DRAWN.strokes, "name": "Hana Wirihana"}, follow=True)
    assert "In force" in done.text
    assert "<strong>Hana Wirihana</strong>, Social worker," in done.text
    paper = client.get(reverse("plans:print", args=[plan.pk]))
    assert paper.content.startswith(b"%PDF")


def test_a_social_worker_says_no_on_the_page(home: Cast, client) -> None:
    plan = half_signed(home)
    client.force_login(home.amina)
    no = f"{reverse('plans:sign', args=[plan.pk, 'social_worker'])}?answer=no"
    reason = next(iter(home.mill_house.pack.reasons("refusal_to_sign").keys()))
    told = {"name": "Hana", "reason": reason, "reason_words": "Not yet"}
    page = client.post(no, told, follow=True)
    assert "Did not sign" in page.text
    nobody = reverse("plans:sign", args=[plan.pk, "aunt"])
    assert client.get(nobody).status_code == 404
