"""Going through a plan that does not have to change, and the order of its goals."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import Goal, Plan, PlanLook
from alongside.plans.operations.checks import require_words
from alongside.plans.operations.versions import is_locked
from alongside.practice.actions import Action


def does_not_hold(plan: Plan) -> Refused | None:
    """Only a plan that is in force is kept as it is."""
    if plan.in_force_at and not plan.replaced_at and not plan.withdrawn_at:
        return None
    return Refused(
        "This version is not in force.", instead="Go through the one that is, or sign this one."
    )


@operation("plan.looked_at", needs=Action.WRITE_PLAN, unless=does_not_hold)
def look_at_plan(
    plan: Plan, *, by: Staff, words: str, again_on: date, looked_on: date | None = None
) -> PlanLook:
    """Record that a plan was gone through with the person and nothing has to change.

    `again_on` is the day on which it is looked at again; the agreed words stay as they are.

    Refused when the version is not in force, nothing is told of the talk, or the next day is not
    a later one.
    Source: job description, Effective: support and safety plans kept up to date.
    """
    today = plan.scheme.today()
    day = looked_on or today
    if day > today:
        raise Refused(
            "That day is still to come.", instead="Give the day of the talk.", field="looked_on"
        )
    plan.stay.require_current(on=day, field="looked_on")
    if again_on <= day:
        raise Refused(
            "It is to be looked at again on a later day.",
            instead="Choose a day after this one.",
            field="again_on",
        )
    plan.looked_at, plan.again_on = clock.now(), again_on
    plan.save(update_fields=["looked_at", "again_on"])
    return PlanLook.objects.create(
        stay=plan.stay,
        plan=plan,
        looked_on=day,
        again_on=again_on,
        words=require_words(words, field="words", instead="Write what you talked about."),
        looked_by=by,
    )


@operation("goals.ranked", needs=Action.WRITE_PLAN, unless=is_locked)
def rank_goals(plan: Plan, *, by: Actor, order: Sequence[UUID]) -> Plan:
    """Put the goals of a draft in the order of what matters most to the person.

    `order` are keys of goals, the first one first; goals that are not named come after.

    Refused when the version is signed, or a key is not of one of its goals.
    """
    goals = {goal.pk: goal for goal in plan.goals.all()}
    if unknown := [key for key in order if key not in goals]:
        raise Refused(
            f"{len(unknown)} of these goals are not in this version.",
            instead="Open the page again and choose from what it shows.",
            field="order",
        )
    for rank, key in enumerate(order, start=1):
        goals[key].rank = rank
    Goal.objects.bulk_update(goals.values(), ["rank"])
    plan.version += 1
    plan.changed_at = clock.now()
    plan.save(update_fields=["version", "changed_at"])
    return plan
