"""The rows of one person's stages, read once, and how each task stands by them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import FETCH_RAISE, QuerySet, UUIDField

from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.practice.stages import Stage, Task
from alongside.stages.models import (
    Decided,
    Dispute,
    Evidence,
    Reading,
    StageMove,
    TaskDecision,
)
from alongside.stages.standing import DONE, Answers, Offered, Standing, State, answers, standing
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one person's stages, read once: moves latest first, the rest oldest first."""

    stay: Stay
    decisions: list[TaskDecision]
    offered: list[Offered]
    moves: list[StageMove]

    def standing(self, stage: Stage, task: Task, answered: Answers) -> Standing:
        return standing(
            self.stay,
            stage,
            task,
            offered=[one for one in self.offered if one.evidence.task == task.key],
            decisions=[one for one in self.decisions if one.task == task.key],
            answered=answered,
        )


def rows_of(stay: Stay, *, tasks: Iterable[str] | None = None) -> Rows:
    """Moves, decisions and evidence of a person, in one query; of some tasks only, when named."""
    moves, decisions = _moves(stay=stay.pk), _decisions(stay=stay.pk)
    evidence, readings = _evidence(stay=stay.pk), _readings(stay=stay.pk)
    read(moves, decisions, evidence, readings)
    for row in (*moves, *decisions, *evidence):
        row.stay = stay
    named = None if tasks is None else set(tasks)
    decided = [one for one in decisions if named is None or one.task in named]
    handed_in = [one for one in evidence if named is None or one.task in named]
    return Rows(stay, decided, _offered(handed_in, readings), list(moves))


@prepared(stay=UUIDField())
def _moves(stay: Any) -> QuerySet[StageMove]:
    found = StageMove.objects.filter(stay=stay).fetch_mode(FETCH_RAISE).order_by("-at", "-pk")
    return found.select_related("moved_by", "approved_by", "told_by", "lifted_by")


@prepared(stay=UUIDField())
def _decisions(stay: Any) -> QuerySet[TaskDecision]:
    found = TaskDecision.objects.filter(stay=stay).select_related("decided_by", "approved_by")
    return found.order_by("recorded_at", "pk")


@prepared(stay=UUIDField())
def _evidence(stay: Any) -> QuerySet[Evidence]:
    found = Evidence.objects.filter(stay=stay).select_related("by_staff", "by_resident")
    return found.order_by("recorded_at", "pk")


@prepared(stay=UUIDField())
def _readings(stay: Any) -> QuerySet[Reading]:
    found = Reading.objects.filter(stay=stay)
    with_them = ("read_by", "dispute__by_staff", "dispute__by_resident")
    return found.select_related(*with_them).order_by("read_at", "pk")


def _offered(evidence: Iterable[Evidence], readings: Iterable[Reading]) -> list[Offered]:
    """Each piece of evidence with its readings and what was last disputed of them."""
    read_as: dict[UUID, list[Reading]] = {}
    for reading in readings:
        read_as.setdefault(reading.evidence_id, []).append(reading)
    return [Offered(one, made := read_as.get(one.pk, []), _disputed(made)) for one in evidence]


def _disputed(readings: Iterable[Reading]) -> Dispute | None:
    found = [one.dispute for one in readings if hasattr(one, "dispute")]
    return max(found, key=lambda one: (one.recorded_at, one.pk), default=None)


def tasks_at(stay: Stay, stage: Stage, rows: Rows | None = None) -> list[Standing]:
    """How the tasks of one stage stand."""
    found = rows or rows_of(stay, tasks=stage.tasks.keys())
    answered = answers(stay, stage.tasks)
    return [found.standing(stage, task, answered) for task in stage.tasks]


def task_of(stay: Stay, code: str) -> Standing:
    """How one task stands."""
    stage, task = stay.scheme.pack.stage_of(code), stay.scheme.pack.task(code)
    return rows_of(stay, tasks=[code]).standing(stage, task, answers(stay, [task]))


def decided_state(rows: Rows, code: str) -> State | None:
    """What was decided of a task, without asking the facts: done, lapsed, or nothing yet."""
    state: State | None = None
    for one in rows.decisions:
        if one.task == code:
            state = _AFTER[Decided(one.kind)]
    return state


_AFTER = {
    Decided.VERIFIED: State.VERIFIED,
    Decided.LAPSED: State.LAPSED,
    Decided.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Decided.WAIVED: State.WAIVED,
    Decided.SUBSTITUTED: State.SUBSTITUTED,
    Decided.APPLIES: None,
}


def is_done(rows: Rows, code: str) -> bool:
    return decided_state(rows, code) in DONE


def lapsed_tasks(rows: Rows) -> list[str]:
    """The codes of the tasks that are lapsed now."""
    codes = dict.fromkeys(one.task for one in rows.decisions)
    return [code for code in codes if decided_state(rows, code) == State.LAPSED]


def lapsed_choices(stay: Stay) -> list[tuple[str, str]]:
    """The lapsed tasks, as one chooses among them."""
    pack = stay.pack
    return [(code, f"{code} {pack.task(code).says}") for code in lapsed_tasks(rows_of(stay))]
