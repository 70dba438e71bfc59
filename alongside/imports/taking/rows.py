"""Which module takes in which kind of row."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alongside.imports.plan import RowPlan
from alongside.imports.taking import (
    beds,
    move_on,
    notes,
    plans,
    referrals,
    sessions,
    stage_sheet,
    stays,
)
from alongside.imports.taking.intake import Intake, Taken

TAKE: Mapping[str, Callable[[Any, RowPlan, Intake], Taken]] = {
    "stays": stays.take,
    "referrals": referrals.take,
    "beds": beds.take,
    "sessions": sessions.take,
    "plans": plans.take,
    "stage_sheet": stage_sheet.take,
    "move_on": move_on.take,
    "notes": notes.take,
}
