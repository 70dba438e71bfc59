"""What pages and other rooms ask about stages."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from alongside.kit import clock
from alongside.practice.stages import Stage
from alongside.privileges.queries import privileges
from alongside.stages.models import StageMove
from alongside.stays.models import Stay

__all__ = ["latest_move", "privileges", "stage_of", "stages_of"]


def latest_move(stay: Stay) -> StageMove | None:
    """The move that put them where they are now, or nothing where there are no stages."""
    return StageMove.objects.for_page().so_far(clock.now()).filter(stay=stay).first()


def stage_of(stay: Stay) -> Stage | None:
    """The stage of the pack they are at now; nothing before the first, or without stages."""
    move = latest_move(stay)
    return stay.scheme.pack.stages.get(move.stage) if move else None


def stages_of(stays: Iterable[Stay]) -> dict[UUID, Stage]:
    """The stage of each of these people now, by stay; one query."""
    by_id = {stay.pk: stay for stay in stays}
    moves = StageMove.objects.so_far(clock.now()).filter(stay__in=by_id)
    found: dict[UUID, Stage] = {}
    for stay_id, key in moves.values_list("stay_id", "stage"):
        stage = by_id[stay_id].scheme.pack.stages.get(key)
        if stage and stay_id not in found:
            found[stay_id] = stage
    return found
