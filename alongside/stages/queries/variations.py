"""Departures from the stages as written, and their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.stages.models import (
    VARIED_MOVES,
    Decided,
    Move,
    StageMove,
    TaskDecision,
)
from alongside.stays.models import Stay

REASON_LISTS = {
    Decided.NOT_APPLICABLE: "not_applicable",
    Decided.WAIVED: "waiver",
    Decided.SUBSTITUTED: "substitution",
    Decided.LAPSED: "lapse",
}


@dataclass(frozen=True, slots=True)
class Variation:
    """One departure from the stages as written, for the report."""

    on: date
    stay: Stay
    kind: str
    about: str
    reason: str
    words: str
    approved_by: str


def variations(scheme: Scheme, *, first: date, last: date, staff: Staff) -> list[Variation]:
    """Every task waived, substituted or set aside, early promotion and skipped stage.

    What is written under a restricted reason is shown only to those who may read it.
    """
    restricted = staff.may(Action.READ_RESTRICTED, scheme)
    decisions = TaskDecision.objects.for_page().filter(
        stay__scheme=scheme, decided_on__gte=first, decided_on__lte=last,
        kind__in=[Decided.WAIVED, Decided.SUBSTITUTED, Decided.NOT_APPLICABLE],
    )  # fmt: skip
    moves = StageMove.objects.for_page().filter(
        stay__scheme=scheme, kind__in=VARIED_MOVES, at__gte=start_of(scheme, first),
        at__lt=start_of(scheme, last + timedelta(days=1)),
    )  # fmt: skip
    found = [_of_task(one, restricted=restricted) for one in decisions]
    found += [_of_move(one) for one in moves]
    return sorted(found, key=lambda one: one.on, reverse=True)


def start_of(scheme: Scheme, day: date) -> datetime:
    """The first moment of a day where the scheme is."""
    return datetime(day.year, day.month, day.day, tzinfo=scheme.zone)


def reason_of(one: TaskDecision, *, restricted: bool) -> tuple[str, str]:
    """The reason and the words of a decision, as this reader may see them."""
    reasons = REASON_LISTS.get(Decided(one.kind))
    choice = one.scheme.pack.reasons(reasons).get(one.reason) if reasons and one.reason else None
    if choice and choice.restricted and not restricted:
        return "A reason that few may read", ""
    return (choice.says if choice else one.reason), one.words


def reason_of_move(move: StageMove, *, restricted: bool) -> tuple[str, str]:
    """The reason and the words of a move, as this reader may see them."""
    name = "demotion" if move.kind in {Move.DEMOTED, Move.KEPT} else "early_promotion"
    choice = move.scheme.pack.reasons(name).get(move.reason) if move.reason else None
    if choice and choice.restricted and not restricted:
        return "A reason that few may read", ""
    return (choice.says if choice else move.reason), move.words


def _of_task(one: TaskDecision, *, restricted: bool) -> Variation:
    reason, words = reason_of(one, restricted=restricted)
    task = one.scheme.pack.task(one.task)
    instead = f" Instead: {one.replaced_by}." if one.replaced_by else ""
    return Variation(
        one.decided_on, one.stay, one.get_kind_display(), f"{task.key} {task.says}.{instead}",
        reason, words, str(one.approved_by or one.decided_by or ""),
    )  # fmt: skip


def _of_move(move: StageMove) -> Variation:
    pack = move.scheme.pack
    reason = pack.reasons("early_promotion").get(move.reason)
    about = f"{pack.stage(move.from_stage).says} to {move.stage_says}"
    return Variation(
        move.on, move.stay, move.get_kind_display(), about,
        reason.says if reason else move.reason, move.words, str(move.approved_by or ""),
    )  # fmt: skip
