"""What is asked about the versions of a plan."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.organisation.models import Staff
from alongside.plans.models import Plan, PlanQuerySet
from alongside.stays.models import Stay


def plan_for(staff: Staff, plan_id: UUID) -> Plan:
    """That version, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(Plan.objects.visible_to(staff).for_page(), pk=plan_id)


def plans_of(stay: Stay) -> PlanQuerySet:
    """Every version, the latest first."""
    return Plan.objects.for_page().filter(stay=stay)


def plan_in_force(stay: Stay) -> Plan | None:
    """The version that both have signed, if there is one and agreement was not withdrawn."""
    return plans_of(stay).in_force().first()


def unsettled_plan(stay: Stay) -> Plan | None:
    """The version that is being written, or waits for a signature."""
    return plans_of(stay).unsettled().first()


def latest_plan(stay: Stay) -> Plan | None:
    return plans_of(stay).first()


def plan_in_use(stay: Stay) -> Plan | None:
    """What people work by: the version in force, else the latest there is."""
    return plan_in_force(stay) or latest_plan(stay)
