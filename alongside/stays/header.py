"""The top of every page about a person: who they are, and the few facts one must not miss.

Rooms above this floor add their own facts (key worker, stage, alerts) by registering them
here, so that any page of any room shows the same header.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class HeaderFact:
    """One fact of the header. `tone` is quiet, good, warn or alert; `order` sorts."""

    label: str
    value: str
    tone: str = "quiet"
    order: int = 50
    url: str = ""


type Teller = Callable[[Stay], HeaderFact | None]
HEADER_FACTS: dict[str, Teller] = {}


def header_fact(name: str) -> Callable[[Teller], Teller]:
    """Register a fact of the header. It may cost one query; None leaves it out."""

    def register(teller: Teller) -> Teller:
        HEADER_FACTS[name] = teller
        return teller

    return register


@dataclass(frozen=True, slots=True)
class PersonHeader:
    """What the header shows."""

    stay: Stay
    facts: list[HeaderFact]

    @property
    def nights(self) -> int:
        return self.stay.nights(self.stay.scheme.today())


def header_of(stay: Stay) -> PersonHeader:
    """The header of a person, with every registered fact in its order."""
    return PersonHeader(stay, sorted(_facts(stay), key=lambda fact: fact.order))


def _facts(stay: Stay) -> Iterator[HeaderFact]:
    for teller in HEADER_FACTS.values():
        if fact := teller(stay):
            yield fact


def person_page(stay: Stay, *, section: str) -> dict[str, Any]:
    """What every page about a person gives its template: the stay, its header and its words.

    `section` is the name of the page in the casefile's own navigation.
    """
    return {
        "stay": stay,
        "header": header_of(stay),
        "words": stay.scheme.pack.terms,
        "section": section,
    }
