"""Handing a task of the plan on to a colleague, and what they say to it."""

from __future__ import annotations

from datetime import date, time

from alongside.allocations.models import WorkerProfile
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.plans.models import HandedOn, PlanAction
from alongside.plans.operations.actions import not_open
from alongside.plans.operations.checks import require_choice, require_words
from alongside.practice.actions import Action


def is_settled(task: HandedOn) -> Refused | None:
    """What was done, declined or taken back stays as it is."""
    if task.is_open:
        return None
    return Refused(
        f"This task is settled: {task.state.lower()}.", instead="Hand it on again if it goes on."
    )


def is_not_mine(task: HandedOn, by: Staff) -> Refused | None:
    """The one it was given to answers for it."""
    if task.to_id == by.pk:
        return None
    return Refused(
        f"This task was handed to {task.to}.", instead="Ask them, or take it back first."
    )


@operation("task.handed_on", needs=Action.WRITE_PLAN, unless=not_open)
def hand_on(
    action: PlanAction,
    *,
    by: Staff,
    to: Staff,
    instruction: str,
    due_on: date,
    due_time: time | None = None,
    skill: str = "",
) -> HandedOn:
    """Hand an action on to a colleague, who accepts it: how it is done, and by when.

    `skill` is a key of the pack's list `task_skills`: what one has to be competent for.

    Refused when they do not work here, nothing shows that they are competent for it, the day is
    past, or they have this task already.
    Source: job description, 2: delegating tasks in line with customer care plans.
    """
    words = require_words(instruction, field="instruction", instead="Write how it is to be done.")
    require_choice(action.stay, "task_skills", skill, field="skill")
    if action.scheme_id not in to.scheme_ids():
        raise Refused(f"{to} does not work here.", instead="Choose somebody who does.", field="to")
    if due_on < action.scheme.today():
        raise Refused("That day is past.", instead="Choose today or a later day.", field="due_on")
    _require_competent(action, to, skill)
    if HandedOn.objects.open().filter(action=action, to=to).exists():
        raise Refused(
            f"{to} has this task already.", instead="Talk to them, or take it back.", field="to"
        )
    return HandedOn.objects.create(
        stay=action.stay, action=action, to=to, instruction=words, due_on=due_on,
        due_time=due_time, skill=skill, given_by=by,
    )  # fmt: skip


@operation("task.accepted", needs=Action.REPORT_ACTION, unless=is_settled)
def accept_task(task: HandedOn, *, by: Staff, accept: bool, words: str = "") -> HandedOn:
    """Take on a task that was handed on, or decline it with a reason.

    Refused to anybody but the one it was given to, and without a reason for declining.
    """
    _require_mine(task, by)
    if accept:
        task.accepted_at = task.accepted_at or clock.now()
    else:
        task.words = require_words(words, field="words", instead="Say why not.")
        task.declined_at = clock.now()
    task.save(update_fields=["accepted_at", "declined_at", "words"])
    return task


@operation("task.told", needs=Action.REPORT_ACTION, unless=is_settled)
def tell_of_task(task: HandedOn, *, by: Staff, done: bool, words: str = "") -> HandedOn:
    """Say that the task is done, or that there is a problem with it.

    To do it is to have accepted it. Refused to anybody but the one it was given to, and when a
    problem is not put into words.
    """
    _require_mine(task, by)
    now = clock.now()
    if done:
        task.accepted_at, task.done_at = task.accepted_at or now, now
        task.words = words.strip() or task.words
    else:
        task.words = require_words(words, field="words", instead="Say what stands in the way.")
        task.problem_at = now
    task.save(update_fields=["accepted_at", "done_at", "problem_at", "words"])
    return task


@operation("task.taken_back", needs=Action.WRITE_PLAN, unless=is_settled)
def take_back_task(task: HandedOn, *, by: Staff) -> HandedOn:
    """Take a task back. The action stays in the plan."""
    task.taken_back_at = clock.now()
    task.save(update_fields=["taken_back_at"])
    return task


def _require_mine(task: HandedOn, by: Staff) -> None:
    if no := is_not_mine(task, by):
        raise no


def _require_competent(action: PlanAction, to: Staff, skill: str) -> None:
    if not skill:
        return
    says = str(action.scheme.pack.choices("task_skills").get(skill) or skill)
    known = WorkerProfile.objects.filter(worker=to).values_list("skills", flat=True).first() or ""
    if says.casefold() not in known.casefold():
        raise Refused(
            f"Nothing shows that {to} is competent for this: {says}.",
            instead="Choose somebody who is, or write it under their skills first.",
            field="to",
        )
