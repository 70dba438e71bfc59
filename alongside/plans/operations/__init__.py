"""Everything that changes a plan, an action or a weekly form."""

from __future__ import annotations

from alongside.plans.operations.actions import (
    add_action,
    answer_proposal,
    propose_action,
    reach_outcome,
    report_action,
    start_action,
    stop_action,
    verify_action,
)

__all__ = [
    "add_action",
    "answer_proposal",
    "propose_action",
    "reach_outcome",
    "report_action",
    "start_action",
    "stop_action",
    "verify_action",
]
