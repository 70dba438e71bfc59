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


type Parts = Callable[[Stay], Iterable[Part]]
type PutBack = Callable[[Stay, Actor, str, Mapping[str, Any]], object]
PARTS: list[Parts] = []
PLACES: dict[str, PutBack] = {}
DETAILS = {
    "next_of_kin": "Next of kin",
    "doctor": "Doctor",
    "phone": "Their telephone",
    "email": "Their e-mail address",
}


def can_be_sealed(parts: Parts) -> Parts:
    """Register what a room has to put under seal."""
    PARTS.append(parts)
    return parts


def goes_back_to(*places: str) -> Callable[[PutBack], PutBack]:
    """Register how a room puts back what was taken from its places: `places` is how the
    keys of its parts begin. It refuses when something else stands there by now."""

    def register(put: PutBack) -> PutBack:
        PLACES.update(dict.fromkeys(places, put))
        return put

    return register


def way_back(key: str) -> PutBack | None:
    """How the detail of that key is put back; None for one that had no place in the file."""
    return next((put for place, put in PLACES.items() if key.startswith(place)), None)


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
        says = f"Whom to call: {contact.name}"
        yield Part(f"contact-{contact.pk}", says, words, _gone(stay, contact), values)


@goes_back_to(*DETAILS)
def a_detail(stay: Stay, by: Actor, key: str, values: Mapping[str, Any]) -> object:
    """Where it stood with who somebody is."""
    return put_detail_back(
        stay.scheme, by=by, resident=stay.resident, name=key, words=values["words"],
    )  # fmt: skip


@goes_back_to("contact-")
def somebody_to_call(stay: Stay, by: Actor, key: str, values: Mapping[str, Any]) -> object:
    """Among those who are called."""
    return put_contact_back(stay.scheme, by=by, resident=stay.resident, values=values)


def _blanked(stay: Stay, name: str) -> Callable[[Actor], object]:
    return lambda by: blank_detail(stay.scheme, by=by, resident=stay.resident, name=name)


def _gone(stay: Stay, contact: object) -> Callable[[Actor], object]:
    return lambda by: remove_contact(stay.scheme, by=by, contact=contact)  # type: ignore[arg-type]
