"""Acts that do harm in the wrong hands ask for proof, wherever in the house they are done."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.conf import settings as house
from django.urls import resolve, reverse
from django.utils import timezone

from tests.house.doors import doors

DANGEROUS = {door.name: door for door in doors() if door.name in house.ASKS_FOR_PROOF}


def test_every_dangerous_act_that_is_named_exists():
    assert set(DANGEROUS) == set(house.ASKS_FOR_PROOF)


@pytest.mark.parametrize("name", sorted(DANGEROUS))
def test_grace_is_asked_who_she_is_when_she_last_showed_it_long_ago(client, cast, settings, name):
    settings.SIGN_IN_LIMITS = {**settings.SIGN_IN_LIMITS, "proof": 5}
    client.force_login(cast.grace)
    address = DANGEROUS[name].to()
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        answer = client.post(address)
        assert (answer.status_code, answer["Location"]) == (302, reverse("account_reauthenticate"))
    answer = client.post(address)
    assert answer.headers.get("Location") != reverse("account_reauthenticate"), "Not before."


def test_views_that_are_dangerous_by_themselves_carry_the_mark():
    names = ("mfa_add_webauthn", "mfa_activate_totp", "mfa_view_recovery_codes", "signin:invite",
             "signin:start-again", "signin:shut-out")  # fmt: skip
    for door in doors():
        if door.name in names:
            assert getattr(resolve(door.to()).func, "step_up", False), door.name
