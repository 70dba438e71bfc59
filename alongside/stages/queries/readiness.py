"""Whether somebody is ready for the next stage, and what is in the way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from alongside.kit import clock
from alongside.practice.stages import Stage, Task
from alongside.stages.models import (
    Decided,
    Move,
    StageMove,
)
from alongside.stages.queries.rows import Rows, is_done, lapsed_tasks, rows_of
from alongside.stays.models import Stay


def waiting_lapses(rows: Rows, moves: Iterable[StageMove]) -> list[str]:
    """Lapsed tasks that no later decision of the manager has taken up."""
    taken = {code: move.recorded_at for move in reversed(list(moves)) for code in move.tasks}
    lapsed_at = {one.task: one.recorded_at for one in rows.decisions if one.kind == Decided.LAPSED}
    return [
        code for code in lapsed_tasks(rows)
        if code not in taken or taken[code] < lapsed_at[code]
    ]  # fmt: skip


def demotion_in_the_way(rows: Rows, moves: Iterable[StageMove]) -> StageMove | None:
    """The demotion whose reason still stands: its tasks not verified again, and not lifted."""
    for move in moves:
        if move.is_promotion():
            return None
        if move.kind == Move.DEMOTED:
            open_tasks = [code for code in move.tasks if not is_done(rows, code)]
            stands = bool(open_tasks) or not move.tasks
            return move if stands and move.lifted_at is None else None
    return None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether somebody is ready for the next stage, and what is in the way."""

    stage: Stage
    next: Stage | None
    open_tasks: list[Task]
    lapses: list[str]
    demotion: StageMove | None
    coming: StageMove | None

    @property
    def is_ready(self) -> bool:
        return self.next is not None and not self.because

    @property
    def because(self) -> str:
        """Why no promotion is proposed, in one sentence; nothing when it is."""
        if self.next is None:
            return "This is the last stage."
        if self.coming:
            return "A move to another stage is to take effect later."
        if self.demotion:
            return self._after_demotion(self.demotion)
        if self.lapses:
            return (
                f"It is yet to be decided what follows from what lapsed: {', '.join(self.lapses)}."
            )
        if self.open_tasks:
            count = len(self.open_tasks)
            return f"{count} {'task is' if count == 1 else 'tasks are'} still to be verified."
        return ""

    @staticmethod
    def _after_demotion(move: StageMove) -> str:
        if move.tasks:
            tasks = ", ".join(move.tasks)
            return f"After the last move back, these must be verified again: {tasks}."
        return "The reason for the last move back still stands."


def readiness(stay: Stay, *, rows: Rows | None = None) -> Readiness | None:
    """Where they stand on the way to the next stage; None without stages. No fact is asked."""
    found = rows or rows_of(stay)
    made, now = found.moves, clock.now()
    current = next((move for move in made if move.at <= now), None)
    if current is None:
        return None
    pack = stay.pack
    stage = pack.stage(current.stage)
    return Readiness(
        stage=stage,
        next=pack.stages[stage.next] if stage.next else None,
        open_tasks=[task for task in stage.tasks if not is_done(found, task.key)],
        lapses=waiting_lapses(found, made),
        demotion=demotion_in_the_way(found, made),
        coming=next((move for move in made if move.at > now), None),
    )


def tasks_without_action(stay: Stay, linked: Iterable[str]) -> list[Task]:
    """The open tasks of their stage that no action of the plan is linked to.

    `linked` are the task codes of the plan's actions, as the plan's room knows them.
    """
    found = readiness(stay)
    has = set(linked)
    return [task for task in found.open_tasks if task.key not in has] if found else []
