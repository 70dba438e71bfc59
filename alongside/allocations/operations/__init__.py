"""What changes who is whose. A resident is never without a key worker for a moment."""

from __future__ import annotations

from alongside.allocations.operations.allocating import allocate, end_allocation, works_without
from alongside.allocations.operations.changes import (
    ask_for_change,
    change_key_worker,
    decide_change,
    feed_back,
    open_changes,
    open_for_absence,
    withdraw_change,
)
from alongside.allocations.operations.handing_over import accept_case, hand_over_case
from alongside.allocations.operations.sharing import (
    arrange_jointly,
    end_joint_work,
    mark_case,
    rate_relationship,
    write_joint_entry,
)
from alongside.allocations.operations.wishes import describe_worker, record_wish

__all__ = [
    "accept_case",
    "allocate",
    "arrange_jointly",
    "ask_for_change",
    "change_key_worker",
    "decide_change",
    "describe_worker",
    "end_allocation",
    "end_joint_work",
    "feed_back",
    "hand_over_case",
    "mark_case",
    "open_changes",
    "open_for_absence",
    "rate_relationship",
    "record_wish",
    "withdraw_change",
    "works_without",
    "write_joint_entry",
]
