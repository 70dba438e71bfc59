"""A row of the stage sheet: what was ticked, waived and lapsed, and at which stage they are."""

from __future__ import annotations

from alongside.imports.kinds.stage_sheet import StageSheetRecord, TaskMark
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.stages.importing import Mark, import_marks, import_stage
from alongside.stages.models import Decided, StageMove

DECIDED = {
    "done": Decided.VERIFIED,
    "lapsed": Decided.LAPSED,
    "waived": Decided.WAIVED,
    "not_applicable": Decided.NOT_APPLICABLE,
}


def take(record: StageSheetRecord, row: RowPlan, intake: Intake) -> Taken:
    """Take over each cell that was understood; the words of the others become a note."""
    resident = intake.person(record.person)
    stay = intake.stay_near(resident, intake.today)
    known = _tasks(intake)
    unknown = stay.pk not in intake.stage_in_doubt
    if record.stage and unknown and not StageMove.objects.filter(stay=stay).exists():
        on = stay.moved_out_on or intake.today
        import_stage(stay, by=intake.by, stage=record.stage, on=on)
    fitting = [mark for mark in record.marks if mark.state in DECIDED and mark.task in known]
    others = [mark for mark in record.marks if mark not in fitting]
    import_marks(
        stay,
        by=intake.by,
        recorded_by=intake.recorder,
        decided_by=intake.not_named,
        marks=[Mark(task=m.task, kind=DECIDED[m.state], on=m.on, words=m.words) for m in fitting],
        note="\n".join([record.evidence, *map(_said, others)]).strip(),
    )
    return Taken(stay, resident, stay, labelled(row, record.words, used=frozenset()))


def _tasks(intake: Intake) -> set[str]:
    pack = intake.scheme.pack
    if not pack.has("stages"):
        return set()
    return {task.key for stage in pack.stages for task in stage.tasks}


def _said(mark: TaskMark) -> str:
    on = f" {mark.on:%-d %B %Y}" if mark.on else ""
    return f"{mark.heading}: {mark.words or mark.state.replace('_', ' ')}{on}"
