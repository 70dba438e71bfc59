"""Writing the move-on plan, its target day, barriers, steps, and what workers share."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.moving_on.facts import current_plan, target_of
from alongside.moving_on.models import (
    Barrier,
    HomeStep,
    Issue,
    IssueComment,
    MoveOnPlan,
    MoveOnTask,
    Target,
)
from alongside.moving_on.operations.checks import (
    require_listed,
    require_past,
    require_reason,
    require_words,
    stay_has_ended,
)
from alongside.moving_on.queries.planning import has_open_step
from alongside.organisation.models import Staff
from alongside.plans.operations import add_action
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("move_on_plan.written", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def write_plan(
    stay: Stay,
    *,
    by: Staff,
    housing: str,
    goal: str,
    area: str = "",
    size: str = "",
    needs: str = "",
    documents: str = "",
    their_words: str = "",
    written_together: bool = True,
    change_reason: str = "",
    change_words: str = "",
) -> MoveOnPlan:
    """Write the move-on plan with somebody, or another version of it.

    `housing` is a key of the pack's list `housing_choices`; another version needs a reason of
    the list `move_on_plan_changed`, and is not confirmed until a manager confirms it again.

    Refused when no home is described, or another version does not say why.
    Source: key worker position description (source 000); Key Working, Project Workers.
    """
    require_listed(stay.scheme, "housing_choices", housing, field="housing")
    before = current_plan(stay)
    if before:
        require_reason(
            stay.scheme, "move_on_plan_changed", change_reason, change_words,
            field="change_reason", words_in="change_words",
        )  # fmt: skip
    return MoveOnPlan.objects.create(
        stay=stay,
        number=before.number + 1 if before else 1,
        housing=housing,
        goal=require_words(goal, field="goal"),
        area=area,
        size=size,
        needs=needs,
        documents=documents,
        their_words=their_words,
        written_together=written_together,
        change_reason=change_reason if before else "",
        change_words=change_words if before else "",
        written_on=stay.scheme.today(),
        recorded_by=by,
    )


def cannot_be_confirmed(plan: MoveOnPlan) -> Refused | None:
    """A version is confirmed once, and only the latest, with a goal, a step and a day."""
    if ended := stay_has_ended(plan.stay):
        return ended
    if plan.confirmed_on:
        return Refused("This version is confirmed already.", instead="There is nothing to do.")
    latest = current_plan(plan.stay)
    if latest and latest.pk != plan.pk:
        return Refused("There is a later version.", instead="Confirm that one.")
    if not has_open_step(plan.stay):
        return Refused(
            "The plan has no step yet.", instead="Add what somebody will do, and by when, first."
        )
    return None


@operation("move_on_plan.confirmed", needs=Action.CONFIRM_MOVE_ON_PLAN, unless=cannot_be_confirmed)
def confirm_plan(plan: MoveOnPlan, *, by: Staff, words: str = "") -> MoveOnPlan:
    """Mark a move-on plan as clear and achievable, which is evidence for a stage.

    Refused for an earlier version, and for a plan without a step somebody will take by a day.
    Source: Key Working, Appendix 2, Stage 3.
    """
    plan.confirmed_on, plan.confirmed_by = plan.scheme.today(), by
    plan.confirmed_words = words
    plan.save(update_fields=["confirmed_on", "confirmed_by", "confirmed_words"])
    return plan


@operation("move_on_target.set", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def set_target(stay: Stay, *, by: Staff, target_on: date, reason: str, words: str = "") -> Target:
    """Set another day by which somebody should have moved on. Staying longer is no fault.

    `reason` is a key of the pack's list `move_on_target`.

    Refused without a reason, for a day that is over, or for the day that holds already.
    Source: key worker position description (source 000), Service.
    """
    if target_on < stay.scheme.today():
        raise Refused(
            "That day is over.", instead="Choose one that is still to come.", field="target_on"
        )
    before = target_of(stay)
    if target_on == before:
        raise Refused(
            "That is the day it has now.", instead="Choose another, or leave it.", field="target_on"
        )
    require_reason(stay.scheme, "move_on_target", reason, words, words_in="words")
    return Target.objects.create(
        stay=stay,
        target_on=target_on,
        before_on=before,
        reason=reason,
        words=words,
        set_on=stay.scheme.today(),
        recorded_by=by,
    )


@operation("move_on_barrier.named", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def name_barrier(
    stay: Stay,
    *,
    by: Staff,
    area: str,
    what: str,
    since_on: date,
    effect: str = "",
    who_helps: str = "",
    step: str = "",
) -> Barrier:
    """Name something that stands in the way. `area` is a key of the list `barrier_areas`.

    Refused when it is not named, or began on a day to come.
    """
    require_listed(stay.scheme, "barrier_areas", area, field="area")
    require_past(stay.scheme, since_on, field="since_on")
    return Barrier.objects.create(
        stay=stay,
        area=area,
        what=require_words(what, field="what"),
        since_on=since_on,
        effect=effect,
        who_helps=who_helps,
        step=step,
        recorded_by=by,
    )


def barrier_is_closed(barrier: Barrier) -> Refused | None:
    """A barrier is overcome once."""
    if barrier.closed_on is None:
        return None
    return Refused("This is out of the way already.", instead="Name it again if it came back.")


@operation("move_on_barrier.closed", needs=Action.PLAN_MOVE_ON, unless=barrier_is_closed)
def close_barrier(barrier: Barrier, *, by: Staff, closed_on: date, words: str) -> Barrier:
    """Record that a barrier is out of the way, since when, and how that came about."""
    require_past(barrier.scheme, closed_on, field="closed_on")
    barrier.closed_words = require_words(words, field="words")
    barrier.closed_on, barrier.closed_by = closed_on, by
    barrier.save(update_fields=["closed_on", "closed_by", "closed_words"])
    return barrier


@operation("move_on_task.added", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def add_task(
    stay: Stay,
    *,
    by: Staff,
    text: str,
    when_on: date,
    who: str = "resident",
    staff: Staff | None = None,
    barrier: Barrier | None = None,
) -> MoveOnTask:
    """Agree a step toward moving on: an action like every other, done and checked like them.

    `who` is "resident", "together", "staff" (then `staff` says who) or "other".

    Refused when nothing is written, the day is over, or the barrier is somebody else's.
    """
    if when_on < stay.scheme.today():
        raise Refused(
            "That day is over.", instead="Choose one that is still to come.", field="when_on"
        )
    if barrier and barrier.stay_id != stay.pk:
        raise Refused("That is on another file.", instead="Choose one here.", field="barrier")
    action = add_action(stay, by=by, text=text, when_on=when_on, who=who, staff=staff)
    return MoveOnTask.objects.create(stay=stay, action=action, barrier=barrier, recorded_by=by)


@operation("home_step.planned", needs=Action.PLAN_MOVE_ON)
def plan_home_step(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    phase: str,
    what: str = "",
    source: str = "",
    cost: Decimal | None = None,
    due_on: date | None = None,
) -> HomeStep:
    """Put something on the list for the new home: `source` is where it comes from.

    `kind` is a key of the list `home_set_up`, `phase` of `move_phases`. Also after the move.
    """
    require_listed(stay.scheme, "home_set_up", kind, field="kind")
    require_listed(stay.scheme, "move_phases", phase, field="phase")
    if stay.scheme.pack.choices("home_set_up")[kind].needs_text and not what.strip():
        raise Refused("That says too little by itself.", instead="Write what it is.", field="what")
    return HomeStep.objects.create(
        stay=stay,
        kind=kind,
        phase=phase,
        what=what,
        source=source,
        cost=cost,
        due_on=due_on,
        recorded_by=by,
    )


def home_step_is_done(step: HomeStep) -> Refused | None:
    """A thing is arranged once."""
    if step.done_on is None:
        return None
    return Refused("This is done already.", instead="There is nothing to do.")


@operation("home_step.done", needs=Action.PLAN_MOVE_ON, unless=home_step_is_done)
def do_home_step(
    step: HomeStep, *, by: Staff, done_on: date, source: str = "", cost: Decimal | None = None
) -> HomeStep:
    """Record that something for the new home is arranged, and what it cost if that is known now."""
    require_past(step.scheme, done_on, field="done_on")
    step.done_on, step.done_by = done_on, by
    step.source = source or step.source
    step.cost = step.cost if cost is None else cost
    step.save(update_fields=["done_on", "done_by", "source", "cost"])
    return step


@operation("resettlement.issue_raised", needs=Action.PLAN_MOVE_ON, unless=stay_has_ended)
def raise_issue(stay: Stay, *, by: Staff, what: str, owner: Staff) -> Issue:
    """Put something on the list that workers share, with the one who sees to it.

    Refused when nothing is written, or the owner does not work here.
    Source: Key Working, Project Workers.
    """
    if stay.scheme_id not in owner.scheme_ids():
        raise Refused(
            f"{owner} does not work here.", instead="Choose somebody who does.", field="owner"
        )
    return Issue.objects.create(
        stay=stay,
        what=require_words(what, field="what"),
        owner=owner,
        raised_on=stay.scheme.today(),
        recorded_by=by,
    )


def issue_is_settled(issue: Issue) -> Refused | None:
    """An issue is settled once."""
    if issue.settled_on is None:
        return None
    return Refused("This is settled.", instead="Raise it again if it came back.")


@operation("resettlement.commented", needs=Action.PLAN_MOVE_ON, unless=issue_is_settled)
def comment_on_issue(issue: Issue, *, by: Staff, words: str) -> IssueComment:
    """Add to a shared issue what the other workers should know."""
    said = require_words(words, field="words")
    return IssueComment.objects.create(issue=issue, words=said, recorded_by=by)


@operation("resettlement.issue_settled", needs=Action.PLAN_MOVE_ON, unless=issue_is_settled)
def settle_issue(issue: Issue, *, by: Staff, words: str) -> Issue:
    """Record that a shared issue is settled, and how."""
    issue.settled_words = require_words(words, field="words")
    issue.settled_on, issue.settled_by = issue.scheme.today(), by
    issue.save(update_fields=["settled_on", "settled_by", "settled_words"])
    return issue
