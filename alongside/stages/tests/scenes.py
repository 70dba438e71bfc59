"""What the tests of stages set up again and again, all of it by operations."""

from __future__ import annotations

from datetime import date

from alongside.audit.actors import System
from alongside.organisation.models import Staff
from alongside.stages import operations
from alongside.stages.models import Evidence, StageMove
from alongside.stages.queries import task_of
from alongside.stays.models import Stay

TODAY = date(2026, 4, 20)


def at_stage(stay: Stay, stage: str, *, by: Staff) -> StageMove | None:
    """Put somebody at a stage: the first by moving in, a higher one by exception."""
    move = operations.enter_first_stage(stay, by=System("admission"))
    if stage == move.stage:
        return move
    return operations.promote_early(
        stay, by=by, stage=stage, reason="progress", words="Doing well", promoted_on=TODAY
    )


def evidence_for(stay: Stay, task: str, *, by, line: str = "", words: str = "Seen") -> Evidence:
    return operations.offer_evidence(
        stay, by=by, task=task, kind="note", happened_on=TODAY, line=line, words=words
    )


def verified(stay: Stay, task: str, *, by: Staff) -> None:
    """Confirm every line that people evidence, then verify."""
    for line in task_of(stay, task).by_hand:
        operations.confirm_line(stay, by=by, task=task, line=line.key, words="Seen")
    operations.verify_task(stay, by=by, task=task)


def waived(stay: Stay, stage: str, *, by: Staff, but: tuple[str, ...] = ()) -> None:
    """Waive the tasks of a stage, except some."""
    for task in stay.scheme.pack.stage(stage).tasks:
        if task.key not in but:
            operations.waive_task(stay, by=by, task=task.key, reason="already_met_elsewhere")
