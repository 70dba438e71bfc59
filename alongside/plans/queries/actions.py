"""What is asked about actions."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.organisation.models import Staff
from alongside.plans.models import Plan, PlanAction, PlanActionQuerySet
from alongside.stays.models import Stay


def action_for(staff: Staff, action_id: UUID) -> PlanAction:
    """That action, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(PlanAction.objects.visible_to(staff).for_page(), pk=action_id)


def action_beside(plan: Plan, staff: Staff, action_id: UUID) -> PlanAction:
    """That action, if it is of the same person as this version of a plan."""
    theirs = PlanAction.objects.visible_to(staff).for_page().filter(stay_id=plan.stay_id)
    return get_object_or_404(theirs, pk=action_id)


def proposals(stay: Stay) -> PlanActionQuerySet:
    """Actions that wait for the resident's answer, oldest first."""
    return PlanAction.objects.for_page().filter(stay=stay).proposed()


def agreed_actions(stay: Stay) -> PlanActionQuerySet:
    """Everything the person has taken on, whatever came of it."""
    return PlanAction.objects.for_page().filter(stay=stay).agreed()


def open_actions(stay: Stay) -> PlanActionQuerySet:
    """Agreed and not ended, soonest first; those without a day last."""
    return PlanAction.objects.for_page().filter(stay=stay).open().soonest_first()


def verified_actions(stay: Stay) -> PlanActionQuerySet:
    """Achieved, and seen by a member of staff, oldest first."""
    return PlanAction.objects.for_page().filter(stay=stay).verified().order_by("ended_on", "pk")
