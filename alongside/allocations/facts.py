"""What duties may ask about allocations: when a key worker was named, asked to change, changed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from alongside.allocations.models import (
    LEAD,
    Allocation,
    ChangeRequest,
    EntryKind,
    JointArrangement,
    JointEntry,
    JointShare,
    Method,
    RelationshipRating,
)
from alongside.duties.engine import Happening
from alongside.duties.facts import from_rows
from alongside.duties.owners import knows_holders
from alongside.stays.models import Stay


@from_rows(
    "key_worker.named",
    reads=[Allocation],
    rows=lambda _: Allocation.objects.leading(),
    columns=["from_on"],
)
def named(stay: Stay, day: date) -> date:
    """Every day a key worker was named, a temporary one included."""
    return day


@from_rows(
    "key_worker.allocated",
    reads=[Allocation],
    rows=lambda _: Allocation.objects.lasting().leading(),
    columns=["from_on"],
)
def allocated(stay: Stay, day: date) -> date:
    """Every day a lasting key worker was named."""
    return day


@from_rows(
    "key_worker.temporary_named",
    reads=[Allocation],
    rows=lambda _: Allocation.objects.leading().filter(method=Method.TEMPORARY),
    columns=["from_on"],
)
def temporary_named(stay: Stay, day: date) -> date:
    """Every day a key worker was named for the time being."""
    return day


@from_rows(
    "key_worker.change_asked",
    reads=[ChangeRequest],
    rows=lambda _: ChangeRequest.objects.all(),
    columns=["asked_on", "about_id"],
)
def change_asked(stay: Stay, day: date, about: UUID) -> Happening:
    """Every day another key worker was asked for; whom it is about never answers it."""
    return Happening(day, concerning=str(about))


@from_rows(
    "key_worker.change_decided",
    reads=[ChangeRequest],
    rows=lambda _: ChangeRequest.objects.filter(decided_on__isnull=False),
    columns=["decided_on"],
)
def change_decided(stay: Stay, day: date) -> date:
    """Every day a request for another key worker was answered or taken back."""
    return day


@from_rows(
    "joint_work.begun",
    reads=[JointArrangement],
    rows=lambda _: JointArrangement.objects.filter(ended_on=None),
    columns=["begun_on"],
)
def joint_work_begun(stay: Stay, day: date) -> date:
    """Since when the work is shared, while it is."""
    return day


@from_rows(
    "joint_work.conferred",
    reads=[JointArrangement, JointEntry],
    rows=lambda _: JointEntry.objects.filter(kind=EntryKind.CONFERRED),
    columns=["on"],
    path="arrangement__stay",
)
def joint_work_conferred(stay: Stay, day: date) -> date:
    """The days on which those who share the work conferred."""
    return day


@from_rows(
    "joint_work.checked",
    reads=[JointArrangement, JointEntry],
    rows=lambda _: JointEntry.objects.filter(kind=EntryKind.CHECK),
    columns=["on"],
    path="arrangement__stay",
)
def joint_work_checked(stay: Stay, day: date) -> date:
    """The days on which the overseer checked whether it works."""
    return day


@from_rows(
    "relationship.rated",
    reads=[RelationshipRating],
    rows=lambda _: RelationshipRating.objects.all(),
    columns=["rated_on"],
)
def relationship_rated(stay: Stay, day: date) -> date:
    """The days on which they said how they find working with their key worker."""
    return day


@knows_holders(reads=[Allocation, JointArrangement])
def holders(stays: Sequence[UUID], on: date | None) -> dict[UUID, dict[str, UUID]]:
    """Who holds, or held on a day, which role on these stays, and which duty of shared work."""
    held: dict[UUID, dict[str, UUID]] = {}
    holding, shared = Q(until_on=None), Q(arrangement__ended_on=None)
    if on:
        holding = Q(from_on__lte=on) & (holding | Q(until_on__gt=on))
        shared |= Q(arrangement__ended_on__gt=on)
        shared &= Q(arrangement__begun_on__lte=on)
    found = Allocation.objects.filter(holding, stay__in=stays).order_by("from_on", "pk")
    for stay, role, worker in found.values_list("stay_id", "role", "worker_id"):
        held.setdefault(stay, {})[role] = worker
    shares = JointShare.objects.filter(shared, arrangement__stay__in=stays).values_list(
        "arrangement__stay_id", "duty", "worker_id"
    )
    for stay, duty, worker in shares:
        held.setdefault(stay, {})[f"{LEAD}/{duty}"] = worker
    return held
