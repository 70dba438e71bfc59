"""Which module reads which kind of sheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from alongside.imports.kinds import (
    beds,
    move_on,
    notes,
    plans,
    referrals,
    sessions,
    stage_sheet,
    stays,
)
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.rows import RowInHand

type ProposedRecord = (
    stays.StayRecord
    | referrals.ReferralRecord
    | beds.BedRecord
    | sessions.SessionRecord
    | plans.PlanRecord
    | stage_sheet.StageSheetRecord
    | move_on.MoveOnRecord
    | notes.NoteRecord
)

PROPOSE: Mapping[str, Callable[[RowInHand, Desk], ProposedRecord | None]] = {
    "stays": stays.propose,
    "referrals": referrals.propose,
    "beds": beds.propose,
    "sessions": sessions.propose,
    "plans": plans.propose,
    "stage_sheet": stage_sheet.propose,
    "move_on": move_on.propose,
    "notes": notes.propose,
}
