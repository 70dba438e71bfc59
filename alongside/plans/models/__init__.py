"""Plans: versions, goals and steps; actions; the weekly action form; what came of them."""

from __future__ import annotations

from alongside.plans.models.actions import Ending, PlanAction, PlanActionQuerySet, Who
from alongside.plans.models.goals import Goal, GoalResult, WhoseIdea
from alongside.plans.models.plans import (
    Disagreement,
    Plan,
    PlanCopy,
    PlanQuerySet,
    PlanReading,
    PlanStep,
    State,
)
from alongside.plans.models.weekly import WeeklyForm, WeeklyFormQuerySet, WeeklyLine

__all__ = [
    "Disagreement",
    "Ending",
    "Goal",
    "GoalResult",
    "Plan",
    "PlanAction",
    "PlanActionQuerySet",
    "PlanCopy",
    "PlanQuerySet",
    "PlanReading",
    "PlanStep",
    "State",
    "WeeklyForm",
    "WeeklyFormQuerySet",
    "WeeklyLine",
    "Who",
    "WhoseIdea",
]
