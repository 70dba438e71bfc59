"""Who holds a case; how it is shared between two; what it weighs; how the two get on."""

from alongside.allocations.models.holding import (
    LEAD,
    Allocation,
    AllocationQuerySet,
    CaseHandover,
    ChangeRequest,
    ChangeRequestQuerySet,
    Decision,
    EndedBecause,
    Method,
    Wish,
    WorkerProfile,
)
from alongside.allocations.models.sharing import (
    USUAL,
    CaseMark,
    EntryKind,
    JointArrangement,
    JointEntry,
    JointShare,
    JointWorker,
    RelationshipRating,
)

__all__ = [
    "LEAD",
    "USUAL",
    "Allocation",
    "AllocationQuerySet",
    "CaseHandover",
    "CaseMark",
    "ChangeRequest",
    "ChangeRequestQuerySet",
    "Decision",
    "EndedBecause",
    "EntryKind",
    "JointArrangement",
    "JointEntry",
    "JointShare",
    "JointWorker",
    "Method",
    "RelationshipRating",
    "Wish",
    "WorkerProfile",
]
