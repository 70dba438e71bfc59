"""What pages and other rooms ask about plans, actions and weekly forms."""

from __future__ import annotations

from alongside.plans.facts import actions_engaged
from alongside.plans.queries.actions import (
    action_beside,
    action_for,
    agreed_actions,
    open_actions,
    proposals,
    verified_actions,
)
from alongside.plans.queries.needs import needs_of, tasks_of
from alongside.plans.queries.plans import (
    latest_plan,
    plan_for,
    plan_in_force,
    plan_in_use,
    plans_of,
    unsettled_plan,
)

__all__ = [
    "action_beside",
    "action_for",
    "actions_engaged",
    "agreed_actions",
    "latest_plan",
    "needs_of",
    "open_actions",
    "plan_for",
    "plan_in_force",
    "plan_in_use",
    "plans_of",
    "proposals",
    "tasks_of",
    "unsettled_plan",
    "verified_actions",
]
