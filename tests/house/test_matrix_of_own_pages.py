"""Residents' own pages, by every method: nobody but the person finds a word about them there.

The same oracle as the matrix of staff (`tests/house/matrix.py`): each text about Tomasz holds a
token of its own. Tried are everybody who works here in any role, strangers, and residents of his
house, of another and of another organisation, who come in, at pages of their own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import models

from alongside.plans.models import Goal, Plan, PlanAction, WeeklyForm, WeeklyLine
from alongside.portal.operations import give_address
from alongside.residents.operations import set_resident_pin
from alongside.stages.models import Evidence, StageMove
from alongside.testing.cast import Cast
from tests.house import cells
from tests.house.cells import METHODS, Person, Relation
from tests.house.doors import Door, doors
from tests.house.matrix import put_tokens, tokens_in
from tests.house.test_doors import OWN_PAGES
from tests.house.test_matrix import two_more_roles  # noqa: F401  # a fixture
from tests.house.test_methods import writes
from tests.house.test_queries import fill, thrown_away

OURS = [door for door in doors() if door.name in OWN_PAGES]
# What an address names, of Tomasz's own.
NAMES: dict[str, tuple[type[models.Model], str]] = {
    "goal_id": (Goal, "plan__stay"), "action_id": (PlanAction, "stay"), "plan_id": (Plan, "stay"),
    "form_id": (WeeklyForm, "stay"), "line_id": (WeeklyLine, "form__stay"),
    "pk": (Evidence, "stay"), "move_id": (StageMove, "stay"),
}  # fmt: skip
SAID = {"key": "conditions-of-stay", "code": "1.1", "form": "plan"}
AT_OWN_PAGES = {200, 204, 302, 400, 404, 405, 422}
NO_PAGE = {302, 403, 404, 405}
OTHERS = (Relation.SAME_SERVICE, Relation.OTHER_SERVICE, Relation.OTHER_ORGANISATION)


def addresses(cast: Cast) -> Iterator[tuple[Door, str]]:
    """Every address of the room, of things of his wherever it names one."""
    for door in OURS:
        parts: dict[str, Any] = {}
        for part in door.wants:
            if part in NAMES:
                model, path = NAMES[part]
                found = model._base_manager.filter(**{path: cast.tomasz}).first()
                assert found is not None, f"{door.name} has nothing to name"
                parts[part] = found.pk
            elif door.name == "portal:phone":
                parts[part] = give_address(cast.tomasz, by=cast.grace).code
            else:
                parts[part] = SAID[part]
        yield door, door.to(parts)


def faults(person: Person, door: Door, address: str, method: str) -> Iterator[str]:
    with thrown_away(), writes() as written:
        answer = person.asks(method, address)
        tokens, status = tokens_in(answer), answer.status_code
    resident = cells.ROLES[person.role] == cells.RESIDENT
    names_his = bool(set(door.wants) & NAMES.keys())
    # The address of his own telephone asks whoever has it for his PIN, and says no name.
    comes_in = (resident and not names_his) or door.name == "portal:phone"
    fits = AT_OWN_PAGES if comes_in else NO_PAGE
    if tokens:
        yield f"{status} shows {tokens}"
    if status not in fits:
        yield f"{status}"
    if written and not (resident and method == "POST" and not names_his):
        yield f"wrote {sorted(set(written))}"


def tried(people: list[Person]) -> Iterator[Person]:
    """Each role once, as his own worker or nobody; and three residents who are not him."""
    for person in people:
        resident = cells.ROLES[person.role] == cells.RESIDENT
        if person.relation in (OTHERS if resident else (Relation.OWN,)):
            yield person


def shown_to(person: Person, there: list[tuple[Door, str]]) -> set[str]:
    """The addresses that answer with a token."""
    found = set()
    for door, address in there:
        with thrown_away():
            if tokens_in(person.asks("GET", address)):
                found.add(door.name)
    return found


@pytest.mark.goal("G2", "G5")
@pytest.mark.slow
def test_nobody_but_tomasz_finds_a_word_about_him_at_his_own_pages(
    two_more_roles: None,  # noqa: F811
    cast: Cast,
    tally: Any,
) -> None:
    people = cells.everybody(cast)
    fill(cast)
    resident = cast.tomasz.resident
    set_resident_pin(cast.mill_house, by=cast.amina, resident=resident, pin="4826")
    cast.tomasz.resident.refresh_from_db()
    there = [*addresses(cast)]
    put_tokens(cast)
    wrong, many = [], 0
    for person in tried(people):
        for door, address in there:
            for method in METHODS:
                many += 1
                found = [*faults(person, door, address, method)]
                wrong += [f"{method} {door.name}, {person}: {one}" for one in found]
    assert not wrong, "\n".join(wrong)

    (he,) = [one for one in people if (one.role, one.relation) == ("resident", Relation.OWN)]
    assert shown_to(he, there) >= {"portal:home", "portal:plan"}, "Else finding none is no proof."
    tally(many - len(wrong), of=many)
