"""Stages: each move of a person, what they offer as evidence, and what is decided about it."""

from __future__ import annotations

from alongside.stages.models.evidence import (
    Dispute,
    Evidence,
    EvidenceNote,
    EvidenceQuerySet,
    Reading,
    Verdict,
    evidence_place,
)
from alongside.stages.models.moves import (
    VARIED_MOVES,
    Move,
    MoveAnswer,
    StageMove,
    StageMoveQuerySet,
)
from alongside.stages.models.tasks import (
    VARIATIONS,
    Decided,
    Reconciliation,
    TaskDecision,
    TaskDecisionQuerySet,
)

__all__ = [
    "VARIATIONS",
    "VARIED_MOVES",
    "Decided",
    "Dispute",
    "Evidence",
    "EvidenceNote",
    "EvidenceQuerySet",
    "Move",
    "MoveAnswer",
    "Reading",
    "Reconciliation",
    "StageMove",
    "StageMoveQuerySet",
    "TaskDecision",
    "TaskDecisionQuerySet",
    "Verdict",
    "evidence_place",
]
