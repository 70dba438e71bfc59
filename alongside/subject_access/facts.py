"""What duties may know of requests for one's own data."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from alongside.duties.engine import Happening
from alongside.duties.rows import provides_from
from alongside.stays.models import Stay
from alongside.subject_access.models import AccessRequest


def _every() -> QuerySet[AccessRequest]:
    return AccessRequest.objects.order_by("received_on", "pk")


def _requests(stay: Stay, of: str) -> list[QuerySet[AccessRequest]]:
    return [_every().filter(stay=stay)]


@provides_from("own_data.asked", reads=[AccessRequest], rows=_requests, every=_every)
def own_data_asked(stay: Stay, of: str, asked: Sequence[AccessRequest]) -> list[Happening]:
    """From when the clock of a request runs: it came, and we knew that it was them."""
    return [Happening(max(one.received_on, one.identity_on), str(one.pk)) for one in asked]


@provides_from("own_data.made", reads=[AccessRequest], rows=_requests, every=_every)
def own_data_made(stay: Stay, of: str, asked: Sequence[AccessRequest]) -> list[Happening]:
    """The day on which a request was answered: its bundle could be handed over."""
    zone = stay.scheme.zone
    return [
        Happening(one.made_at.astimezone(zone).date(), str(one.pk)) for one in asked if one.made_at
    ]
