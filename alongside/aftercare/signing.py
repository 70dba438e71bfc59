"""Who signs the plan for the weeks after a move."""

from __future__ import annotations

from alongside.aftercare.models import AftercarePlan
from alongside.plans.queries.signing import as_sealed
from alongside.practice.signers import AFTERCARE_PLAN, Signer


def signers_of(plan: AftercarePlan) -> list[Signer]:
    """Those who sign it: as they were at the first signature, else as the practice has them now."""
    if plan.signers is not None:
        return as_sealed(plan.signers)
    return list(plan.scheme.pack.signers[AFTERCARE_PLAN])
