"""What pages and other rooms ask about privileges."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from alongside.kit import clock
from alongside.privileges.models import Privilege
from alongside.stays.models import Stay


def privileges(stay: Stay, *, at: datetime | None = None) -> list[Privilege]:
    """Everything this person may do at that moment (now, when none is named)."""
    return list(Privilege.objects.held(at or clock.now()).filter(stay=stay).order_by("from_at"))


def privilege(stay: Stay, kind: str, *, at: datetime | None = None) -> Privilege | None:
    """This one privilege, if it is held at that moment."""
    return Privilege.objects.held(at or clock.now()).filter(stay=stay, kind=kind).first()


def holders(stays: Iterable[Stay], kind: str, *, at: datetime) -> dict[UUID, Privilege]:
    """Who of these holds it at that moment, by stay; one query."""
    rows = Privilege.objects.held(at).filter(stay__in=list(stays), kind=kind)
    return {row.stay_id: row for row in rows}
