"""Signing on the screen, by PIN or on paper; saying no; choosing a PIN."""

from __future__ import annotations

from datetime import date

import pytest

from alongside.organisation.models import Staff
from alongside.residents.models import Resident
from alongside.signatures.forms import RefuseToSignForm, SignForColleagueForm, SignForm


@pytest.mark.parametrize(
    ("given", "method"),
    [
        ({"strokes": "M1 1 L2 2"}, "drawn"),
        ({"pin": "1234"}, "pin"),
        ({"witness": "Grace Okafor"}, "paper"),
        ({"strokes": "M1 1 L2 2", "pin": "1234"}, "drawn"),
        ({}, "drawn"),
    ],
)
def test_how_somebody_signs_follows_from_what_they_give(given, method) -> None:
    form = SignForm(given)

    assert form.is_valid(), form.errors
    assert form.mark().method == method


def test_strokes_that_are_not_strokes_are_refused_beside_the_field() -> None:
    form = SignForm({"strokes": "<script>"})

    assert "strokes" in form.errors


@pytest.mark.req("S1-12")
def test_signing_for_a_colleague_needs_the_reason(mill_house) -> None:
    form = SignForColleagueForm({"strokes": "M1 1 L2 2"}, pack=mill_house.pack)
    assert "reason" in form.errors

    form = SignForColleagueForm({"strokes": "M1 1", "reason": "other"}, pack=mill_house.pack)
    assert "reason_words" in form.errors

    form = SignForColleagueForm({"strokes": "M1 1", "reason": "sick"}, pack=mill_house.pack)
    assert form.is_valid()
    assert form.arguments()["reason"] == "The key worker is off sick"


def test_a_refusal_is_offered_again_within_the_days_of_the_pack(mill_house) -> None:
    form = RefuseToSignForm(pack=mill_house.pack, today=date(2026, 4, 20))

    assert form.initial["next_offer_on"] == date(2026, 4, 27)


def test_a_disagreement_needs_words_and_a_day_still_to_come(mill_house) -> None:
    form = RefuseToSignForm(
        {"reason": "disagrees", "next_offer_on": "2026-04-01"},
        pack=mill_house.pack,
        today=date(2026, 4, 20),
    )

    assert {"reason_words", "next_offer_on"} <= set(form.errors)


def test_amina_chooses_her_own_pin(client, amina) -> None:
    client.force_login(amina)

    refused = client.post("/signatures/pin/", {"pin": "12", "again": "12"})
    assert refused.status_code == 422
    assert "too short" in refused.text

    client.post("/signatures/pin/", {"pin": "4821", "again": "4821"})
    assert Staff.objects.get(pk=amina.pk).pin_is("4821")


def test_two_different_pins_are_refused_beside_the_second(client, amina) -> None:
    client.force_login(amina)

    answer = client.post("/signatures/pin/", {"pin": "4821", "again": "4822"})

    assert answer.status_code == 422
    assert "not the same" in answer.text
    assert "4821" not in answer.text


def test_tomasz_chooses_his_pin_on_aminas_screen_and_owen_finds_nothing(
    client, tomasz, amina, owen
) -> None:
    address = f"/stays/{tomasz.pk}/signatures/pin/"
    client.force_login(amina)
    assert client.post(address, {"pin": "4821", "again": "4821"}).status_code == 302
    assert Resident.objects.get(pk=tomasz.resident_id).pin_is("4821")

    client.force_login(owen)
    assert client.get(address).status_code == 404


def test_a_pin_chosen_on_the_way_to_their_own_pages_leads_back_there(client, amina, tomasz):
    client.force_login(amina)
    together = f"/stays/{tomasz.pk}/together/"
    assert f"/stays/{tomasz.pk}/signatures/pin/?own=yes" in client.get(together).text
    pin = {"pin": "4821", "again": "4821"}

    answer = client.post(f"/stays/{tomasz.pk}/signatures/pin/?own=yes", pin)

    assert answer["Location"] == together
    elsewhere = client.post(f"/stays/{tomasz.pk}/signatures/pin/", {"pin": "7392", "again": "7392"})
    assert elsewhere["Location"] == f"/stays/{tomasz.pk}/plans/"
