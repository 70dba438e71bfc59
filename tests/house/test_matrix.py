"""Every address, both ways of asking, everybody who may not see one person: they find no trace.

Each text about Tomasz holds a token of its own. To whoever may not see him an address of his
answers as one of nobody's, no answer holds a token, and nothing about him is written.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any
from uuid import UUID

import pytest

from alongside.audit.models import Entry
from alongside.config.doors import rules
from alongside.kit.refusal import Refused
from alongside.testing.cast import Cast
from tests.house.doors import Door, doors
from tests.house.matrix import everybody_denied, put_tokens, tokens_in
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS
from tests.house.test_queries import fill, thrown_away
from tests.house.things import ASKS, maker

PARTS = 12
TRIED = [door for door in doors() if door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}]
NOWHERE = UUID(int=7)
# Keys in an address that are of the house or of a colleague, and not of one person.
OF_THE_HOUSE = {
    "bed_id", "staff_id", "slot_id", "fault_id", "turn_id", "clocking_id", "swap_id", "run_id",
    "contingency_id", "absence_id", "admission_id", "referral_id", "proposal_id",
    "membership_id", "stand_in_id", "provider_id", "month_id", "export_id",
}  # fmt: skip
ROOMS_OF_THE_HOUSE = {
    "workshops:register", "workshops:cancel-workshop", "drafts:draft", "paperwork:team-form",
    "paperwork:service-form",
    # Of somebody else who left long ago; who is erased is told by nothing but a key.
    "retention:answer", "retention:keep",
}  # fmt: skip


def is_of_one_person(door: Door) -> bool:
    keys = {name for name, kind in door.parts if kind == "uuid"}
    of_staff = door.name.startswith("signin:") or door.name in ROOMS_OF_THE_HOUSE
    return bool(keys - OF_THE_HOUSE) and not of_staff


def in_part(part: int) -> list[Door]:
    return [door for number, door in enumerate(TRIED) if number % PARTS == part]


@pytest.mark.goal("G1")
def test_every_address_has_its_rule():
    assert {door.name for door in doors()} == rules().keys()


@pytest.mark.goal("G2", "G3", "G4")
@pytest.mark.req("S0-62")
@pytest.mark.parametrize(
    "part", [0, *(pytest.param(part, marks=pytest.mark.slow) for part in range(1, PARTS))]
)
def test_whoever_may_not_see_somebody_finds_no_trace_of_them(
    client: Any, cast: Cast, part: int, tally: Any
):
    people = everybody_denied(cast)
    fill(cast)
    client.raise_request_exception = False
    wrong: list[str] = []
    tried = 0
    for door in in_part(part):
        with suppress(Refused), thrown_away():
            made = {name: make(cast) for name in door.wants if (make := maker(door.name, name))}
            assert put_tokens(cast) > 10
            address = door.to(made) + ASKS.get(door.name, "") if door.parts else door.to()
            keys = {value for value in made.values() if isinstance(value, UUID)}
            missing = door.to({k: NOWHERE if v in keys else v for k, v in made.items()} or None)
            for relation, staff in people.items():
                client.force_login(staff)
                found = list(_asked(client, door, (address, missing), keys, cast))
                tried += 2
                wrong += [f"{door.name}, {relation}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)
    tally(tried - len(wrong), of=tried)


def _asked(client: Any, door: Door, at: tuple[str, str], keys: set[UUID], cast: Cast) -> Any:
    """What was wrong with the answers to asking, and to sending: of him, beside of nobody."""
    address, missing = at
    about = {cast.tomasz.pk, cast.tomasz.resident_id}
    about |= keys if is_of_one_person(door) else set()
    before = Entry.objects.filter(subject_id__in=about).count()
    for ask in (client.get, client.post):
        answer = ask(address)
        if answer.status_code >= 500:
            yield f"{answer.status_code}"
            continue
        if tokens := tokens_in(answer):
            yield f"{ask.__name__} {answer.status_code} shows {tokens}"
        if is_of_one_person(door):
            usual = ask(missing)
            if answer.status_code != usual.status_code:
                yield f"{ask.__name__} {answer.status_code}, of nobody {usual.status_code}"
            elif answer.status_code == 404 and answer.content != usual.content:
                yield f"{ask.__name__} looks otherwise than of nobody"
    if Entry.objects.filter(subject_id__in=about).count() != before:
        yield "something was written"
