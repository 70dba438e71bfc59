"""Tasks that were handed on, and the times a plan was kept as it is."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from alongside.organisation.models import Staff
from alongside.plans.models import HandedOn, HandedOnQuerySet, Plan, PlanLook
from alongside.stays.models import Stay


def task_for(staff: Staff, task_id: UUID) -> HandedOn:
    """That task, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(HandedOn.objects.visible_to(staff).for_page(), pk=task_id)


def tasks_of_stay(stay: Stay) -> HandedOnQuerySet:
    """What was handed on of this person’s plan, the open ones by day."""
    return HandedOn.objects.for_page().filter(stay=stay).order_by("done_at", "due_on", "pk")


def handed_to(staff: Any, scheme: Any) -> HandedOnQuerySet:
    """What was handed to this person here and is open, the soonest first; by record or key."""
    found = HandedOn.objects.for_page().open().filter(to=staff, stay__scheme=scheme)
    return found.filter(stay__moved_out_on=None).order_by("due_on", "pk")


def looks_at(plan: Plan) -> QuerySet[PlanLook]:
    """Every time this version was gone through without a change, oldest first."""
    return PlanLook.objects.filter(plan=plan).select_related("looked_by").order_by("looked_on")
