"""The order in which goals stand."""

from __future__ import annotations

from django.db.models import F, QuerySet

from alongside.plans.models import Goal, Plan


def in_own_order(plan: Plan) -> QuerySet[Goal]:
    """What matters most to the person first; goals without a rank after, as they were written."""
    return plan.goals.order_by(F("rank").asc(nulls_last=True), "pk")
