"""The exact words that are signed, and what differs between two versions of them.

What a plan or a weekly form says is put into plain data once, when the first person signs: with
the labels as they were shown. Pages, the copy for the person and the difference all read that.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from alongside.plans.models import Goal, Plan, PlanAction, PlanStep, WeeklyForm, WhoseIdea
from alongside.plans.queries.needs import needs_of, tasks_of
from alongside.plans.queries.order import in_own_order
from alongside.practice.pack import Pack
from alongside.practice.signers import PLAN, WEEKLY_FORM

type Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """What stands in a version as long as it is a draft: its goals, and its actions."""

    goals: list[Goal]
    steps: list[PlanStep]


def lines_of(plan: Plan) -> Lines:
    """Goals in the person's own order, actions in the order they were written; two queries."""
    steps = plan.steps.select_related("action__staff").order_by("pk")
    return Lines(list(in_own_order(plan)), list(steps))


@dataclass(frozen=True, slots=True)
class DraftGoal:
    """A goal of a draft with its actions."""

    goal: Goal
    actions: list[PlanAction]


def draft_goals(lines: Lines) -> tuple[list[DraftGoal], list[PlanAction]]:
    """The goals of a draft with their actions, and the actions under no goal."""
    goals = [
        DraftGoal(goal, [step.action for step in lines.steps if step.goal_id == goal.pk])
        for goal in lines.goals
    ]
    return goals, [step.action for step in lines.steps if step.goal_id is None]


def content_of_plan(plan: Plan, lines: Lines | None = None) -> Content:
    """What a version says now: sealed words if there are any, else the draft as it stands.

    Its lines are read unless they are at hand.
    """
    if plan.is_sealed():
        return dict(plan.content or {})
    pack = plan.scheme.pack
    lines = lines or lines_of(plan)
    found = pack.choices("principles")
    return {
        "kind": "plan",
        "signers": _signers(pack, PLAN),
        "name": plan.stay.resident.name,
        "number": plan.number,
        "why": plan.why,
        "voice": _answers(pack, "plan_voice", plan.voice),
        "no_voice_because": plan.no_voice_because,
        "sections": _answers(pack, "plan_sections", plan.sections),
        "principles": [str(found.get(key) or key) for key in plan.principles],
        "took_part": plan.took_part,
        "led_by": plan.led_by_says,
        "facilitator": plan.facilitator,
        "rests_on": f"{plan.rests_on.assessed_on:%-d %B %Y}" if plan.rests_on else "",
        "review_on": plan.review_on.isoformat() if plan.review_on else "",
        "goals": [_goal(pack, goal, lines.steps) for goal in lines.goals],
        "actions": [_action(pack, step.action) for step in lines.steps if step.goal_id is None],
    }


def content_of_week(form: WeeklyForm) -> Content:
    """What a weekly form says now: sealed words if there are any, else the lines as they stand."""
    if form.is_sealed():
        return dict(form.content or {})
    pack = form.scheme.pack
    return {
        "kind": "weekly form",
        "signers": _signers(pack, WEEKLY_FORM),
        "name": form.stay.resident.name,
        "starts_on": form.starts_on.isoformat(),
        "completed_by": form.completed_by,
        "lines": [
            {"number": line.number, **_action(pack, line.action)}
            for line in form.lines.select_related("action__staff").order_by("number")
        ],
    }


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that differs: what it is, what it said, and what it says."""

    what: str
    before: str
    after: str


def difference(before: Content, after: Content) -> list[Change]:
    """What changed from one version to the next, in words, in the order of the page."""
    was, now = _flat(before), _flat(after)
    keys = list(dict.fromkeys([*now, *was]))
    return [
        Change(_label(key, was, now), was.get(key, ("", ""))[1], now.get(key, ("", ""))[1])
        for key in keys
        if was.get(key, ("", ""))[1] != now.get(key, ("", ""))[1]
    ]


def _signers(pack: Pack, document: str) -> list[Content]:
    return [
        {"key": one.key, "says": one.says, "required": one.required, "roles": list(one.roles)}
        for one in pack.signers[document]
    ]


def _answers(pack: Pack, listed: str, given: dict[str, str]) -> list[dict[str, str]]:
    choices = pack.choice_lists.get(listed) or ()
    return [
        {"key": choice.key, "says": choice.says, "words": given.get(choice.key, "")}
        for choice in choices
    ]


def _goal(pack: Pack, goal: Goal, steps: Iterable[PlanStep]) -> Content:
    need = needs_of(pack).get(goal.need)
    return {
        "line": str(goal.line),
        "words": goal.words,
        "whose_idea": str(WhoseIdea(goal.whose_idea).label),
        "need": f"{need.key} {need.says}" if need else "",
        "aim": str(aim.says) if (aim := pack.aims.get(goal.aim)) else "",
        "strength": goal.strength,
        "outcome": goal.outcome,
        "measure": goal.measure,
        "matters": goal.matters,
        "by_on": goal.by_on.isoformat() if goal.by_on else "",
        "readiness": _level(pack, goal.readiness),
        "agencies": goal.agencies,
        "actions": [_action(pack, step.action) for step in steps if step.goal_id == goal.pk],
    }


def _action(pack: Pack, action: PlanAction) -> Content:
    need, task = needs_of(pack).get(action.need), tasks_of(pack).get(action.task)
    levels = pack.choice_lists.get("support_levels")
    level = levels.get(action.support_level) if levels else None
    return {
        "id": str(action.pk),
        "text": action.text,
        "when": action.when,
        "who": action.doer,
        "need": f"{need.key} {need.says}" if need else "",
        "task": f"{task.key} {task.says}" if task else "",
        "outcome": action.outcome,
        "support_level": level.says if level else "",
        "agency": action.agency,
    }


def _level(pack: Pack, key: str) -> str:
    for framework in pack.frameworks:
        if level := framework.levels.get(key):
            return level.says
    return ""


GOAL_PARTS = {
    "words": "Goal",
    "whose_idea": "whose idea",
    "need": "need",
    "strength": "strength",
    "outcome": "outcome",
    "measure": "how we will know",
    "matters": "why it matters",
    "by_on": "by when",
    "readiness": "readiness",
    "agencies": "agencies",
}


def _flat(content: Content) -> dict[str, tuple[str, str]]:
    """Every text of a plan under a key of its own, with what it is called."""
    found: dict[str, tuple[str, str]] = {}
    for answer in [*content.get("voice", []), *content.get("sections", [])]:
        found[f"answer {answer['key']}"] = (answer["says"], answer["words"])
    found["led by"] = ("Who leads it", content.get("led_by", ""))
    found["facilitator"] = ("Who brings the talk along", content.get("facilitator", ""))
    found["rests on"] = ("Assessment it rests on", content.get("rests_on", ""))
    found["took part"] = ("Who took part", content.get("took_part", ""))
    found["principles"] = ("Principles it rests on", ", ".join(content.get("principles", [])))
    found["review"] = ("Look at it again on", _day(content.get("review_on", "")))
    for goal in content.get("goals", []):
        for part, says in GOAL_PARTS.items():
            label = says if part == "words" else f"“{goal['words']}”, {says}"
            found[f"goal {goal['line']} {part}"] = (label, goal[part])
        label = f"“{goal['words']}”, aim of the service"
        found[f"goal {goal['line']} aim"] = (label, goal.get("aim", ""))
        found |= _flat_actions(goal["actions"])
    return found | _flat_actions(content.get("actions", []))


def _flat_actions(actions: Iterable[Content]) -> dict[str, tuple[str, str]]:
    return {f"action {action['id']}": ("Action", _said(action)) for action in actions}


def _day(written: str) -> str:
    return f"{date.fromisoformat(written):%-d %B %Y}" if written else ""


def _said(action: Content) -> str:
    told = [action["text"], action["when"], action["who"], action["support_level"]]
    return " · ".join(part for part in told if part)


def _label(key: str, was: dict[str, tuple[str, str]], now: dict[str, tuple[str, str]]) -> str:
    return (now.get(key) or was[key])[0]
