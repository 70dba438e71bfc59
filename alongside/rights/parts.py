"""Which details of a file can be put under seal: each room tells its own.

What is put under seal is taken out of the place where it stood, so that it is in no page, list,
search, letter or export any more, and in no table in the clear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from alongside.audit.actors import Actor
from alongside.residents.models import Resident
from alongside.residents.operations import (
    blank_detail,
    put_contact_back,
    put_detail_back,
    remove_contact,
)
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Part:
    """One detail: a key, what it is called, what it says now, and how it is taken from its place.

    `says` names the detail and gives nothing of it away where it is about somebody else. `values`
    is what `put_back` of its place needs to put it where it stood, in plain data.
    """

    key: str
    says: str
    words: str
    take: Callable[[Actor], object]
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a place, asked for where what goes back cannot be told apart any more.

    `longest` is how many letters it holds.
    """

    key: str
    says: str
    needed: bool = False
    longest: int = 2000


WORDS = (Line("words", "What stands there again", needed=True),)

type Parts = Callable[[Stay], Iterable[Part]]
type PutBack = Callable[[Stay, Actor, str, Mapping[str, Any]], object]
type Empty = Callable[[Stay, str], Iterable[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where details of one kind stand in a file: how one is put back there, line by line.

    `empty` finds, by the title under which something was put under seal, where of those it can
    have stood: the key of each, and how it is called. It is asked for what was put under seal
    before its place was kept with it.
    """

    put: PutBack
    lines: tuple[Line, ...]
    empty: Empty

    def laid_out(self, words: str) -> dict[str, str]:
        """The words line by line, as a first guess; what is left over stands in the last one."""
        found = [line for line in words.splitlines() if line.strip()]
        last = len(self.lines) - 1
        told = {line.key: found[at] for at, line in enumerate(self.lines[:last]) if at < len(found)}
        return told | {self.lines[last].key: "\n".join(found[last:])}


PARTS: list[Parts] = []
PLACES: dict[str, Place] = {}
DETAILS = {
    "next_of_kin": "Next of kin",
    "doctor": "Doctor",
    "phone": "Their telephone",
    "email": "Their e-mail address",
}
TO_CALL = "Whom to call: "


def can_be_sealed(parts: Parts) -> Parts:
    """Register what a room has to put under seal."""
    PARTS.append(parts)
    return parts


def goes_back_to(
    *places: str, empty: Empty, lines: tuple[Line, ...] = WORDS
) -> Callable[[PutBack], PutBack]:
    """Register how a room puts back what was taken from its places: `places` is how the
    keys of its parts begin. It refuses when something else stands there by now."""

    def register(put: PutBack) -> PutBack:
        PLACES.update(dict.fromkeys(places, Place(put, lines, empty)))
        return put

    return register


def place_of(key: str) -> Place | None:
    """Where the detail of that key stood; None for one that had no place in the file."""
    return next((place for begins, place in PLACES.items() if key.startswith(begins)), None)


def where_it_stood(stay: Stay, title: str) -> dict[str, str]:
    """Where in this file something can have stood that was put under seal with that title: the key
    of each place, and how it is called."""
    every = {id(place): place for place in PLACES.values()}
    return {key: says for place in every.values() for key, says in place.empty(stay, title)}


def parts_of(stay: Stay) -> list[Part]:
    """Everything in this file that can be put under seal now."""
    return [part for parts in PARTS for part in parts(stay)]


@can_be_sealed
def of_the_person(stay: Stay) -> Iterator[Part]:
    """What stands with who somebody is, and whom to call."""
    resident: Resident = stay.resident
    for name, says in DETAILS.items():
        if words := getattr(resident, name):
            yield Part(name, says, words, _blanked(stay, name), {"words": words})
    for contact in resident.contacts.all():
        lines = [contact.name, contact.relation, contact.phone, contact.wishes]
        words = "\n".join(line for line in lines if line)
        values = {
            "name": contact.name, "relation": contact.relation, "phone": contact.phone,
            "wishes": contact.wishes, "call_in_emergency": contact.call_in_emergency,
        }  # fmt: skip
        says = f"{TO_CALL}{contact.name}"
        yield Part(f"contact-{contact.pk}", says, words, _gone(stay, contact), values)


def _details_called(stay: Stay, title: str) -> Iterator[tuple[str, str]]:
    yield from ((name, says) for name, says in DETAILS.items() if says == title)


def _whom_to_call(stay: Stay, title: str) -> Iterator[tuple[str, str]]:
    if title.startswith(TO_CALL):
        yield "contact-", "Among those who are called"


@goes_back_to(*DETAILS, empty=_details_called)
def a_detail(stay: Stay, by: Actor, key: str, values: Mapping[str, Any]) -> object:
    """Where it stood with who somebody is."""
    return put_detail_back(
        stay.scheme, by=by, resident=stay.resident, name=key, words=values["words"],
    )  # fmt: skip


@goes_back_to(
    "contact-",
    empty=_whom_to_call,
    lines=(
        Line("name", "Name", needed=True, longest=200),
        Line("relation", "Who they are to them", longest=120),
        Line("phone", "Telephone", longest=80),
        Line("wishes", "What they wish"),
    ),
)
def somebody_to_call(stay: Stay, by: Actor, key: str, values: Mapping[str, Any]) -> object:
    """Among those who are called."""
    return put_contact_back(stay.scheme, by=by, resident=stay.resident, values=values)


def _blanked(stay: Stay, name: str) -> Callable[[Actor], object]:
    return lambda by: blank_detail(stay.scheme, by=by, resident=stay.resident, name=name)


def _gone(stay: Stay, contact: object) -> Callable[[Actor], object]:
    return lambda by: remove_contact(stay.scheme, by=by, contact=contact)  # type: ignore[arg-type]
