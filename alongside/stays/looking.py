"""Who looked at somebody's file, in words that they themselves can read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
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
class InEmergency:
    """That the file stood open to somebody in an emergency, from when until when."""

    staff_id: UUID
    from_at: datetime
    until_at: datetime

    def holds(self, one: Reading) -> bool:
        """Whether this was read in that time, by them."""
        return one.actor_id == self.staff_id and self.from_at <= one.at <= self.until_at


@dataclass(frozen=True, slots=True)
class Look:
    """One opening: when, who, what of the file, and whether it was opened in an emergency."""

    at: datetime
    who: str
    what: str
    in_emergency: bool = False


def looks(
    stay: Stay, readings: Iterable[Reading], emergencies: Sequence[InEmergency] = ()
) -> Iterator[Look]:
    """These readings in words. One query, for the names."""
    told = list(readings)
    who: dict[UUID, str] = dict(
        Staff.objects.filter(pk__in={one.actor_id for one in told}).values_list("pk", "name")
    )
    parts = {key: _says(stay, says) for key, says, _ in settings.CASEFILE}
    for one in told:
        what = SAYS.get(one.what) or parts.get(one.what) or SAYS[""]
        name = who.get(one.actor_id, "Somebody who has left")
        yield Look(one.at, name, what, any(each.holds(one) for each in emergencies))


def paper_of(stay: Stay, emergencies: Sequence[InEmergency] = ()) -> bytes:
    """The whole list for the person to keep, as PDF."""
    zone = stay.scheme.zone
    rows = [
        [f"{one.at.astimezone(zone):%-d %B %Y, %H:%M}", one.who, _on_paper(one)]
        for one in looks(stay, readings_of(stay.resident_id), emergencies)
    ]
    data = {
        "name": stay.resident.name,
        "service": stay.scheme.name,
        "made": f"{stay.scheme.today():%-d %B %Y}",
        "rows": rows,
    }
    return make_pdf("stays/who_looked.typ", data)


def _on_paper(one: Look) -> str:
    return f"{one.what}, opened in an emergency" if one.in_emergency else one.what


def _says(stay: Stay, says: str) -> str:
    term = stay.pack.terms.get(says)
    return f"{term.plural[:1].upper()}{term.plural[1:]}" if term else says
