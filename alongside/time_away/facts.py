"""What duties ask about time away: on which days the clocks of a stay stand still."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from alongside.duties.engine import Pause
from alongside.duties.subjects import knows_pauses
from alongside.time_away.models import Away


@knows_pauses(reads=[Away])
def away_days(stays: Sequence[UUID]) -> dict[UUID, list[Pause]]:
    """The days each of these people was away, by kind."""
    found: dict[UUID, list[Pause]] = {}
    rows = Away.objects.standing().filter(stay__in=stays).order_by("left_on", "pk")
    for stay, kind, left, back in rows.values_list("stay_id", "kind", "left_on", "back_on"):
        found.setdefault(stay, []).append(Pause(left, back, kind))
    return found
