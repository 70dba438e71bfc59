"""How far people come, and how long it takes them."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.kit import clock
from alongside.organisation.models import Scheme
from alongside.practice.stages import Stage
from alongside.stages.models import (
    Move,
    StageMove,
)
from alongside.stages.queries.variations import start_of


@dataclass(frozen=True, slots=True)
class AtStage:
    """One level of the scheme's report."""

    stage: Stage
    people: int
    mean_days: int | None
    entered: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a residential scheme's people moved through the stages in a period."""

    levels: list[AtStage]
    promotions: int
    demotions: int


def outcome(scheme: Scheme, *, first: date, last: date) -> Outcome | None:
    """Who is at which stage, mean days at each, moves up and down; None unless residential.

    Days are whole days of stretches that ended in the period or still run on its last day,
    of everybody who stayed. Source: Key Working, Stages System.
    """
    pack = scheme.pack
    if not (scheme.residential and pack.about.residential and pack.has("stages")):
        return None
    end = min(start_of(scheme, last + timedelta(days=1)), clock.now())
    moves = list(
        StageMove.objects.filter(
            stay__scheme=scheme, at__lt=start_of(scheme, last + timedelta(days=1))
        )
        .filter(at__lte=clock.now())
        .exclude(kind=Move.KEPT)
        .select_related("stay")
        .order_by("stay_id", "at", "pk")
    )
    stretches, people = _stretches(moves, start_of(scheme, first), end, scheme)
    inside = [move for move in moves if move.at >= start_of(scheme, first)]
    kinds = Counter(move.kind for move in inside)
    entered = Counter(move.stage for move in inside)
    levels = [
        AtStage(stage, people[stage.key], _mean(stretches.get(stage.key, [])), entered[stage.key])
        for stage in pack.stages_in_order
    ]
    up = kinds[Move.PROMOTED] + kinds[Move.EARLY] + kinds[Move.SKIPPED]
    return Outcome(levels, up, kinds[Move.DEMOTED])


def _stretches(
    moves: list[StageMove], first: datetime, end: datetime, scheme: Scheme
) -> tuple[dict[str, list[int]], Counter[str]]:
    days: dict[str, list[int]] = {}
    people: Counter[str] = Counter()
    for at, move in enumerate(moves):
        after = moves[at + 1] if at + 1 < len(moves) else None
        goes_on = after is None or after.stay_id != move.stay_id
        left = move.stay.moved_out_on
        last = start_of(scheme, left) if goes_on and left else end
        until = min(after.at if after and not goes_on else last, end)
        if until < first:
            continue
        days.setdefault(move.stage, []).append(max((until - move.at).days, 0))
        people[move.stage] += goes_on and (left is None or last >= end)
    return days, people


def _mean(days: list[int]) -> int | None:
    return round(sum(days) / len(days)) if days else None
