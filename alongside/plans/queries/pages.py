"""What the pages about somebody's plan need, fetched whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404

from alongside.kit.together import read
from alongside.organisation.models import Staff
from alongside.plans.models import (
    Disagreement,
    Goal,
    GoalResult,
    Plan,
    PlanAction,
    PlanCopy,
    PlanLook,
    PlanReading,
    WeeklyForm,
    WeeklyFormQuerySet,
    WeeklyLine,
)
from alongside.plans.queries.actions import agreed_actions, proposals
from alongside.plans.queries.handed_on import looks_at
from alongside.plans.queries.plans import plans_of
from alongside.practice.stages import Task
from alongside.stages.queries import tasks_without_action as open_tasks_without
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A person's plan as it stands: what holds, what is being written, what is done."""

    holds: Plan | None
    waiting: Plan | None
    versions: list[Plan]
    proposed: list[PlanAction]
    going_on: list[PlanAction]
    ended: list[PlanAction]
    tasks: list[Task]
    parked: list[PlanAction]

    @property
    def in_use(self) -> Plan | None:
        """What people work by: what both have signed, else what waits or was refused."""
        return self.holds or next((plan for plan in self.versions if plan.content), None)

    @property
    def achieved(self) -> int:
        return sum(1 for action in self.ended if action.ending == "achieved")


def plan_page(stay: Stay) -> PlanPage:
    """Everything on the plan page, in five queries."""
    versions = list(plans_of(stay))
    actions = list(agreed_actions(stay).soonest_first())
    unanswered = list(proposals(stay))
    parked = PlanAction.objects.for_page().filter(stay=stay, answer="park")
    return PlanPage(
        holds=next((plan for plan in versions if plan.state == "in_force"), None),
        waiting=next((p for p in versions if not p.in_force_at and not p.replaced_at), None),
        versions=versions,
        proposed=unanswered,
        going_on=[action for action in actions if not action.ended_on],
        ended=[action for action in actions if action.ended_on],
        tasks=tasks_without_action(stay, [*actions, *unanswered]),
        parked=list(parked),
    )


def tasks_without_action(stay: Stay, actions: Iterable[PlanAction]) -> list[Task]:
    """The open tasks of the stage they are at that none of these actions works on."""
    return open_tasks_without(stay, {action.task for action in actions})


def goal_for(staff: Staff, goal_id: UUID) -> Goal:
    """That goal, if it is of somebody at a scheme where this person works."""
    goals = Goal.objects.filter(plan__in=Plan.objects.visible_to(staff)).select_related(
        "plan__stay__scheme__organisation", "plan__stay__resident", "plan__stay__bed"
    )
    return get_object_or_404(goals, pk=goal_id)


def disagreement_for(staff: Staff, disagreement_id: UUID) -> Disagreement:
    """That disagreement, if it is about somebody at a scheme where this person works."""
    found = Disagreement.objects.filter(plan__in=Plan.objects.visible_to(staff)).select_related(
        "plan__stay__scheme__organisation", "plan__stay__resident", "plan__stay__bed"
    )
    return get_object_or_404(found, pk=disagreement_id)


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands beside a version: who disagreed, who has read it, who was given a copy."""

    disagreements: list[Disagreement]
    readings: list[PlanReading]
    copies: list[PlanCopy]
    looks: list[PlanLook]


def beside(plan: Plan) -> Beside:
    """All of it, the oldest first; one query."""
    disagreed = plan.disagreements.select_related("decided_by", "by_staff", "by_resident")
    readings = plan.readings.select_related("staff").order_by("read_at")
    copies = plan.copies.all()
    looks = looks_at(plan)
    read(disagreed, readings, copies, looks)
    return Beside(list(disagreed), list(readings), list(copies), list(looks))


def goal_results(stay: Stay) -> dict[UUID, GoalResult]:
    """The latest word on every goal, by its line."""
    results = stay.goal_results.select_related("stay__scheme").order_by("recorded_at")
    return {result.line: result for result in results}


def version_before(plan: Plan) -> Plan | None:
    """The last version before this one whose words were sealed."""
    earlier = Plan.objects.filter(stay_id=plan.stay_id, number__lt=plan.number)
    return earlier.filter(sealed_at__isnull=False).order_by("-number").first()


def weekly_forms(stay: Stay) -> list[WeeklyForm]:
    """The forms of the latest weeks, with their lines."""
    return list(_whole_weeks().filter(stay=stay).order_by("-starts_on")[:26])


def week_form(stay: Stay, starts_on: date) -> WeeklyForm | None:
    """The form of that week, if there is one."""
    return _whole_weeks().filter(stay=stay, starts_on=starts_on).first()


def weekly_form_for(staff: Staff, form_id: UUID) -> WeeklyForm:
    """That form, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(_whole_weeks().visible_to(staff), pk=form_id)


def weekly_line_for(staff: Staff, line_id: UUID) -> WeeklyLine:
    """That line, if it is of somebody at a scheme where this person works."""
    lines = WeeklyLine.objects.filter(form__in=WeeklyForm.objects.visible_to(staff)).select_related(
        "action",
        "form__stay__scheme__organisation",
        "form__stay__resident",
        "form__stay__bed",
    )
    return get_object_or_404(lines, pk=line_id)


def carried_over(stay: Stay, before: date) -> list[PlanAction]:
    """What the last week before this one left open: carried over, partly or not done."""
    last = _whole_weeks().filter(stay=stay, starts_on__lt=before).order_by("-starts_on").first()
    lines = last.lines.all() if last else []
    return [line.action for line in lines if line.result != "done" and not line.action.ended_on]


def _whole_weeks() -> WeeklyFormQuerySet:
    lines = WeeklyLine.objects.select_related("action__staff").order_by("number")
    return WeeklyForm.objects.for_page().prefetch_related(Prefetch("lines", queryset=lines))
