"""Taking over from older records at which stage somebody is, and what was ticked on their sheet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stages.models import Decided, EvidenceNote, Move, StageMove, TaskDecision
from alongside.stays.models import Stay

OLDER_RECORDS = "older_records"
"""The reason of whatever older records give no reason for; in no list of a pack."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One cell of an older stage sheet: the task's code, what was decided, when, and its words."""

    task: str
    kind: Decided
    on: date | None = None
    words: str = ""


@operation("stage.imported", needs=Action.IMPORT_RECORDS)
def import_stage(stay: Stay, *, by: Actor, stage: str, on: date) -> StageMove:
    """Take over from older records that somebody is, or last was, at this stage of the pack.

    `on` is the first day we know of. Somebody who is at a stage already is moved there.

    Refused when the pack has no such stage, or they are at it already.
    """
    if stage not in stay.scheme.pack.stages:
        raise Refused("There is no such stage here.", instead="Check how the stages are named.")
    last = StageMove.objects.filter(stay=stay).order_by("-at", "-pk").first()
    if last and last.stage == stage:
        raise Refused("They are at that stage already.", instead="There is nothing to do.")
    at = datetime.combine(on, time(12), tzinfo=stay.scheme.zone)
    return StageMove.objects.create(
        stay=stay,
        kind=_kind_of(stay, last, stage),
        from_stage=last.stage if last else "",
        stage=stage,
        at=max(at, last.at) if last else at,
        reason=OLDER_RECORDS if last and _is_lower(stay, last.stage, stage) else "",
        words="Taken over from older records.",
        moved_by=by if isinstance(by, Staff) else None,
        practice=stay.scheme.practice_name,
    )


@operation("stage.marks_imported", needs=Action.IMPORT_RECORDS)
def import_marks(
    stay: Stay,
    *,
    by: Actor,
    recorded_by: Staff,
    decided_by: Staff,
    marks: Sequence[Mark],
    note: str = "",
) -> Stay:
    """Take over what an older stage sheet says of each task; what it says already is left.

    `decided_by` stands for whoever ticked it then; `note` holds the words that fit no task.
    """
    today = stay.scheme.today()
    there = set(
        TaskDecision.objects.filter(stay=stay, reason__in=["", OLDER_RECORDS]).values_list(
            "task", "kind"
        )
    )
    TaskDecision.objects.bulk_create(
        _decision(stay, mark, decided_by, mark.on or min(today, stay.moved_out_on or today))
        for mark in marks
        if (mark.task, mark.kind) not in there
    )
    if note and not EvidenceNote.objects.filter(stay=stay, words=note).exists():
        EvidenceNote.objects.create(stay=stay, words=note, written_on=today, by_staff=recorded_by)
    return stay


def _decision(stay: Stay, mark: Mark, decided_by: Staff, on: date) -> TaskDecision:
    varied = mark.kind in {Decided.WAIVED, Decided.SUBSTITUTED}
    return TaskDecision(
        stay=stay,
        task=mark.task,
        kind=mark.kind,
        reason="" if mark.kind == Decided.VERIFIED else OLDER_RECORDS,
        words=mark.words or ("" if mark.on else "The older records give no date."),
        agreed_on=on if mark.kind == Decided.NOT_APPLICABLE else None,
        decided_by=decided_by,
        approved_by=decided_by if varied else None,
        decided_on=on,
        practice=stay.scheme.practice_name,
    )


def _kind_of(stay: Stay, last: StageMove | None, stage: str) -> Move:
    if last is None:
        return Move.ENTERED
    return Move.DEMOTED if _is_lower(stay, last.stage, stage) else Move.PROMOTED


def _is_lower(stay: Stay, before: str, after: str) -> bool:
    order = [stage.key for stage in stay.scheme.pack.stages]
    return before in order and order.index(after) < order.index(before)
