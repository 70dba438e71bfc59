"""Plans: versions, goals and steps; actions; the weekly action form; what came of them."""

from __future__ import annotations

from alongside.plans.models.actions import Ending, PlanAction, PlanActionQuerySet, Who
from alongside.plans.models.goals import ENDED, GOES_ON, Goal, GoalResult, WhoseIdea
from alongside.plans.models.plans import (
    Disagreement,
    Plan,
    PlanCopy,
    PlanQuerySet,
    PlanReading,
    PlanStep,
    State,
)
from alongside.plans.models.tasks import HandedOn, HandedOnQuerySet, PlanLook
from alongside.plans.models.weekly import WeeklyForm, WeeklyFormQuerySet, WeeklyLine

__all__ = [
    "ENDED",
    "GOES_ON",
    "Disagreement",
    "Ending",
    "Goal",
    "GoalResult",
    "HandedOn",
    "HandedOnQuerySet",
    "Plan",
    "PlanAction",
    "PlanActionQuerySet",
    "PlanCopy",
    "PlanLook",
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
