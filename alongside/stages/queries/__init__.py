"""What pages and other rooms ask about stages."""

from __future__ import annotations

from alongside.privileges.queries import privileges
from alongside.stages.queries.comparing import (
    Compared,
    compared_lately,
    held_with_nothing,
    lately,
    reconciliation_of,
)
from alongside.stages.queries.evidence import (
    evidence_for,
    evidence_to_read,
    lapses_waiting,
    notes_of,
)
from alongside.stages.queries.moves import (
    answers_to_moves,
    latest_move,
    move_for,
    moves_of,
    stage_of,
    stages_around,
    stages_of,
)
from alongside.stages.queries.outcomes import AtStage, Outcome, outcome
from alongside.stages.queries.readiness import (
    Readiness,
    demotion_in_the_way,
    readiness,
    tasks_without_action,
    waiting_lapses,
)
from alongside.stages.queries.rows import (
    Rows,
    decided_state,
    is_done,
    lapsed_choices,
    lapsed_tasks,
    rows_of,
    task_of,
    tasks_at,
)
from alongside.stages.queries.variations import (
    REASON_LISTS,
    Variation,
    reason_of,
    reason_of_move,
    variations,
)

__all__ = [
    "REASON_LISTS",
    "AtStage",
    "Compared",
    "Outcome",
    "Readiness",
    "Rows",
    "Variation",
    "answers_to_moves",
    "compared_lately",
    "decided_state",
    "demotion_in_the_way",
    "evidence_for",
    "evidence_to_read",
    "held_with_nothing",
    "is_done",
    "lapsed_choices",
    "lapsed_tasks",
    "lapses_waiting",
    "lately",
    "latest_move",
    "move_for",
    "moves_of",
    "notes_of",
    "outcome",
    "privileges",
    "readiness",
    "reason_of",
    "reason_of_move",
    "reconciliation_of",
    "rows_of",
    "stage_of",
    "stages_around",
    "stages_of",
    "task_of",
    "tasks_at",
    "tasks_without_action",
    "variations",
    "waiting_lapses",
]
