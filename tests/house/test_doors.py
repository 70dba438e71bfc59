"""Who may come through which door: strangers through none, Owen through none of Mill House's."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.house.doors import Door, doors
from tests.house.things import ASKS, maker

DOORS = doors()
# What a stranger may open, and why.
OPEN_TO_STRANGERS = {
    "calendars:feed": "a calendar program does not sign in; the address is the secret",
    "account_login": "the way in",
    "mfa_authenticate": "the second step of the way in; without the first it leads to that",
    "mfa_login_webauthn": "the way in with a passkey",
    "signin:cover": "after it no other door opens; its room tests that",
    "openid_connect_login": "the way in with an organisation’s account; without one no page",
    "openid_connect_callback": "the way back from there; without having gone there no page",
    "signin:invited": "the way in for the first time; without a good invitation there is no page",
    "signin:sign-in-as": "the way in where everybody is invented; nothing elsewhere",
    "signin:sign-out": "leaving twice does no harm",
    "ui:style-page": "nothing in it is about anybody, and it is there in debugging only",
}
# The residents' own pages open by a PIN, in a session of their own; their room tests them.
OWN_PAGES = {
    door.name for door in DOORS if door.name.startswith("portal:") and "stay_id" not in door.wants
}
OPEN_TO_STRANGERS |= dict.fromkeys(OWN_PAGES, "opens by the PIN of the person whose page it is")
NOT_AT_MILL_HOUSE = [door.name for door in DOORS if door.name.startswith("aftercare:")]
# Doors with a part that is not tried here, and why.
NOT_TRIED = {
    **dict.fromkeys(
        NOT_AT_MILL_HOUSE, "Mill House does not offer it; its room tests that Owen gets 404"
    ),
    **dict.fromkeys(OWN_PAGES, "opens by a PIN in a session of its own; its room tests that"),
    "calendars:feed": "opens by the secret in its address; its room tests that",
    **dict.fromkeys(
        ["allocations:joint", "allocations:joint-log", "allocations:end-joint"],
        "Mill House shares no work; its room tests that Owen gets 404",
    ),
    "openid_connect_login": "is nobody’s; its room tests whom it lets in",
    "openid_connect_callback": "is nobody’s; its room tests whom it lets in",
    "signin:invited": "an invitation is for whoever holds it; its room tests when it works",
    "mfa_remove_webauthn": "a passkey is its owner’s own; its room tests that",
    "drafts:draft": "a draft is the writer's own, whatever its form; its room tests that",
}
OF_MILL_HOUSE = [door for door in DOORS if door.parts and door.name not in NOT_TRIED]
GUARDED = [door for door in DOORS if door.name not in OPEN_TO_STRANGERS]


@pytest.mark.parametrize("door", GUARDED, ids=lambda door: door.name)
def test_a_stranger_is_asked_to_sign_in_at_every_door(client, db, door: Door):
    for answer in (client.get(door.to()), client.post(door.to())):
        assert answer.status_code == 302
        assert answer["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", sorted(OPEN_TO_STRANGERS.keys() - {"account_login"}))
def test_behind_a_door_without_a_lock_a_stranger_finds_nothing(client, db, name: str):
    door = next(door for door in DOORS if door.name == name)

    assert client.get(door.to()).status_code in {302, 404, 405}


def test_what_is_open_or_not_tried_still_exists():
    names = {door.name for door in DOORS}

    assert names >= OPEN_TO_STRANGERS.keys()
    assert names >= NOT_TRIED.keys()


def test_every_part_of_an_address_is_known_how_to_make():
    unknown = {
        f"{door.name} {part}"
        for door in OF_MILL_HOUSE
        for part in door.wants
        if not maker(door.name, part)
    }

    assert not unknown, "Make one in tests/house/things.py, or say in NOT_TRIED why not."


@pytest.mark.parametrize("door", OF_MILL_HOUSE, ids=lambda door: door.name)
def test_to_owen_no_door_of_mill_house_exists(client, cast, door: Door):
    makers = {part: maker(door.name, part) for part in door.wants}
    if not all(makers.values()):
        pytest.fail("See test_every_part_of_an_address_is_known_how_to_make.")
    address = door.to({part: make(cast) for part, make in makers.items() if make})
    address += ASKS.get(door.name, "")

    # Owen first: what Grace sends may take the thing away.
    client.force_login(cast.owen)
    to_owen = {client.get(address).status_code, client.post(address).status_code}
    assert to_owen in ({404}, {404, 405})

    client.force_login(cast.grace)
    answer = client.get(address)
    if answer.status_code == 405:
        answer = client.post(address)
    answer.getvalue()  # A file is closed when it was read.
    assert answer.status_code in {200, 302, 422}, "Grace comes in, or Owen’s 404 proves nothing."
