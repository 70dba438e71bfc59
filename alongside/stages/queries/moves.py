"""Where somebody stands, and every move that led there."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.stages import Stage
from alongside.stages.models import (
    Evidence,
    MoveAnswer,
    StageMove,
    StageMoveQuerySet,
)
from alongside.stays.models import Stay


def latest_move(stay: Stay) -> StageMove | None:
    """The move that put them where they are now, or nothing where there are no stages."""
    return StageMove.objects.for_page().so_far(clock.now()).filter(stay=stay).first()


def moves_of(stay: Stay) -> StageMoveQuerySet:
    """Every move of a person, also one that is to take effect later; latest first."""
    return StageMove.objects.for_page().filter(stay=stay).order_by("-at", "-pk")


def answers_to_moves(stay: Stay) -> dict[UUID, list[MoveAnswer]]:
    """What they said themselves to each move back, by move, in the order they said it."""
    found: dict[UUID, list[MoveAnswer]] = {}
    for one in MoveAnswer.objects.filter(stay=stay).order_by("recorded_at", "pk"):
        found.setdefault(one.move_id, []).append(one)
    return found


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


def stages_around(stay: Stay) -> tuple[list[Stage], list[Stage]]:
    """The stages above and below where they are now, lowest first."""
    order = list(stay.scheme.pack.stages_in_order)
    now = stage_of(stay)
    at = order.index(now) if now in order else 0
    return order[at + 1 :], order[:at]


def readable[R: (Evidence, StageMove)](record: R, staff: Staff) -> R:
    """The record, for somebody who reads files there; otherwise it does not exist."""
    if not staff.may(Action.READ_FILE, record.stay):
        return get_object_or_404(type(record)._default_manager.none())
    return record


def move_for(staff: Staff, pk: UUID) -> StageMove:
    """That move, if its person stays where this member of staff works and reads files."""
    move = get_object_or_404(StageMove.objects.visible_to(staff).for_page(), pk=pk)
    return readable(move, staff)
