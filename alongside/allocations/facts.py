"""What duties may ask about allocations: when a key worker was named, asked to change, changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from alongside.allocations.models import (
    LEAD,
    Allocation,
    AllocationQuerySet,
    ChangeRequest,
    EntryKind,
    JointArrangement,
    JointEntry,
    JointShare,
    Method,
    RelationshipRating,
)
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


@provides("joint_work.begun", reads=[JointArrangement])
def joint_work_begun(stay: Stay, of: str) -> Sequence[date]:
    """Since when the work is shared, while it is."""
    found = JointArrangement.objects.filter(stay=stay, ended_on=None)
    return list(found.values_list("begun_on", flat=True))


@provides("joint_work.conferred", reads=[JointArrangement, JointEntry])
def joint_work_conferred(stay: Stay, of: str) -> Sequence[date]:
    """The days on which those who share the work conferred."""
    return _entries(stay, EntryKind.CONFERRED)


@provides("joint_work.checked", reads=[JointArrangement, JointEntry])
def joint_work_checked(stay: Stay, of: str) -> Sequence[date]:
    """The days on which the overseer checked whether it works."""
    return _entries(stay, EntryKind.CHECK)


def _entries(stay: Stay, kind: str) -> Sequence[date]:
    found = JointEntry.objects.filter(arrangement__stay=stay, kind=kind)
    return list(found.order_by("on").values_list("on", flat=True))


@provides("relationship.rated", reads=[RelationshipRating])
def relationship_rated(stay: Stay, of: str) -> Sequence[date]:
    """The days on which they said how they find working with their key worker."""
    found = RelationshipRating.objects.filter(stay=stay).order_by("rated_on")
    return list(found.values_list("rated_on", flat=True))


@knows_holders(reads=[Allocation, JointArrangement])
def holders(stays: Sequence[UUID]) -> dict[UUID, dict[str, UUID]]:
    """Who holds which role on these stays now, and who has which duty of shared work."""
    held: dict[UUID, dict[str, UUID]] = {}
    found = Allocation.objects.filter(stay__in=stays, until_on=None)
    for stay, role, worker in found.values_list("stay_id", "role", "worker_id"):
        held.setdefault(stay, {})[role] = worker
    shares = JointShare.objects.filter(
        arrangement__stay__in=stays, arrangement__ended_on=None
    ).values_list("arrangement__stay_id", "duty", "worker_id")
    for stay, duty, worker in shares:
        held.setdefault(stay, {})[f"{LEAD}/{duty}"] = worker
    return held
