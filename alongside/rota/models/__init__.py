"""The rota: who is down for which shift, who swapped, who came, and what when it fails."""

from __future__ import annotations

from alongside.rota.models.clockings import Clocking, What
from alongside.rota.models.contingency import ContingencyPlan, ContingencyPlanQuerySet
from alongside.rota.models.contracted import ContractedHours
from alongside.rota.models.levels import Level
from alongside.rota.models.swaps import Swap, SwapAnswer, SwapDecision, SwapQuerySet
from alongside.rota.models.turns import Turn, TurnQuerySet

__all__ = [
    "Clocking",
    "ContingencyPlan",
    "ContingencyPlanQuerySet",
    "ContractedHours",
    "Level",
    "Swap",
    "SwapAnswer",
    "SwapDecision",
    "SwapQuerySet",
    "Turn",
    "TurnQuerySet",
    "What",
]
