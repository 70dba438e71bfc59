"""What duties may ask about allocations: when a key worker was named, asked to change, changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from alongside.allocations.models import Allocation, AllocationQuerySet, ChangeRequest, Method
from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.duties.owners import knows_holders
from alongside.stays.models import Stay


def _days(allocations: AllocationQuerySet) -> Sequence[date]:
    return list(allocations.leading().order_by("from_on").values_list("from_on", flat=True))


@provides("key_worker.named", reads=[Allocation])
def named(stay: Stay, of: str) -> Sequence[date]:
    """Every day a key worker was named, a temporary one included."""
    return _days(Allocation.objects.filter(stay=stay))


@provides("key_worker.allocated", reads=[Allocation])
def allocated(stay: Stay, of: str) -> Sequence[date]:
    """Every day a lasting key worker was named."""
    return _days(Allocation.objects.filter(stay=stay).lasting())


@provides("key_worker.temporary_named", reads=[Allocation])
def temporary_named(stay: Stay, of: str) -> Sequence[date]:
    """Every day a key worker was named for the time being."""
    return _days(Allocation.objects.filter(stay=stay, method=Method.TEMPORARY))


@provides("key_worker.change_asked", reads=[ChangeRequest])
def change_asked(stay: Stay, of: str) -> Sequence[Happening]:
    """Every day another key worker was asked for; whom it is about never answers it."""
    asked = ChangeRequest.objects.filter(stay=stay).order_by("asked_on")
    return [Happening(one.asked_on, concerning=str(one.about_id)) for one in asked]


@provides("key_worker.change_decided", reads=[ChangeRequest])
def change_decided(stay: Stay, of: str) -> Sequence[date]:
    """Every day a request for another key worker was answered or taken back."""
    decided = ChangeRequest.objects.filter(stay=stay, decided_on__isnull=False)
    return [
        day for day in decided.order_by("decided_on").values_list("decided_on", flat=True) if day
    ]


@knows_holders(reads=[Allocation])
def holders(stays: Sequence[UUID]) -> dict[UUID, dict[str, UUID]]:
    """Who holds which role on these stays now."""
    held: dict[UUID, dict[str, UUID]] = {}
    found = Allocation.objects.filter(stay__in=stays, until_on=None)
    for stay, role, worker in found.values_list("stay_id", "role", "worker_id"):
        held.setdefault(stay, {})[role] = worker
    return held
