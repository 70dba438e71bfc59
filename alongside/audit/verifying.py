"""Reads the chains from their first link to their last and says where they break.

Nothing is changed and nothing is held: the journal of a house of years is read in one pass, a
thousand links at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.audit.anchors import Anchor
from alongside.audit.chain import OF_A_READING, OF_AN_ENTRY, fingerprint, seal
from alongside.audit.final import COUNTING, JOURNAL, counts_no_more, missing
from alongside.audit.models import Entry, Head, LastReading, Payload, Reading, digest_of

ERASURES = (
    "person.erased",
    "person.erased_again",
    "colleague.erased",
    "colleague.erased_again",
)
"""The events of an erasure, whose record an emptied payload names."""
AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Fault:
    """The first thing that is wrong with one chain."""

    organisation_id: UUID | None
    chain: str
    number: int
    why: str

    def __str__(self) -> str:
        where = f"{self.chain} {self.number}" if self.number else self.chain
        whose = f" of organisation {self.organisation_id}" if self.organisation_id else ""
        return f"{where}{whose}: {self.why}"


@dataclass
class Verdict:
    """What verifying found: how many links hold, and the first fault of each chain."""

    entries: int = 0
    readings: int = 0
    anchors: int = 0
    faults: list[Fault] = field(default_factory=list)


def verify(anchors: Iterable[Anchor] = (), *, triggers: bool = True) -> Verdict:
    """Verify every chain, and with anchors that nothing before them was cut off or rewritten.

    `triggers` also asks whether the database still refuses changes by itself.
    """
    verdict, signed = Verdict(), list(anchors)
    verdict.anchors = len(signed)
    if triggers and (gone := [*missing(JOURNAL), *([COUNTING] if counts_no_more() else [])]):
        why = f"the database no longer protects it ({', '.join(gone)})"
        verdict.faults.append(Fault(None, "journal", 0, why))
    heads = {head.organisation_id: head for head in Head.objects.all()}
    whose = {*heads, *Entry.objects.order_by().values_list("organisation_id", flat=True).distinct()}
    whose |= set(Reading.objects.order_by().values_list("organisation_id", flat=True).distinct())
    whose |= {anchor.organisation_id for anchor in signed}
    counted = {last.organisation_id: last for last in LastReading.objects.all()}
    whose |= counted.keys()
    for organisation in sorted(whose):
        own = [anchor for anchor in signed if anchor.organisation_id == organisation]
        _verify_entries(verdict, organisation, heads.get(organisation), own)
        _verify_readings(verdict, organisation, own, counted.get(organisation))
    if stray := Payload.objects.filter(entry__isnull=True).count():
        verdict.faults.append(Fault(None, "journal", 0, f"{stray} payloads without an entry"))
    return verdict


def _verify_entries(
    verdict: Verdict, organisation: UUID, head: Head | None, anchors: list[Anchor]
) -> None:
    if head and head.key != fingerprint():
        why = f"it was sealed with another key ({head.key}); this one is {fingerprint()}"
        verdict.faults.append(Fault(organisation, "journal", 0, why))
        return
    entries = Entry.objects.filter(organisation_id=organisation)
    chain = _Chain("entry", OF_AN_ENTRY, {one.entries: one.entries_digest for one in anchors})
    erasures = set(entries.filter(event__in=ERASURES).values_list("record_id", flat=True))
    also = ("payload__salt", "payload__values", "payload__erased_by", "payload__entry_id")
    fault = chain.first_fault(entries, also, lambda link: _payload_fault(link, erasures))
    verdict.entries += chain.last
    if fault is None and head is None and chain.last:
        fault = (chain.last, "the end of the chain is not known")
    if fault is None and head and (head.number, head.digest) != (chain.last, chain.digest):
        fault = (
            min(head.number, chain.last) + 1,
            f"{head.number} were written, {chain.last} are here",
        )
    if fault:
        verdict.faults.append(Fault(organisation, "entry", *fault))


def _verify_readings(
    verdict: Verdict, organisation: UUID, anchors: list[Anchor], counted: LastReading | None
) -> None:
    readings = Reading.objects.filter(organisation_id=organisation)
    chain = _Chain("reading", OF_A_READING, {one.readings: one.readings_digest for one in anchors})
    fault = chain.first_fault(readings, (), lambda _: "")
    verdict.readings += chain.last
    if fault is None and counted is None and chain.last:
        fault = (chain.last, "how far they had come is not known")
    if fault is None and counted and (counted.number, counted.digest) != (chain.last, chain.digest):
        fault = (
            min(counted.number, chain.last) + 1,
            f"{counted.number} were written, {chain.last} are here",
        )
    if fault:
        verdict.faults.append(Fault(organisation, "reading", *fault))


class _Chain:
    """One walk along one chain."""

    def __init__(self, says: str, names: tuple[str, ...], anchored: dict[int, str]) -> None:
        self.says, self.names, self.anchored = says, names, anchored
        self.last, self.digest = 0, ""

    def first_fault(
        self, links: QuerySet[Any, Any], also: tuple[str, ...], more: Any
    ) -> tuple[int, str] | None:
        """The number of the first link that is wrong and why, or None."""
        asked = links.order_by("number", "id").values(*self.names, "digest", *also)
        for link in asked.iterator(chunk_size=AT_ONCE):
            if why := self._wrong(link) or more(link):
                return self.last + 1, why
            self.last, self.digest = link["number"], link["digest"]
        ahead = [number for number in self.anchored if number > self.last]
        if ahead:
            why = f"an anchor knows {max(ahead)}, {self.last} are here: the end was cut off"
            return self.last + 1, why
        return None

    def _wrong(self, link: Mapping[str, Any]) -> str:
        number = link["number"]
        if number > self.last + 1:
            return f"it is missing; the next one here is {number}"
        if number <= self.last:
            return f"number {number} is here twice"
        if link["previous"] != self.digest:
            return "it does not follow from the one before"
        if link["digest"] != seal({name: link[name] for name in self.names}):
            return "what it says is not what was sealed"
        if self.anchored.get(number, link["digest"]) != link["digest"]:
            before = max((one for one in self.anchored if one < number), default=0)
            return f"an anchor knows another one here: something after {before} was written anew"
        return ""


def _payload_fault(link: Mapping[str, Any], erasures: set[UUID]) -> str:
    if link["payload__entry_id"] is None:
        return "its words are missing"
    erased, salt, values = (link[f"payload__{name}"] for name in ("erased_by", "salt", "values"))
    if erased is not None:
        if salt or values:
            return "its words were erased, and others put in their place"
        return "" if erased in erasures else "its words were erased, and no erasure tells of it"
    if digest_of(values, salt) != link["payload_digest"]:
        return "its words are not those that were sealed"
    return ""


def describe(faults: Iterable[Fault]) -> Iterator[str]:
    """One line for each fault, the first bad link of each chain."""
    for fault in faults:
        yield f"BROKEN  {fault}"
