"""Which details of a file can be put under seal: each room tells its own.

What is put under seal is taken out of the place where it stood, so that it is in no page, list,
search, letter or export any more, and in no table in the clear.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from alongside.audit.actors import Actor
from alongside.residents.models import Resident
from alongside.residents.operations import blank_detail, remove_contact
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Part:
    """One detail: a key, what it is called, what it says now, and how it is taken from its place.

    `says` names the detail and gives nothing of it away where it is about somebody else.
    """

    key: str
    says: str
    words: str
    take: Callable[[Actor], object]


type Parts = Callable[[Stay], Iterable[Part]]
PARTS: list[Parts] = []
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


def parts_of(stay: Stay) -> list[Part]:
    """Everything in this file that can be put under seal now."""
    return [part for parts in PARTS for part in parts(stay)]


@can_be_sealed
def of_the_person(stay: Stay) -> Iterator[Part]:
    """What stands with who somebody is, and whom to call."""
    resident: Resident = stay.resident
    for name, says in DETAILS.items():
        if words := getattr(resident, name):
            yield Part(name, says, words, _blanked(stay, name))
    for contact in resident.contacts.all():
        lines = [contact.name, contact.relation, contact.phone, contact.wishes]
        words = "\n".join(line for line in lines if line)
        yield Part(
            f"contact-{contact.pk}", f"Whom to call: {contact.name}", words, _gone(stay, contact)
        )


def _blanked(stay: Stay, name: str) -> Callable[[Actor], object]:
    return lambda by: blank_detail(stay.scheme, by=by, resident=stay.resident, name=name)


def _gone(stay: Stay, contact: object) -> Callable[[Actor], object]:
    return lambda by: remove_contact(stay.scheme, by=by, contact=contact)  # type: ignore[arg-type]
