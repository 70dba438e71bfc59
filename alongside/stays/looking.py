"""Who looked at somebody's file, in words that they themselves can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from alongside.audit.models import Reading
from alongside.audit.queries import readings_of
from alongside.audit.reading import DOCUMENT, RESTRICTED
from alongside.organisation.models import Staff
from alongside.stays.models import Stay
from alongside.ui.pdf import make_pdf

SAYS = {DOCUMENT: "A document", RESTRICTED: "A restricted note", "": "The file"}


@dataclass(frozen=True, slots=True)
class Look:
    """One opening: when, who, and what of the file."""

    at: datetime
    who: str
    what: str


def looks(stay: Stay, readings: Iterable[Reading]) -> Iterator[Look]:
    """These readings in words. One query, for the names."""
    told = list(readings)
    who: dict[UUID, str] = dict(
        Staff.objects.filter(pk__in={one.actor_id for one in told}).values_list("pk", "name")
    )
    parts = {key: _says(stay, says) for key, says, _ in settings.CASEFILE}
    for one in told:
        what = SAYS.get(one.what) or parts.get(one.what) or SAYS[""]
        yield Look(one.at, who.get(one.actor_id, "Somebody who has left"), what)


def paper_of(stay: Stay) -> bytes:
    """The whole list for the person to keep, as PDF."""
    zone = stay.scheme.zone
    rows = [
        [f"{one.at.astimezone(zone):%-d %B %Y, %H:%M}", one.who, one.what]
        for one in looks(stay, readings_of(stay.resident_id))
    ]
    data = {
        "name": stay.resident.name,
        "service": stay.scheme.name,
        "made": f"{stay.scheme.today():%-d %B %Y}",
        "rows": rows,
    }
    return make_pdf("stays/who_looked.typ", data)


def _says(stay: Stay, says: str) -> str:
    term = stay.pack.terms.get(says)
    return f"{term.plural[:1].upper()}{term.plural[1:]}" if term else says
