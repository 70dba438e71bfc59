"""The lines that plans, actions and weekly forms put on the timeline."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from typing import Any

from alongside.moments.registry import Line, tells
from alongside.plans.models import GoalResult, Plan, PlanAction, WeeklyForm

EITHER = ("stay__scheme", "by_staff", "by_resident")


@tells(Plan, rows=lambda: Plan.objects.select_related(*EITHER))
def plan_lines(plan: Plan) -> Iterator[Line]:
    """Every turn in the life of a version: begun, refused, in force, withdrawn."""
    turns: list[tuple[str, datetime | None, str, str]] = [
        ("opened", plan.recorded_at, "A new version of the {} was begun", plan.why),
        ("refused", plan.refused_at, "Did not sign the {}", ""),
        ("in_force", plan.in_force_at, "The {} is in force, signed by both", ""),
        ("withdrawn", plan.withdrawn_at, "Took back the agreement to the {}", plan.withdrawn_words),
    ]
    for part, at, said, text in turns:
        if at:
            says = said.format(plan.stay.pack_at(at).term("plan").singular)
            yield _line(plan, part, "plan", f"{says} (version {plan.number})", at=at, text=text)


@tells(PlanAction, rows=lambda: PlanAction.objects.select_related(*EITHER))
def action_lines(action: PlanAction) -> Iterator[Line]:
    """An action proposed, reported, and ended."""
    if not action.replaces_id:
        yield _line(
            action,
            "",
            "action",
            f"Action: {action.text}",
            at=action.recorded_at,
            text=action.outcome,
        )
    if action.reported_at:
        by = "them" if action.reported_by_resident else "staff"
        says = f"Reported as done by {by}: {action.text}"
        yield _line(
            action, "reported", "action", says, at=action.reported_at, text=action.reported_words
        )
    if action.ended_on:
        at = _noon(action, action.ended_on)
        says = f"{action.get_ending_display()}: {action.text}"
        yield _line(action, "ended", "action", says, at=at, text=action.comment)
    if action.outcome_reached_on:
        at = _noon(action, action.outcome_reached_on)
        reached = action.outcome_words or action.outcome
        yield _line(action, "outcome", "action", f"Outcome reached: {reached}", at=at)


@tells(WeeklyForm, rows=lambda: WeeklyForm.objects.select_related(*EITHER))
def week_lines(form: WeeklyForm) -> Iterator[Line]:
    """A weekly form once both have signed it, or the resident did not."""
    if form.in_force_at:
        words = form.stay.pack_at(form.in_force_at).term("weekly_form").singular
        says = f"Signed the {words} for the {form}"
        yield _line(form, "in_force", "plan", says, at=form.in_force_at)
    if form.refused_at:
        words = form.stay.pack_at(form.refused_at).term("weekly_form").singular
        says = f"Did not sign the {words} for the {form}"
        yield _line(form, "refused", "plan", says, at=form.refused_at)


@tells(GoalResult, rows=lambda: GoalResult.objects.select_related(*EITHER))
def goal_line(result: GoalResult) -> Iterator[Line]:
    """What became of a goal."""
    listed = result.stay.scheme.pack.choice_lists.get("goal_results")
    choice = listed.get(result.result) if listed else None
    says = f"Goal: {choice.says if choice else result.result}"
    yield _line(result, "", "goal", says, at=_noon(result, result.on), text=result.comment)


def _line(record: Any, part: str, kind: str, says: str, *, at: datetime, text: str = "") -> Line:
    return Line(
        of=record,
        stay=record.stay,
        kind=kind,
        part=part,
        title=says,
        text=text,
        happened_at=at,
        recorded_at=at if part else record.recorded_at,
        by=record.by_name,
        link=f"/stays/{record.stay_id}/plans/",
    )


def _noon(record: Any, day: Any) -> datetime:
    """A day without a time stands at noon, where the scheme is."""
    return datetime.combine(day, time(12), tzinfo=record.stay.scheme.zone)
