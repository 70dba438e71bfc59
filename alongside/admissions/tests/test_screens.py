"""The pages of moving in and moving on, as people use them; to Owen they do not exist."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from alongside.admissions import operations
from alongside.admissions.models import Admission, Induction
from alongside.agreements.operations import explain
from alongside.referrals.operations import offer_bed
from alongside.signatures.models import Signature
from alongside.stays.models import Stay
from alongside.testing.builders import an_accepted_referral
from alongside.testing.cast import Cast

TODAY = date(2026, 4, 20)


def at(admission: Admission, step: str) -> str:
    return reverse("admissions:step", args=[admission.pk, step])


@pytest.mark.req("S1-02")
def test_grace_admits_somebody_step_by_step(cast: Cast, client) -> None:
    client.force_login(cast.grace)
    client.post(
        reverse("admissions:begin", args=["mill-house"]),
        {"given_name": "Rosa", "family_name": "Lindqvist"},
    )
    admission = Admission.objects.get()
    whole = reverse("admissions:admission", args=[admission.pk])
    assert client.get(whole).status_code == 200

    client.post(
        at(admission, "safety"),
        {"risk": "Nothing known", "allergies": "None known", "safe_tonight": "yes"},
    )
    client.post(
        at(admission, "arrival"),
        {"bed": str(cast.beds[1].pk), "moved_in_on": "2026-04-20", "moved_in_at": "11:00"},
    )
    refused = client.post(whole, {})
    assert refused.status_code == 422
    assert "somebody named for the time being" in refused.content.decode()

    client.post(
        at(admission, "key-worker"),
        {"worker": str(cast.amina.pk), "only_for_now": "on", "reason": "temporary"},
    )
    client.post(at(admission, "contacts"), {"name": "Eva", "phone": "0123"})
    client.post(at(admission, "more"), {"belongings": "A bag"})
    client.post(at(admission, "texts"), {"keys": ["house-rules"], "understanding": "yes"})
    done = client.post(whole, {})

    stay = Stay.objects.get(resident__given_name="Rosa")
    assert done["Location"] == reverse("admissions:induction", args=[stay.pk])
    assert client.get(done["Location"]).status_code == 200


@pytest.mark.parametrize("step", ["safety", "arrival", "key-worker", "contacts", "more", "texts"])
def test_every_step_opens_and_shows_what_was_kept(cast: Cast, client, step: str) -> None:
    admission = operations.begin_admission(cast.mill_house, by=cast.grace, given_name="Rosa")
    operations.keep_contacts(admission, by=cast.grace, contacts=[{"name": "Ewa"}])
    client.force_login(cast.grace)

    shown = client.get(at(admission, step))

    assert shown.status_code == 200
    assert ("Ewa" in shown.content.decode()) is (step == "contacts")


def test_a_step_left_empty_says_so_beside_the_field(cast: Cast, client) -> None:
    admission = operations.begin_admission(cast.mill_house, by=cast.grace, given_name="Rosa")
    client.force_login(cast.grace)

    answer = client.post(at(admission, "key-worker"), {})

    assert answer.status_code == 422
    assert "Name somebody, if only for now" in answer.content.decode()


def test_a_bed_tonight_from_the_page(cast: Cast, client) -> None:
    admission = operations.begin_admission(
        cast.mill_house, by=cast.grace, given_name="Sam", in_emergency=True
    )
    answers = {"risk": "None known", "allergies": "None known", "safe_tonight": "yes"}
    operations.keep_answers(admission, by=cast.grace, answers=answers)
    operations.keep_arrival(admission, by=cast.grace, bed=cast.beds[1], moved_in_on=TODAY)
    client.force_login(cast.grace)

    client.post(reverse("admissions:admission", args=[admission.pk]), {"tonight": "yes"})

    stay = Stay.objects.get(resident__given_name="Sam")
    arrivals = client.get(reverse("admissions:arrivals", args=["mill-house"]))
    assert stay in arrivals.context["arrivals"].without_key_worker


def test_from_a_referral_in_one_click(cast: Cast, client, django_assert_max_num_queries) -> None:
    referral = an_accepted_referral(cast.mill_house, by=cast.grace)
    client.force_login(cast.grace)
    with django_assert_max_num_queries(12):
        shown = client.get(reverse("admissions:arrivals", args=["mill-house"]))
    assert "Rosa Lindqvist" in shown.content.decode()

    client.post(reverse("admissions:admit-referral", args=[referral.pk]), {})

    assert Admission.objects.get().referral == referral


def test_the_bed_that_was_offered_is_the_one_they_move_into(cast: Cast, client) -> None:
    referral = an_accepted_referral(cast.mill_house, by=cast.grace)
    offer_bed(referral, by=cast.grace, bed=cast.beds[1])
    client.force_login(cast.grace)

    client.post(reverse("admissions:admit-referral", args=[referral.pk]), {})

    assert Admission.objects.get().bed == cast.beds[1]


@pytest.mark.req("S1-03")
def test_amina_ticks_holds_and_both_sign(cast: Cast, client) -> None:
    client.force_login(cast.amina)
    page = reverse("admissions:induction", args=[cast.tomasz.pk])
    assert client.get(page).status_code == 200
    asked = cast.mill_house.pack.sheet("induction").questions
    ticked = {one.key: "on" for one in asked if one.kind == "tick"}
    client.post(page, {**ticked, "team": "Amina"})
    held = reverse("admissions:hold-induction", args=[cast.tomasz.pk])
    given = {"held_on": "2026-04-20", "attended": [str(cast.amina.pk)], "resident_came": "all"}

    late = client.post(held, given)
    assert late.status_code == 422
    assert "was due on 2 March 2026" in str(late.context["form"].errors["late_because"])
    client.post(held, {**given, "late_because": "unwell"})

    induction = Induction.objects.get()
    for party in ("resident", "worker"):
        client.post(
            reverse("admissions:sign-induction", args=[induction.pk, party]),
            {"strokes": "M1 2 L3 4"},
        )
    assert Signature.objects.count() == 2
    signed = client.get(page).content.decode()
    assert "Amina Yusuf" in signed
    assert "Sign for the service" not in signed


def test_later_and_refused_have_pages_of_their_own(cast: Cast, client) -> None:
    client.force_login(cast.amina)
    stay = cast.tomasz.pk
    client.post(
        reverse("admissions:plan-induction", args=[stay]),
        {"planned_on": "2026-04-21", "late_because": "nobody_free"},
    )
    client.post(
        reverse("admissions:refuse-induction", args=[stay]),
        {"offered_on": "2026-04-20", "reason": "Tired", "next_offer_on": "2026-04-21"},
    )

    shown = client.get(reverse("admissions:induction", args=[stay])).content.decode()

    assert "Planned for" in shown
    assert "Tired" in shown


def test_before_a_stay_ends_what_is_open_is_shown(cast: Cast, client) -> None:
    explain(cast.tomasz, by=cast.amina, key="conditions-of-stay", explained_on=TODAY)
    client.force_login(cast.grace)
    page = reverse("admissions:move-on", args=[cast.tomasz.pk])
    assert "Conditions of stay: Explained, not signed" in client.get(page).content.decode()
    short = {"moved_out_on": "2026-04-20", "left_because": "planned", "destination": "other"}
    assert client.post(page, short).status_code == 422

    client.post(page, {**short, "destination": "family"})

    cast.tomasz.refresh_from_db()
    assert (cast.tomasz.left_because, cast.tomasz.destination) == ("planned", "With family")
    assert "left on 20 April 2026" in client.get(page).content.decode()


def test_amina_may_not_end_a_stay(cast: Cast, client) -> None:
    client.force_login(cast.amina)
    page = reverse("admissions:move-on", args=[cast.tomasz.pk])

    answer = client.post(
        page, {"moved_out_on": "2026-04-20", "left_because": "planned", "destination": "family"}
    )

    assert answer.status_code == 422
    cast.tomasz.refresh_from_db()
    assert cast.tomasz.is_current()


def test_to_owen_none_of_it_exists(cast: Cast, client) -> None:
    referral = an_accepted_referral(cast.mill_house, by=cast.grace)
    admission = operations.begin_admission(cast.mill_house, by=cast.grace, given_name="Sam")
    induction = operations.tick_items(cast.tomasz, by=cast.amina, answers={"tour": True})
    stay = cast.tomasz.pk
    client.force_login(cast.owen)

    for address in (
        reverse("admissions:arrivals", args=["mill-house"]),
        reverse("admissions:begin", args=["mill-house"]),
        reverse("admissions:admit-referral", args=[referral.pk]),
        reverse("admissions:admission", args=[admission.pk]),
        reverse("admissions:abandon", args=[admission.pk]),
        at(admission, "safety"),
        reverse("admissions:induction", args=[stay]),
        reverse("admissions:plan-induction", args=[stay]),
        reverse("admissions:hold-induction", args=[stay]),
        reverse("admissions:refuse-induction", args=[stay]),
        reverse("admissions:sign-induction", args=[induction.pk, "resident"]),
        reverse("admissions:move-on", args=[stay]),
    ):
        assert client.get(address).status_code == 404, address
