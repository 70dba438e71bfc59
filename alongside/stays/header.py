"""The top of every page about a person: who they are, and the few facts one must not miss.

Rooms above this floor add their own facts (key worker, stage, alerts) by registering them
here, so that any page of any room shows the same header. However many there are, they are read
in one query.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import DateField, DateTimeField, QuerySet, UUIDField
from django.db.models.expressions import Combinable

from alongside.audit.reading import opened
from alongside.kit import clock
from alongside.kit.prepared import Prepared, prepared
from alongside.kit.together import read
from alongside.organisation.models import Scheme
from alongside.practice.parts import switched_off
from alongside.stays.models import Stay
from alongside.ui.addresses import address_about

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HeaderFact:
    """One fact of the header. `tone` is quiet, stage or alert; `order` sorts."""

    label: str
    value: str
    tone: str = "quiet"
    order: int = 50
    url: str = ""


@dataclass(frozen=True, slots=True)
class When:
    """Now, today and the days beside it, as blanks: what is read is put into SQL only once."""

    now: Any
    today: Any
    yesterday: Any
    tomorrow: Any


type Known = Mapping[str, Any]
type Reads = Callable[[When], Mapping[str, Combinable]]
type Teller = Callable[[Stay, Known], HeaderFact | None]


@dataclass(frozen=True, slots=True)
class Told:
    """How a fact of the header is read, and how it is put into words."""

    reads: Reads
    tells: Teller


HEADER_FACTS: dict[str, Told] = {}


def header_fact(name: str, *, reads: Reads) -> Callable[[Teller], Teller]:
    """Register a fact of the header.

    `reads` gives expressions over a stay, by name (a subquery on `OuterRef("pk")`, mostly), and
    takes the time from what it is given. Those of all facts are read in one query, and the teller
    is given what its own came to under the same names. It asks nothing more; None leaves the fact
    out.
    """

    def register(teller: Teller) -> Teller:
        HEADER_FACTS[name] = Told(reads, teller)
        return teller

    return register


@dataclass(frozen=True, slots=True)
class PersonHeader:
    """What the header shows."""

    stay: Stay
    facts: list[HeaderFact]

    @property
    def said(self) -> list[str]:
        """The quiet facts, in words: bed, days here, then what other rooms told."""
        place = self.stay.place
        own = [place[:1].upper() + place[1:]] if place else []
        own.append(_since(self.stay))
        told = [f"{fact.label} {fact.value}".strip() for fact in self.facts if fact.tone == "quiet"]
        return [*own, *told]

    @property
    def nights(self) -> int:
        """Whole days they have been here."""
        return self.stay.nights(self.stay.scheme.today())

    @property
    def stage(self) -> str:
        """The fact told in the tone "stage", which is shown as a tag."""
        return next((fact.value for fact in self.facts if fact.tone == "stage"), "")

    @property
    def alerts(self) -> list[str]:
        """What nobody should miss."""
        told = [f"{fact.label}: {fact.value}" for fact in self.facts if fact.tone == "alert"]
        resident = self.stay.resident
        own = [("Allergies", resident.allergies), ("Alert", resident.alerts)]
        return [*(f"{label}: {value}" for label, value in own if value), *told]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of somebody's file, whether one is in it, and what opening it at `at` asks for."""

    says: str
    url: str
    here: bool
    needs: str = ""
    at: Scheme | None = None


def header_of(stay: Stay) -> PersonHeader:
    """The header of a person, with every registered fact in its order."""
    return PersonHeader(stay, sorted(_facts(stay), key=lambda fact: fact.order))


def _facts(stay: Stay) -> Iterator[HeaderFact]:
    known = _known(stay)
    for name, told in HEADER_FACTS.items():
        start = f"{name}__"
        own = {
            key.removeprefix(start): value for key, value in known.items() if key.startswith(start)
        }
        if fact := told.tells(stay, own):
            yield fact


def _known(stay: Stay) -> Known:
    today = clock.today()
    found = _asked(tuple(HEADER_FACTS.items()))(
        stay=stay.pk, now=clock.now(), today=today, yesterday=today - DAY, tomorrow=today + DAY
    )
    read(found)
    known: Known = found[0]
    return known


@cache
def _asked(facts: tuple[tuple[str, Told], ...]) -> Prepared:
    days = {name: DateField() for name in ("today", "yesterday", "tomorrow")}

    @prepared(stay=UUIDField(), now=DateTimeField(), **days)
    def asked(stay: Any, **when: Any) -> QuerySet[Any, Any]:
        named = {
            f"{fact}__{name}": expression
            for fact, told in facts
            for name, expression in told.reads(When(**when)).items()
        }
        return Stay.objects.filter(pk=stay).values(**named)

    return asked


def _since(stay: Stay) -> str:
    if stay.moved_out_on:
        return f"stayed {stay.moved_in_on:%-d %b %Y} to {stay.moved_out_on:%-d %b %Y}"
    return f"here since {stay.moved_in_on:%-d %B %Y}"


def sections(stay: Stay, *, here: str) -> Iterator[Section]:
    """The parts of a file, from `settings.CASEFILE`; one that no room offers is left out.

    `here` is the name of the page one is on, or the key of its section.
    """
    terms = stay.pack.terms
    for key, says, name in settings.CASEFILE:
        if switched_off(name, stay.scheme.pack):
            continue
        if url := address_about(name, stay.pk):
            term = terms.get(says)
            words = f"{term.plural[:1].upper()}{term.plural[1:]}" if term else says
            needs = settings.CASEFILE_NEEDS.get(key, "")
            yield Section(words, url, here=key == here, needs=needs, at=stay.scheme)


def person_page(stay: Stay, *, section: str) -> dict[str, Any]:
    """What every page about a person gives its template, which extends "stays/person.html".

    `section` is the key of the page's entry in `settings.CASEFILE`. That this part of their file
    was opened is written down before the page leaves.
    """
    opened(stay, section)
    return {
        "stay": stay,
        "header": header_of(stay),
        "words": stay.pack.terms,
        "section": section,
        "sections": list(sections(stay, here=section)),
    }
