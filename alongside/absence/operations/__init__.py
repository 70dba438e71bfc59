"""What is done about absence: asking, deciding, telling, preparing, covering, coming back."""

from __future__ import annotations

from alongside.absence.operations.asking import ask_for_session, encourage
from alongside.absence.operations.cover import (
    accept_cover,
    ask_for_cover,
    assign_cover,
    decline_cover,
    end_cover,
    withdraw_cover,
)
from alongside.absence.operations.leave import (
    approve_leave,
    ask_for_leave,
    cancel_absence,
    refuse_leave,
)
from alongside.absence.operations.long import open_changes_for, open_long_absences
from alongside.absence.operations.preparing import arrange
from alongside.absence.operations.sickness import come_back, expect_back, report_sick

__all__ = [
    "accept_cover",
    "approve_leave",
    "arrange",
    "ask_for_cover",
    "ask_for_leave",
    "ask_for_session",
    "assign_cover",
    "cancel_absence",
    "come_back",
    "decline_cover",
    "encourage",
    "end_cover",
    "expect_back",
    "open_changes_for",
    "open_long_absences",
    "refuse_leave",
    "report_sick",
    "withdraw_cover",
]
