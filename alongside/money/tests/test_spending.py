"""Whoever has no budget writes down what is needed; whoever has one approves it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.kit.refusal import NotPermitted, Refused
from alongside.money.models import Spending
from alongside.money.operations import decide_spending, record_spending
from alongside.practice.actions import Action
from alongside.rights.operations import limit_file
from alongside.testing.builders import a_stay
from alongside.testing.cast import Cast, a_member_of_staff, assemble


@pytest.fixture
def care(db: None) -> Cast:
    """Co-ordinated care, where Amina is a Supported Living Co-ordinator."""
    return assemble("coordinated-care")


def asked_for(cast: Cast, **changed: Any) -> Spending:
    said = {"what": "Bus fares to the clinic", "amount": Decimal("12.50"), **changed}
    return record_spending(cast.mill_house, by=cast.amina, **said)


@pytest.mark.req("S4-12")
def test_a_coordinator_records_what_is_needed_and_cannot_approve_it(care: Cast, client) -> None:
    spending = asked_for(care, stay=care.tomasz)
    hers = asked_for(care, what="A kettle")
    other = a_member_of_staff(care.mill_house, "Nia Bevan", "key_worker", line_manager=care.grace)
    for coordinator in (care.amina, other):
        with pytest.raises(NotPermitted, match="does not include this"):
            decide_spending(spending, by=coordinator, answer="approved")

    client.force_login(other)
    here = reverse("money:decide-spending", args=[spending.pk])
    for answer, status in (
        (client.get(here), 200), (client.post(here, {"answer": "approved"}), 403)
    ):  # fmt: skip
        assert answer.status_code == status
        assert "Your role here holds no budget." in answer.content.decode()
        assert "waits for a registered manager" in answer.content.decode()
    listed = client.get(reverse("money:spending", args=[care.mill_house.slug])).content.decode()
    assert "Waits for a registered manager" in listed
    assert here not in listed

    client.force_login(care.grace)
    assert client.post(here, {"answer": "declined"}).status_code == 422
    client.post(here, {"answer": "approved"})
    client.post(reverse("money:decide-spending", args=[hers.pk]),
                {"answer": "declined", "answer_words": "There is one in the cellar."})  # fmt: skip
    spending.refresh_from_db()
    assert (spending.answer, spending.answered_by) == ("approved", care.grace)
    decided = reverse("money:spending", args=[care.mill_house.slug]) + "?show=decided"
    assert "There is one in the cellar." in client.get(decided).content.decode()
    with pytest.raises(Refused, match="decided already"):
        decide_spending(spending, by=care.grace, answer="declined", answer_words="No.")


@pytest.mark.req("S4-12")
def test_in_that_practice_only_managers_hold_a_budget(care: Cast) -> None:
    holds = {role.key for role in care.mill_house.pack.roles if Action.APPROVE_SPENDING in role.may}
    assert holds == {"contracts_manager", "manager", "client_services_manager"}


def test_amina_writes_it_on_the_page_and_nobody_approves_their_own(care: Cast, client) -> None:
    client.force_login(care.amina)
    new = reverse("money:spend", args=[care.mill_house.slug])
    wrong = client.post(new, {"what": "Paint", "amount": "-4"})
    assert wrong.status_code == 422
    assert "Paint" in wrong.content.decode()
    client.post(new, {"what": "Paint", "amount": "40", "stay": str(care.tomasz.pk)})
    assert Spending.objects.get().stay == care.tomasz
    own = record_spending(care.mill_house, by=care.grace, what="Chairs", amount=Decimal(90))
    with pytest.raises(Refused, match="asked for themselves"):
        decide_spending(own, by=care.grace, answer="approved")


def test_what_is_refused(care: Cast) -> None:
    elsewhere = a_stay(care.beds[1], by=care.grace)
    elsewhere.scheme_id = care.quay_street.pk
    for changed, words in (
        ({"what": " "}, "needs its purpose"), ({"amount": Decimal(0)}, "above nothing"),
        ({"stay": elsewhere}, "do not live here"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=words):
            asked_for(care, **changed)
    with pytest.raises(Refused, match="not on the list"):
        decide_spending(asked_for(care), by=care.grace, answer="perhaps")


def test_owen_finds_nothing_and_a_closed_file_is_not_named(care: Cast, client) -> None:
    spending = asked_for(care, stay=care.tomasz)
    listed = reverse("money:spending", args=[care.mill_house.slug])
    client.force_login(care.owen)
    assert client.get(listed).status_code == 404
    assert client.get(reverse("money:decide-spending", args=[spending.pk])).status_code == 404
    hana = a_member_of_staff(care.mill_house, "Hana Clarke", "manager", line_manager=care.grace)
    limit_file(care.tomasz, by=care.grace, kind="never", staff=[hana], because="Cousins.")
    client.force_login(hana)
    assert "Bus fares" not in client.get(listed).content.decode()


def test_the_database_keeps_it_whole(care: Cast) -> None:
    rows = Spending.objects.filter(pk=asked_for(care).pk)
    at = rows.get().recorded_at
    for wrong in (
        {"amount": Decimal(-1)},
        {"answer": "approved"},
        {"answer": "declined", "answered_by": care.grace, "answered_at": at},
        {"answer": "approved", "answered_by": care.amina, "answered_at": at},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(**wrong)
