"""A plan's versions: opening one, writing it together, its goals, and its actions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, time
from typing import Any

from alongside.assessments.queries import latest_completed
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import (
    GOES_ON,
    Goal,
    GoalResult,
    Plan,
    PlanAction,
    PlanStep,
    Who,
    WhoseIdea,
)
from alongside.plans.operations.actions import add_action, check_action
from alongside.plans.operations.checks import (
    require_choice,
    require_known,
    require_latest,
    require_words,
    stay_has_ended,
)
from alongside.plans.queries.plans import latest_plan, unsettled_plan
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.stays.models import Stay


def is_locked(plan: Plan) -> Refused | None:
    """What somebody signed never changes."""
    if plan.replaced_at:
        return Refused("A later version has replaced this one.", instead="Change the later one.")
    if plan.is_sealed():
        return Refused(
            "This version has been signed, so its words are locked.",
            instead="Open a new version and change that. This one holds until both have signed.",
        )
    return None


def goal_is_locked(goal: Goal) -> Refused | None:
    return is_locked(goal.plan)


@operation("plan.version_opened", needs=Action.WRITE_PLAN, unless=stay_has_ended)
def open_version(stay: Stay, *, by: Actor, why: str = "") -> Plan:
    """Begin a version: the first, or the next one with everything of the last that still goes on.

    A version in force stays so until both have signed the new one; one that waited for
    signatures gives way. It rests on the latest assessment.

    Refused when a version is being written already, or there is no reason for another.
    """
    last, waiting = latest_plan(stay), unsettled_plan(stay)
    if waiting and not waiting.is_sealed():
        raise Refused("A version is being written already.", instead="Go on with that one.")
    if last:
        why = require_words(why, field="why", instead="Say why the plan changes.")
    if waiting:
        Plan.objects.filter(pk=waiting.pk).update(replaced_at=clock.now())
    plan = Plan(stay=stay, number=last.number + 1 if last else 1, why=why, **made_by(by))
    if last:
        plan.voice, plan.sections = dict(last.voice), dict(last.sections)
        plan.took_part, plan.principles = last.took_part, list(last.principles)
        plan.led_by, plan.facilitator = last.led_by, last.facilitator
    found = latest_completed(stay)
    plan.rests_on = found.assessment if found else None
    plan.save(force_insert=True)
    if last:
        _take_along(last, plan)
    else:
        _take_agreed(plan)
    return plan


@operation("plan.written", needs=Action.WRITE_PLAN, unless=is_locked)
def write_plan(
    plan: Plan,
    *,
    by: Actor,
    voice: dict[str, str],
    sections: dict[str, str] | None = None,
    no_voice_because: str = "",
    took_part: str = "",
    review_on: date | None = None,
    led_by: str = "",
    facilitator: str = "",
    principles: Sequence[str] | None = None,
    version: int | None = None,
) -> Plan:
    """Save the words of a draft: the person's own, the other parts, who took part, who leads it.

    `led_by` is a key of the pack's list `plan_led_by` (the person, their whānau or family, the
    team); `facilitator` is who brings the talk along.
    `voice` and `sections` go by the keys of the pack's lists `plan_voice` and `plan_sections`.
    `version` is the number of saves the page had seen. `principles` are those of the practice that
    it rests on, as tags; left out they stay.

    Refused when the version is signed, or somebody else saved it meanwhile (both texts are
    then shown).
    """
    sections = sections or {}
    if led_by:
        require_choice(plan.stay, "plan_led_by", led_by, field="led_by")
    if principles is not None:
        _require_principles(plan, principles)
    own = {f"voice_{key}": text for key, text in plan.voice.items()}
    rest = {f"section_{key}": text for key, text in plan.sections.items()}
    require_latest(
        plan.version,
        version,
        theirs={**own, **rest, "took_part": plan.took_part},
        mine={
            **{f"voice_{key}": text for key, text in voice.items()},
            **{f"section_{key}": text for key, text in sections.items()},
            "took_part": took_part,
        },
    )
    plan.voice, plan.sections = voice, sections
    plan.no_voice_because, plan.took_part, plan.review_on = no_voice_because, took_part, review_on
    plan.led_by, plan.facilitator = led_by, facilitator.strip()
    plan.principles = plan.principles if principles is None else list(principles)
    return _changed(
        plan, "voice", "sections", "no_voice_because", "took_part", "review_on", "led_by",
        "facilitator", "principles",
    )  # fmt: skip


def _require_principles(plan: Plan, principles: Sequence[str]) -> None:
    known = {choice.key for choice in plan.scheme.pack.principles} | set(plan.principles)
    if not set(principles) <= known:
        raise Refused(
            "That is not a principle of this practice.",
            instead="Choose from the list.",
            field="principles",
        )


@operation("goal.added", needs=Action.WRITE_PLAN, unless=is_locked)
def add_goal(
    plan: Plan,
    *,
    by: Actor,
    words: str,
    whose_idea: str,
    need: str = "",
    aim: str | None = None,
    strength: str = "",
    outcome: str = "",
    measure: str = "",
    matters: str = "",
    by_on: date | None = None,
    readiness: str = "",
    agencies: str = "",
) -> Goal:
    """Write down what the person wants to reach, in their own words, and whose idea it was.

    `aim` is the aim or objective of the service that it serves, if one was named.

    Refused when there are no words, or the need or the aim is not known here.
    """
    _check_goal(plan.stay, words=words, whose_idea=whose_idea, need=need)
    _require_aim(plan, aim or "")
    goal = Goal.objects.create(
        plan=plan, words=words.strip(), whose_idea=whose_idea, need=need, strength=strength,
        aim=aim or "",
        outcome=outcome, measure=measure, matters=matters, by_on=by_on, readiness=readiness,
        agencies=agencies,
    )  # fmt: skip
    _changed(plan)
    return goal


@operation("goal.changed", needs=Action.WRITE_PLAN, unless=goal_is_locked)
def change_goal(
    goal: Goal,
    *,
    by: Actor,
    words: str,
    whose_idea: str,
    need: str = "",
    aim: str | None = None,
    strength: str = "",
    outcome: str = "",
    measure: str = "",
    matters: str = "",
    by_on: date | None = None,
    readiness: str = "",
    agencies: str = "",
    version: int | None = None,
) -> Goal:
    """Put a goal of a draft into other words.

    Refused as `add_goal` is, when the version is signed, and when somebody else changed it
    meanwhile (both texts are then shown).
    """
    _check_goal(goal.plan.stay, words=words, whose_idea=whose_idea, need=need)
    written: dict[str, Any] = {
        "words": words, "strength": strength, "outcome": outcome, "measure": measure,
        "matters": matters, "agencies": agencies,
    }  # fmt: skip
    require_latest(
        goal.version,
        version,
        theirs={field: getattr(goal, field) for field in written},
        mine=written,
    )
    written |= {"whose_idea": whose_idea, "need": need, "by_on": by_on, "readiness": readiness}
    if aim is not None and aim != goal.aim:
        _require_aim(goal.plan, aim)
        written["aim"] = aim
    for field, value in written.items():
        setattr(goal, field, value)
    goal.version += 1
    goal.save(update_fields=[*written, "version"])
    _changed(goal.plan)
    return goal


def _require_aim(plan: Plan, aim: str) -> None:
    if aim and aim not in {one.key for one in plan.scheme.pack.aims_in_order}:
        raise Refused(
            "That is not an aim of this service.", instead="Choose one of the list.", field="aim"
        )


@operation("goal.removed", needs=Action.WRITE_PLAN, unless=is_locked)
def remove_goal(plan: Plan, *, by: Actor, goal: Goal) -> Plan:
    """Take a goal out of a draft; its actions stay in the plan. Earlier versions keep it."""
    plan.goals.filter(pk=goal.pk).delete()
    return _changed(plan)


@operation("goal.result_recorded", needs=Action.REPORT_ACTION)
def record_goal_result(
    plan: Plan, *, by: Actor, goal: Goal, result: str, comment: str = "", on: date | None = None
) -> GoalResult:
    """Say what became of a goal, with the person's own comment; or that they park it for now.

    `result` is a key of the pack's list `goal_results`. Works on a signed version too, as it
    changes none of its words.

    Refused when the goal is not of this version, or the result is not on the list.
    """
    if goal.plan_id != plan.pk:
        raise Refused("That goal is not in this plan.", instead="Choose one that is.")
    require_words(result, field="result", instead="Choose what became of it.")
    require_choice(plan.stay, "goal_results", result, field="result")
    day = on or plan.scheme.today()
    plan.stay.require_current(on=day, field="on")
    return GoalResult.objects.create(
        stay=plan.stay, line=goal.line, result=result, comment=comment, on=day, **made_by(by)
    )


@operation("plan.action_written", needs=Action.WRITE_PLAN, unless=is_locked)
def write_action(
    plan: Plan,
    *,
    by: Actor,
    text: str,
    goal: Goal | None = None,
    need: str = "",
    outcome: str = "",
    when_on: date | None = None,
    when_time: time | None = None,
    when_words: str = "",
    who: str = Who.RESIDENT,
    staff: Staff | None = None,
    support_level: str = "",
    task: str = "",
    agency: str = "",
    completed_by: str = "",
) -> PlanAction:
    """Write an action into a draft, under a goal or on its own. Refused as `add_action` is.

    An action under a goal serves the goal's need and outcome unless it names its own.
    """
    action = add_action(
        plan.stay, by=by, text=text, need=need or (goal.need if goal else ""),
        outcome=outcome or (goal.outcome if goal else ""), when_on=when_on, when_time=when_time,
        when_words=when_words, who=who, staff=staff, support_level=support_level, task=task,
        agency=agency, completed_by=completed_by,
    )  # fmt: skip
    PlanStep.objects.create(plan=plan, action=action, goal=goal)
    _changed(plan)
    return action


@operation("plan.action_rewritten", needs=Action.WRITE_PLAN, unless=is_locked)
def rewrite_action(
    plan: Plan,
    *,
    by: Actor,
    action: PlanAction,
    text: str,
    need: str = "",
    outcome: str = "",
    when_on: date | None = None,
    when_time: time | None = None,
    when_words: str = "",
    who: str = Who.RESIDENT,
    staff: Staff | None = None,
    support_level: str = "",
    task: str = "",
    agency: str = "",
    version: int | None = None,
) -> PlanAction:
    """Put an action of a draft into other words.

    One whose words were signed stays as it is; the draft then holds another in its place, which
    takes over when both have signed.

    Refused as `add_action` is, and when somebody else changed it meanwhile.
    """
    step = plan.steps.select_related("action").filter(action=action).first()
    if step is None:
        raise Refused("This action is not in this version.", instead="Add it first.")
    check_action(plan.stay, need=need, task=task, support_level=support_level, who=who, staff=staff)
    held = step.action
    written: dict[str, Any] = {
        "text": require_words(text, field="text", instead="Write what you will do."),
        "outcome": outcome, "when_words": when_words, "agency": agency,
    }  # fmt: skip
    theirs = {field: getattr(held, field) for field in written}
    require_latest(held.version, version, theirs=theirs, mine=written)
    written |= {
        "need": need, "when_on": when_on, "when_time": when_time, "who": who,
        "staff": staff if who == Who.STAFF else None, "support_level": support_level,
        "task": task,
    }  # fmt: skip
    if _was_signed(held):
        held = _in_other_words(held, written, by)
        step.action = held
        step.save(update_fields=["action"])
    else:
        for field, value in written.items():
            setattr(held, field, value)
        held.version += 1
        held.save(update_fields=[*written, "version"])
    _changed(plan)
    return held


@operation("plan.action_taken_out", needs=Action.WRITE_PLAN, unless=is_locked)
def take_out_action(plan: Plan, *, by: Actor, action: PlanAction) -> Plan:
    """Take an action out of a draft. The action itself stays, open, outside the plan."""
    plan.steps.filter(action=action).delete()
    return _changed(plan)


@operation("plan.action_put_in", needs=Action.WRITE_PLAN, unless=is_locked)
def put_in_action(plan: Plan, *, by: Actor, action: PlanAction, goal: Goal | None = None) -> Plan:
    """Put an action the person has agreed to into a draft, perhaps under a goal."""
    if action.stay_id != plan.stay_id:
        raise Refused("That action is somebody else’s.", instead="Choose one of this person’s.")
    PlanStep.objects.update_or_create(plan=plan, action=action, defaults={"goal": goal})
    return _changed(plan)


def _check_goal(stay: Stay, *, words: str, whose_idea: str, need: str) -> None:
    require_words(words, field="words", instead="Write what they want, in their own words.")
    require_known(stay, need=need)
    if whose_idea not in WhoseIdea.values:
        raise Refused(
            "It does not say whose idea this was.", instead="Choose one.", field="whose_idea"
        )


def _changed(plan: Plan, *fields: str) -> Plan:
    plan.version += 1
    plan.changed_at = clock.now()
    plan.save(update_fields=[*fields, "version", "changed_at"])
    return plan


def _take_along(last: Plan, plan: Plan) -> None:
    """The goals and actions that still go on, into the next version."""
    over = set(
        GoalResult.objects.filter(stay=plan.stay)
        .exclude(result__in=GOES_ON)
        .values_list("line", flat=True)
    )
    goals: dict[Any, Goal] = {}
    for goal in last.goals.exclude(line__in=over).order_by("pk"):
        before = goal.pk
        goal.pk, goal.plan, goal.version = None, plan, 1
        goal.id = Goal._meta.pk.get_default()
        goal.save(force_insert=True)
        goals[before] = goal
    going_on = last.steps.filter(action__ended_on=None, action__replaced_at=None).order_by("pk")
    for step in going_on:
        PlanStep.objects.create(plan=plan, action_id=step.action_id, goal=goals.get(step.goal_id))
    _take_agreed(plan)


def _take_agreed(plan: Plan) -> None:
    """What the person agreed to outside the plan comes into the next version by itself."""
    steps = plan.steps.values_list("action_id", "action__replaces_id")
    there = {pk for pair in steps for pk in pair}
    for action in PlanAction.objects.filter(stay=plan.stay).open():
        if action.pk not in there:
            PlanStep.objects.create(plan=plan, action=action)


def _was_signed(action: PlanAction) -> bool:
    in_plan = action.steps.filter(plan__sealed_at__isnull=False).exists()
    return in_plan or action.weekly_lines.filter(form__sealed_at__isnull=False).exists()


def _in_other_words(action: PlanAction, written: dict[str, Any], by: Actor) -> PlanAction:
    before = PlanAction.objects.select_related("replaces").get(pk=action.pk).replaces
    # Words that never came to hold are passed over: these stand for the ones that do.
    replaces = before if before and before.replaced_at is None else action
    return PlanAction.objects.create(
        stay_id=action.stay_id,
        replaces=replaces,
        answer=action.answer,
        answered_at=clock.now(),
        started_on=action.started_on,
        completed_by=action.completed_by,
        **written,
        **made_by(by),
    )
