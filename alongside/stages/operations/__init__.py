"""What changes stages: evidence, what is decided of tasks, moves, the monthly comparison."""

from alongside.stages.operations.evidence import (
    confirm_line,
    dispute_reading,
    offer_evidence,
    read_evidence,
    write_note,
)
from alongside.stages.operations.moves import (
    answer_move,
    demote,
    enter_first_stage,
    keep_stage,
    lift_reason,
    promote,
    promote_early,
    tell_of_move,
)
from alongside.stages.operations.reconciling import reconcile, reconcile_nothing
from alongside.stages.operations.tasks import (
    apply_task,
    lapse_task,
    set_not_applicable,
    substitute_task,
    verify_task,
    waive_task,
)

__all__ = [
    "answer_move",
    "apply_task",
    "confirm_line",
    "demote",
    "dispute_reading",
    "enter_first_stage",
    "keep_stage",
    "lapse_task",
    "lift_reason",
    "offer_evidence",
    "promote",
    "promote_early",
    "read_evidence",
    "reconcile",
    "reconcile_nothing",
    "set_not_applicable",
    "substitute_task",
    "tell_of_move",
    "verify_task",
    "waive_task",
    "write_note",
]
