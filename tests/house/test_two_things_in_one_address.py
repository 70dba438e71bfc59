"""An address that names two things is of one person; joined to somebody else’s it is not there."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from alongside.organisation.operations import give_role
from alongside.testing.builders import a_stay
from alongside.testing.cast import OPENED, SETTING_UP
from tests.house.doors import Door, doors
from tests.house.things import ASKS, maker

# Parts that are words of the practice, and nobody's.
WORDS = {
    "key", "what", "code", "party", "figure", "week", "number", "form", "yes_or_no", "clocked",
    "section", "field", "whom",
}  # fmt: skip


def things_in(door: Door) -> list[str]:
    return [name for name in door.wants if name not in WORDS]


TWO = [door for door in doors() if len(things_in(door)) > 1]


def test_there_are_such_addresses():
    assert {"plans:rewrite-action", "agreements:breach"} <= {door.name for door in TWO}


@pytest.mark.goal("G3", "G5")
@pytest.mark.parametrize("door", TWO, ids=lambda door: door.name)
def test_two_things_in_one_address_belong_together(client, cast, door: Door):
    """Also to Grace, who may see both: a page of one person never shows or changes another's."""
    give_role(cast.quay_street, by=SETTING_UP, staff=cast.grace, role="manager", from_on=OPENED)
    rosa = a_stay(cast.beds[1], by=cast.grace)
    elsewhere = replace(cast, tomasz=rosa, mill_house=cast.quay_street)
    somebody_else = replace(cast, tomasz=rosa)
    client.force_login(cast.grace)
    for one, other in permutations(things_in(door), 2):
        parts = {}
        for part in door.wants:
            make = maker(door.name, part)
            assert make, f"See tests/house/things.py for {part} of {door.name}."
            theirs = elsewhere if part == "scheme" else somebody_else
            parts[part] = make(theirs if part == one else cast)
        if parts["scheme"] == cast.mill_house.slug if "scheme" in parts else False:
            continue  # the house is the same for both of them
        address = door.to(parts) + ASKS.get(door.name, "")
        answers = {client.get(address).status_code, client.post(address).status_code}
        assert answers <= {404, 405}, f"{address} joins {one} with {other} of somebody else."
