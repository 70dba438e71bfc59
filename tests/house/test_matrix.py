"""Every address, every method, fourteen kinds of people in eight relations to Tomasz.

No answer differs from what the table says (`tests/house/cells.py`). Each text about Tomasz holds a
token of its own: to whoever may not see him an address of his answers as one of nobody's, no
answer holds a token, and nothing is written.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from alongside.allocations.models import Allocation
from alongside.audit.reading import forget_what_was_told
from alongside.config.doors import rules
from alongside.kit.refusal import Refused
from alongside.practice import pack as practice
from alongside.testing.cast import Cast
from tests.house import cells
from tests.house.cells import METHODS, Expected, Person, Relation
from tests.house.doors import Door, doors
from tests.house.matrix import put_tokens, tokens_in
from tests.house.test_doors import NOT_TRIED, OPEN_TO_STRANGERS
from tests.house.test_methods import writes
from tests.house.test_queries import fill, thrown_away
from tests.house.things import ASKS, maker

PARTS = 8
# One cell in four, a fourth of every role at every door, and of the methods by which nothing is
# shown or sent one in sixteen; all of them take two hours.
EVERY_CELL = "ALONGSIDE_EVERY_CELL" in os.environ
ONE_IN = {"GET": 4, "POST": 4, "HEAD": 16, "OPTIONS": 16, "DELETE": 16}
TRIED = [door for door in doors() if door.name not in {*NOT_TRIED, *OPEN_TO_STRANGERS}]


FITS = {
    Expected.NO_RIGHT: {403, 404, 405},
    Expected.MISSING: {404, 405},
    Expected.ONLY_LOOKS: {200, 302, 403, 404, 405, 422},
    Expected.COMES_IN: {200, 204, 302, 405, 422},
}


def in_part(part: int) -> list[Door]:
    return [door for number, door in enumerate(TRIED) if number % PARTS == part]


@pytest.fixture
def two_more_roles() -> Iterator[None]:
    """The practice of a provider that has a privacy officer and a commissioner as well."""
    practice.read_over(cells.PRACTICE)
    yield
    practice.read_over(None)


@pytest.mark.goal("G1")
def test_every_address_has_its_rule():
    assert {door.name for door in doors()} == rules().keys()


@pytest.mark.goal("G2", "G3", "G4")
@pytest.mark.req("S0-62")
@pytest.mark.parametrize(
    "part", [pytest.param(part, marks=pytest.mark.slow) for part in range(PARTS)]
)
def test_no_cell_of_the_matrix_differs_from_the_table(
    two_more_roles: None, cast: Cast, settings: Any, part: int, tally: Any
):
    settings.READING_BRAKE = {"people": 100_000, "minutes": 10}
    people = cells.everybody(cast)
    wrong: list[str] = []
    tried = shown = 0
    for there in matrices(in_part(part), cast, people):
        wrong += there.wrong
        tried += there.tried
        shown += there.shown
    if where := os.environ.get("ALONGSIDE_MATRIX_SAYS"):
        with Path(where).open("a", encoding="utf-8") as file:
            file.writelines(f"{one}\n" for one in wrong)
    assert not wrong, "\n".join(wrong)
    assert shown, "Nobody saw a token: then not finding one proves nothing."
    tally(tried - len(wrong), of=tried)


def matrices(these: list[Door], cast: Cast, people: list[Person]) -> Iterator[Matrix]:
    """The cells of these doors, with Tomasz's file full. What a full file has no place for any
    more is made in an empty one."""
    made_already = []
    with thrown_away():
        fill(cast)
        for door in these:
            try:
                with thrown_away():
                    yield Matrix(door, cast, people)
            except (Refused, IntegrityError):
                made_already.append(door)
    for door in made_already:
        with thrown_away():
            yield Matrix(door, cast, people)


class Matrix:
    """All cells of one door."""

    def __init__(self, door: Door, cast: Cast, people: list[Person]) -> None:
        forget_what_was_told()
        self.door, self.cast = door, cast
        self.wrong: list[str] = []
        self.tried = self.shown = 0
        self.usual: dict[tuple[Person, str], bytes] = {}
        made = {name: make(cast) for name in door.wants if (make := maker(door.name, name))}
        put_tokens(cast)
        self.address = (door.to(made) if door.parts else door.to()) + ASKS.get(door.name, "")
        for restricted in (False, True):
            with thrown_away():
                if restricted:
                    cells.restrict(cast, people)
                for person in cells.in_relation(people, restricted=restricted):
                    self._try(person)

    def _try(self, person: Person) -> None:
        for method in METHODS:
            if not self._is_chosen(person, method):
                continue
            says = cells.expected(self.door, method, person)
            self.tried += 1
            with thrown_away():
                self._give_their_own(person)
                with writes() as written:
                    answer = person.asks(method, self.address, cells.SENDS.get(self.door.name, ""))
                found = list(self._faults(person, method, says, answer))
            if says is not Expected.COMES_IN and written:
                found.append(f"wrote {sorted(set(written))}")
            self.wrong += [f"{method} {self.door.name}, {person}: {one}" for one in found]

    def _give_their_own(self, person: Person) -> None:
        """His worker is whoever asks; not where the address says whose people are to be covered."""
        if person.relation is Relation.OWN and person.staff and "absence_id" not in self.door.wants:
            held = Allocation.objects.filter(stay=self.cast.tomasz, until_on=None)
            held.update(worker=person.staff)

    def _is_chosen(self, person: Person, method: str) -> bool:
        place = (
            TRIED.index(self.door) + [*cells.ROLES].index(person.role)
            + [*Relation].index(person.relation) + METHODS.index(method)
        )  # fmt: skip
        return EVERY_CELL or place % ONE_IN[method] == 0

    def _faults(self, person: Person, method: str, says: Expected, answer: Any) -> Iterator[str]:
        status = answer.status_code
        if status >= 500:
            yield f"{status}"
            return
        tokens = tokens_in(answer)
        self.shown += bool(tokens)
        comes_in = says in {Expected.COMES_IN, Expected.ONLY_LOOKS}
        may_read = comes_in and person.relation not in cells.HIDDEN
        if tokens and (not may_read or person.role in cells.SEES_NOBODY):
            yield f"{status} shows {tokens}"
        if not self._fits(says, answer):
            yield f"{status}, and {says}"
        elif says is Expected.MISSING and not self._looks_missing(person, method, answer):
            yield "looks otherwise than of nobody"

    def _fits(self, says: Expected, answer: Any) -> bool:
        if says is Expected.SIGN_IN:
            to = str(answer.headers.get("Location", ""))
            return bool(answer.status_code == 302) and to.startswith(reverse("account_login"))
        return bool(answer.status_code in FITS[says])

    def _looks_missing(self, person: Person, method: str, answer: Any) -> bool:
        return bool(answer.status_code != 404 or answer.content == self._of_nobody(person, method))

    def _of_nobody(self, person: Person, method: str) -> bytes:
        key = (person, method)
        if key not in self.usual:
            with transaction.atomic():
                self.usual[key] = person.asks(method, "/nobody/at/all/").content
        return self.usual[key]
