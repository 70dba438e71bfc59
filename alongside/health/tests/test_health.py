"""Registrations evidence a task; a medical reason is read by few."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.duties.facts import occurrences
from alongside.health import models, operations
from alongside.kit.refusal import NotPermitted, Refused


def a_registration(stay, by, kind="gp", name="Canal Street Surgery"):
    return operations.register_with(
        stay, by=by, kind=kind, name=name, registered_on=date(2026, 3, 9)
    )


@pytest.mark.req("S1-63")
def test_a_registration_is_held_until_it_ends(tomasz, amina):
    surgery = a_registration(tomasz, amina)
    assert occurrences("registrations.held:gp", tomasz) == [date(2026, 3, 9)]
    assert not occurrences("registrations.held:dentist", tomasz)

    operations.end_registration(surgery, by=amina, ended_on=date(2026, 4, 17))

    assert not occurrences("registrations.held:gp", tomasz)
    with pytest.raises(Refused, match="has ended"):
        operations.end_registration(surgery, by=amina, ended_on=date(2026, 4, 18))


@pytest.mark.req("S1-62")
def test_a_medical_reason_is_read_only_by_those_with_the_right(client, cast, tomasz):
    from alongside.testing.cast import a_member_of_staff

    operations.record_medical_reason(
        tomasz, by=cast.amina, about="Fitness", words="Bad knee", from_on=date(2026, 3, 9)
    )
    a_registration(tomasz, cast.amina, kind="drug_and_alcohol", name="Harbour Recovery")
    address = reverse("health:health", args=[tomasz.pk])

    client.force_login(cast.grace)
    assert "Bad knee" in client.get(address).content.decode()

    client.force_login(a_member_of_staff(cast.mill_house, "Rui Costa", "key_worker"))
    page = client.get(address).content.decode()
    assert "Bad knee" not in page
    assert "Harbour Recovery" not in page


def test_a_registration_is_added_on_its_page(client, tomasz, amina):
    client.force_login(amina)
    address = reverse("health:register-with", args=[tomasz.pk])

    assert client.post(address, {"kind": "gp"}).status_code == 422
    client.post(address, {"kind": "gp", "name": "Surgery", "registered_on": "2026-04-01"})

    assert models.Registration.objects.get().name == "Surgery"


def test_to_owen_none_of_it_exists(client, tomasz, amina, owen):
    one = a_registration(tomasz, amina)
    client.force_login(owen)
    for address in (
        reverse("health:health", args=[tomasz.pk]),
        reverse("health:register-with", args=[tomasz.pk]),
        reverse("health:medical-reason", args=[tomasz.pk]),
        reverse("health:end-registration", args=[one.pk]),
    ):
        assert client.get(address).status_code == 404
    with pytest.raises(NotPermitted):
        a_registration(tomasz, owen)


def test_the_database_refuses_what_contradicts_itself(tomasz, amina):
    one = a_registration(tomasz, amina)
    for changed in (
        {"ended_on": date(2026, 4, 1)},
        {"ended_on": date(2026, 3, 1), "ended_by": amina},
        {"name": ""},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.Registration.objects.filter(pk=one.pk).update(**changed)
    for words, until in (("", None), ("x", date(2026, 1, 1))):
        with pytest.raises(IntegrityError), transaction.atomic():
            models.MedicalReason.objects.create(
                stay=tomasz, about="x", words=words, from_on=date(2026, 4, 1), until_on=until
            )
