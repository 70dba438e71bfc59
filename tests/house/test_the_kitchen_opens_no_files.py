"""A role that reads no files finds no record of a file, even with its address in hand."""

from __future__ import annotations

import pytest
from django.urls import reverse

from alongside.testing.cast import a_member_of_staff
from tests.house.things import THINGS


@pytest.mark.parametrize(
    ("door", "thing", "words"),
    [
        ("money:follow-up", "money pk", ["status"]),
        ("health:end-registration", "health pk", []),
    ],
)
def test_the_kitchen_opens_no_record_of_a_file(client, cast, door, thing, words):
    address = reverse(door, args=[*words, THINGS[thing](cast)])
    client.force_login(cast.amina)
    assert client.get(address).status_code == 200

    client.force_login(a_member_of_staff(cast.mill_house, "Nadia Costa", "kitchen"))
    assert client.get(address).status_code == 404
