"""What the journal says of one person: what was done to their records, and who read them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import batched
from typing import Any
from uuid import UUID

from django.db.models import Q

from alongside.audit.models import Entry, Reading
from alongside.organisation.models import Staff
from alongside.residents.models import Resident
from alongside.retention.person import keys_of

AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when, what, who, and about which record."""

    at: datetime
    number: int
    what: str
    who: str
    about: str

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}  {self.what:<32} {self.who:<28} {self.about}".rstrip()


def journal_of(resident_id: UUID) -> list[Line]:
    """Everything done to this person's records and every reading of them, oldest first."""
    entries = {entry.pk: entry for entry in _entries(keys_of(resident_id))}
    readings = list(Reading.objects.filter(resident_id=resident_id))
    names = _names([*entries.values(), *readings])
    done = [
        Line(one.at, one.number, one.event, names.get(one.actor_id, one.system), one.record_type)
        for one in entries.values()
    ]
    read = [
        Line(one.at, one.number, f"read {one.what}", names.get(one.actor_id, "?"), one.about)
        for one in readings
    ]
    return sorted([*done, *read], key=lambda line: (line.at, line.number))


def _entries(keys: set[UUID]) -> Iterator[Entry]:
    for some in batched(sorted(keys), AT_ONCE, strict=False):
        yield from Entry.objects.filter(Q(subject_id__in=some) | Q(record_id__in=some))


def _names(told: Iterable[Any]) -> dict[UUID | None, str]:
    who = {one.actor_id for one in told if one.actor_id}
    named: dict[UUID | None, str] = dict(Staff.objects.filter(pk__in=who).values_list("pk", "name"))
    named.update({one.pk: one.name for one in Resident.objects.filter(pk__in=who)})
    return named
