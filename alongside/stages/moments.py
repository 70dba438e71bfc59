"""What stages tell the timeline. Words that few may read stay on their page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.stages.models import (
    Decided,
    Evidence,
    EvidenceNote,
    Move,
    MoveAnswer,
    StageMove,
    TaskDecision,
)

_SAID = {
    Move.ENTERED: "Begins at {}",
    Move.PROMOTED: "Promoted to {}",
    Move.EARLY: "Promoted early to {}",
    Move.SKIPPED: "Promoted past a stage to {}",
    Move.DEMOTED: "Moved back to {}",
    Move.KEPT: "Stays at {} although tasks lapsed",
}


@tells(StageMove, rows=lambda: StageMove.objects.for_page().iterator(500))
def move_moment(move: StageMove) -> Iterable[Line]:
    """One line for each move; the reason stands on the stages' page."""
    yield Line(
        of=move,
        stay=move.stay,
        kind="stage",
        title=_SAID[Move(move.kind)].format(move.stage_says),
        happened_at=move.at,
        recorded_at=move.recorded_at,
        by=move.moved_by.name if move.moved_by else "",
        link=reverse("stages:history", args=[move.stay_id]),
    )


_ANSWERS = MoveAnswer.objects.select_related("stay__scheme__organisation", "stay__resident", "move")


@tells(MoveAnswer, rows=lambda: _ANSWERS.iterator(500))
def answer_moment(one: MoveAnswer) -> Iterable[Line]:
    """What they said to a move back, in their own words."""
    yield Line(
        of=one,
        stay=one.stay,
        kind="stage",
        title=f"{one.stay.resident.first_name} answered the move back",
        text=one.words,
        happened_at=one.recorded_at,
        recorded_at=one.recorded_at,
        by=one.stay.resident.name,
        link=reverse("stages:history", args=[one.stay_id]),
    )


@tells(TaskDecision, rows=lambda: TaskDecision.objects.for_page().iterator(500))
def decision_moment(one: TaskDecision) -> Iterable[Line]:
    """One line for each task verified, lapsed or set aside."""
    task = one.scheme.pack.task(one.task)
    says = "applies again" if one.kind == Decided.APPLIES else one.get_kind_display().lower()
    yield Line(
        of=one,
        stay=one.stay,
        kind="stage_task",
        title=f"Task {task.key} {says}: {task.says}",
        text="" if task.private else one.stood_on,
        happened_at=datetime.combine(one.decided_on, time(12), one.scheme.zone)
        if one.decided_on < one.scheme.today()
        else one.recorded_at,
        recorded_at=one.recorded_at,
        by=one.decided_by.name if one.decided_by else "seen by the system",
        link=reverse("stages:task", args=[one.stay_id, one.task]),
    )


@tells(Evidence, rows=lambda: Evidence.objects.for_page().iterator(500))
def evidence_moment(one: Evidence) -> Iterable[Line]:
    """One line for each piece of evidence; private tasks keep their words to themselves."""
    task = one.scheme.pack.task(one.task)
    yield Line(
        of=one,
        stay=one.stay,
        kind="evidence",
        title=f"Evidence for task {task.key}: {one.kind_says.lower()}",
        text="" if task.private else one.words,
        happened_at=datetime.combine(one.happened_on, time(12), one.scheme.zone),
        recorded_at=one.recorded_at,
        by=one.by_name,
        link=reverse("stages:task", args=[one.stay_id, one.task]),
    )


_NOTES = EvidenceNote.objects.select_related(
    "stay__scheme__organisation", "stay__resident", "by_staff", "by_resident"
)


@tells(EvidenceNote, rows=lambda: _NOTES.iterator(500))
def note_moment(note: EvidenceNote) -> Iterable[Line]:
    """One line for each evidence note."""
    yield Line(
        of=note,
        stay=note.stay,
        kind="evidence_note",
        title="Evidence note",
        text=note.words,
        happened_at=note.recorded_at,
        recorded_at=note.recorded_at,
        by=note.by_name,
        link=reverse("stages:notes", args=[note.stay_id]),
    )
