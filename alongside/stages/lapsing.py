"""Sees when a fact behind a verified task has stopped, and records that the task lapsed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import models

from alongside.audit.actors import System
from alongside.audit.operation import Done
from alongside.duties.facts import FACTS, MEASURES, kinds_changed
from alongside.practice.stages import Evidence as Rule
from alongside.practice.stages import Task
from alongside.stages.models import TaskDecision
from alongside.stages.operations import lapse_task
from alongside.stages.queries import decided_state, rows_of
from alongside.stages.standing import State, answer, answers, is_automatic
from alongside.stays.models import Stay

BROUGHT_IN = ".imported"
SEEN_BY = System("the record")


def follow(done: Sequence[Done]) -> None:
    """After every operation: look again at the tasks whose facts read what was written.

    What is brought in from older records stopped nothing: the rest of it may yet come.
    """
    touched: dict[Any, tuple[Stay, set[type[models.Model]]]] = {}
    for one in list(done):
        if one.event.endswith(BROUGHT_IN):
            continue
        if stay := _stay_of(one):
            _, kinds = touched.setdefault(stay.pk, (stay, set()))
            kinds |= kinds_changed(one)
    for stay, kinds in touched.values():
        if TaskDecision not in kinds:
            look_again(stay, kinds)


def look_again(stay: Stay, kinds: Iterable[type[models.Model]] | None = None) -> int:
    """Record a lapse for each verified task that a fact no longer bears out. Returns how many.

    `kinds` narrows it to facts that read these kinds of record; without, every fact is asked,
    as is needed when only time has passed.
    """
    tasks = [task for task in _tasks(stay) if any(_rules(task, kinds))]
    if not tasks or not stay.is_current():
        return 0
    rows = rows_of(stay, tasks=[task.key for task in tasks])
    lapsed = 0
    for task in tasks:
        if decided_state(rows, task.key) == State.VERIFIED and not _replaced(rows.decisions, task):
            lapsed += _lapse(stay, task, kinds)
    return lapsed


def _lapse(stay: Stay, task: Task, kinds: Iterable[type[models.Model]] | None) -> bool:
    answered = answers(stay, [task])
    for rule in _rules(task, kinds):
        met, shown = answer(rule, stay, answered)
        if not met:
            stopped = "benefit_stopped" if rule.fact.startswith("benefits.") else "no_longer_true"
            lapse_task(stay, by=SEEN_BY, task=task.key, reason=stopped,
                       words=f"{rule.says}: {shown}")  # fmt: skip
            return True
    return False


def _replaced(decisions: Sequence[TaskDecision], task: Task) -> bool:
    varied = [one for one in decisions if one.task == task.key and one.is_variation()]
    return bool(varied and varied[-1].replaced_by)


def _tasks(stay: Stay) -> Iterator[Task]:
    return (task for stage in stay.scheme.pack.stages for task in stage.tasks)


def _rules(task: Task, kinds: Iterable[type[models.Model]] | None) -> Iterator[Rule]:
    for rule in task.all_evidence:
        if is_automatic(rule) and not (rule.lasting or rule.or_by_hand):
            fact = FACTS.get(rule.fact) or MEASURES[rule.fact]
            if kinds is None or fact.reads & set(kinds):
                yield rule


def _stay_of(one: Done) -> Stay | None:
    for record in (one.record, one.subject):
        if isinstance(record, Stay):
            return record
        stay = getattr(record, "stay", None)
        if isinstance(stay, Stay):
            return stay
    return None
