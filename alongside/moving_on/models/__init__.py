"""Moving on: the plan and what stands in its way, the search for a home, the move itself."""

from __future__ import annotations

from alongside.moving_on.models.housing import (
    Application,
    EvidenceAsked,
    Offer,
    Provider,
    RatingEntry,
    SearchEntry,
    Viewing,
)
from alongside.moving_on.models.leaving import Departure, HandoverDocument, Move, RiskTold
from alongside.moving_on.models.planning import (
    Barrier,
    HomeStep,
    Issue,
    IssueComment,
    MoveOnPlan,
    MoveOnTask,
    Target,
)

__all__ = [
    "Application",
    "Barrier",
    "Departure",
    "EvidenceAsked",
    "HandoverDocument",
    "HomeStep",
    "Issue",
    "IssueComment",
    "Move",
    "MoveOnPlan",
    "MoveOnTask",
    "Offer",
    "Provider",
    "RatingEntry",
    "RiskTold",
    "SearchEntry",
    "Target",
    "Viewing",
]
