"""Moves: the first stage, promotion, promotion by exception, back, and staying all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from alongside.agreements.operations import make_full_resident, return_to_probation
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.building.operations import cancel_beyond_allowance
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.stages import Stage
from alongside.privileges.operations import set_privileges
from alongside.residents.models import Resident
from alongside.stages.models import Move, MoveAnswer, StageMove
from alongside.stages.queries import (
    Readiness,
    lapsed_tasks,
    moves_of,
    readiness,
    rows_of,
    waiting_lapses,
)
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended
from alongside.workshops.operations import end_roles_closed

TASKS_LAPSED = "tasks_lapsed"


@operation("stage.entered", needs=Action.ADMIT)
def enter_first_stage(stay: Stay, *, by: Actor) -> StageMove:
    """Put a person who has just moved in at the first stage of the service.

    Refused when the service has no stages, or they are at a stage already.

    Source: Key Working, Appendix 2.
    """
    pack = stay.pack
    if not pack.has("stages") or not len(pack.stages):
        raise Refused(
            "This service does not work with stages.",
            instead="Record their progress in the plan and the assessments.",
        )
    return _record(stay, by, Move.ENTERED, "", pack.first_stage.key, clock.now())


@operation("stage.promoted", needs=Action.PROMOTE, unless=already_ended)
def promote(stay: Stay, *, by: Staff, promoted_on: date) -> StageMove:
    """Confirm the promotion to the next stage, when every applicable task is verified.

    What the stage opens begins at that moment: now, when the day is today. Refused while
    something is in the way, for a day to come, or one before the last move.

    Source: Key Working, Appendix 2.
    """
    ready = _ready(stay)
    if not ready.is_ready or ready.next is None:
        raise Refused(
            ready.because,
            instead="Verify what is missing, or ask for a promotion by exception:"
            f" {stay.scheme.one('manager')} may give one.",
        )
    at = _moment(stay, promoted_on, "promoted_on")
    return _move(stay, by, Move.PROMOTED, ready, ready.next, at)


@operation("stage.promoted_by_exception", needs=Action.WAIVE_TASK, unless=already_ended)
def promote_early(
    stay: Stay, *, by: Staff, stage: str, reason: str, promoted_on: date, words: str = ""
) -> StageMove:
    """Promote before every task is verified, or past a stage; whoever does it is its approver.

    Refused without the reason in words where the reason asks for them, to a stage that is not
    higher, for a day to come, or one before the last move.

    Source: Key Working, Stages System (a firm guide, not set in stone).
    """
    ready, pack = _ready(stay), stay.scheme.pack
    order = [one.key for one in pack.stages_in_order]
    if stage not in order or order.index(stage) <= order.index(ready.stage.key):
        raise Refused("That is not a higher stage.", instead="Choose a higher one.",
                      field="stage")  # fmt: skip
    _require_words(stay, "early_promotion", reason, words)
    kind = Move.EARLY if stage == ready.stage.next else Move.SKIPPED
    at = _moment(stay, promoted_on, "promoted_on")
    return _move(stay, by, kind, ready, pack.stage(stage), at,
                 reason=reason, words=words, approved_by=by)  # fmt: skip


@operation("stage.demoted", needs=Action.DEMOTE, unless=already_ended)
def demote(
    stay: Stay,
    *,
    by: Staff,
    stage: str,
    reason: str,
    starts_at: datetime,
    tasks: Sequence[str] = (),
    words: str = "",
) -> StageMove:
    """Move somebody back one or more stages, from a time on, for lapsed tasks or another reason.

    What higher stages opened ends at that time: booked nights out beyond the new allowance are
    cancelled, roles in the house that are no longer open end. Tasks that did not lapse keep
    their verification. No promotion is proposed until the named tasks are verified again, or
    the reason is lifted. Refused for a task that has not lapsed, and for a time before the last
    move.

    Source: Key Working, Stages System.
    """
    ready, pack = _ready(stay), stay.scheme.pack
    order = [one.key for one in pack.stages_in_order]
    if stage not in order or order.index(stage) >= order.index(ready.stage.key):
        raise Refused("That is not a lower stage.", instead="Choose a lower one.",
                      field="stage")  # fmt: skip
    _require_words(stay, "demotion", reason, words)
    _require_lapsed(stay, reason, tasks)
    _require_after_last_move(stay, starts_at, "starts_at")
    move = _move(stay, by, Move.DEMOTED, ready, pack.stage(stage), starts_at,
                 reason=reason, words=words, tasks=list(tasks))  # fmt: skip
    _end_what_closed(stay, by, move)
    return move


@operation("stage.kept", needs=Action.DEMOTE, unless=already_ended)
def keep_stage(stay: Stay, *, by: Staff, words: str, reason: str = "tasks_lapsed") -> StageMove:
    """Decide that the stage stays although tasks have lapsed, and why.

    Refused when no lapse waits for a decision.
    """
    rows = rows_of(stay)
    waiting = waiting_lapses(rows, rows.moves)
    if not waiting:
        raise Refused("No lapse waits for a decision.", instead="Nothing more is needed.")
    stage = _ready(stay).stage.key
    return _record(stay, by, Move.KEPT, stage, stage, clock.now(), reason=reason, words=words,
                   tasks=waiting)  # fmt: skip


@operation("stage.told", needs=Action.VERIFY_EVIDENCE)
def tell_of_move(move: StageMove, *, by: Staff, told_on: date, answer: str = "") -> StageMove:
    """Record that the resident was told of a move, and what they answered.

    Refused for a day to come. They may also complain.
    """
    if told_on > move.scheme.today():
        raise Refused("That day has not come.", instead="Record it then.", field="told_on")
    move.told_on, move.told_by, move.answer = told_on, by, answer
    move.save(update_fields=["told_on", "told_by", "answer"])
    return move


def not_a_move_back(move: StageMove) -> Refused | None:
    if move.kind == Move.DEMOTED:
        return None
    return Refused("This was no move back.", instead="Talk about it at your next session.")


@operation("stage.move_answered", needs=Action.OFFER_EVIDENCE, unless=not_a_move_back)
def answer_move(move: StageMove, *, by: Actor, words: str) -> MoveAnswer:
    """What the person says to a move back, by themselves. Each answer is kept; none is changed.

    Refused from anybody else: what they said to staff is recorded with the telling.

    Source: Key Working, Stages System.
    """
    if not isinstance(by, Resident):
        raise Refused("Only they answer here.", instead="Record what they said with the telling.")
    if not words.strip():
        raise Refused("This says nothing yet.", instead="Write what you say to it.", field="words")
    return MoveAnswer.objects.create(stay=move.stay, move=move, words=words.strip())


@operation("stage.reason_lifted", needs=Action.DEMOTE)
def lift_reason(move: StageMove, *, by: Staff, because: str) -> StageMove:
    """Lift what stands in the way of a new promotion after a move back, with the reason.

    Refused unless it was a move back, and when it is lifted already.
    """
    if move.kind != Move.DEMOTED or move.lifted_at:
        raise Refused("There is nothing to lift.", instead="Look at the history of the stages.")
    move.lifted_at, move.lifted_by, move.lifted_because = clock.now(), by, because
    move.save(update_fields=["lifted_at", "lifted_by", "lifted_because"])
    return move


def _ready(stay: Stay) -> Readiness:
    ready = readiness(stay)
    if ready is None:
        raise Refused("They are not at any stage yet.", instead="Put them at the first stage.")
    if ready.coming:
        raise Refused(
            "A move to another stage is to take effect later.",
            instead="Wait until then.",
        )
    return ready


def _moment(stay: Stay, on: date, field: str) -> datetime:
    """Now for today; the start of the day for one that is over, though after the last move."""
    if on > stay.scheme.today():
        raise Refused("That day has not come.", instead="Choose today or before.", field=field)
    if on == stay.scheme.today():
        return clock.now()
    stay.require_stay(on=on, field=field)
    last = moves_of(stay).first()
    if last and last.on == on:
        return last.at
    at = datetime.combine(on, time.min, stay.scheme.zone)
    _require_after_last_move(stay, at, field)
    return at


def _require_after_last_move(stay: Stay, at: datetime, field: str) -> None:
    last = moves_of(stay).first()
    if last and at < last.at:
        raise Refused(
            f"The last move was on {last.on:%-d %B %Y}.",
            instead="Choose a time after it.",
            field=field,
        )


def _require_words(stay: Stay, reasons: str, reason: str, words: str) -> None:
    choice = stay.scheme.pack.reasons(reasons)[reason]
    if choice.needs_text and not words.strip():
        raise Refused(
            f"“{choice.says}” needs a few words more.", instead="Write them.", field="words"
        )


def _require_lapsed(stay: Stay, reason: str, tasks: Sequence[str]) -> None:
    if reason == TASKS_LAPSED and not tasks:
        raise Refused("Which tasks have lapsed?", instead="Name them.", field="tasks")
    standing = set(tasks) - set(lapsed_tasks(rows_of(stay)))
    if standing:
        raise Refused(
            f"These have not lapsed: {', '.join(sorted(standing))}.",
            instead="Record first that they lapsed, with the reason.",
            field="tasks",
        )


def _move(  # noqa: PLR0917
    stay: Stay, by: Staff, kind: Move, ready: Readiness, to: Stage, at: datetime, **more: Any
) -> StageMove:
    move = _record(stay, by, kind, ready.stage.key, to.key, at, **more)
    unlocked = tuple(stay.scheme.pack.privileges_at(to.key))
    set_privileges(stay, by=by, unlocked=unlocked, stage=to.key, from_at=at)
    if to.agreement != ready.stage.agreement:
        change = make_full_resident if to.agreement == "full" else return_to_probation
        change(stay, by=by, on=move.on)
    return move


def _record(  # noqa: PLR0917
    stay: Stay, by: Actor, kind: Move, from_stage: str, stage: str, at: datetime, **more: Any
) -> StageMove:
    return StageMove.objects.create(
        stay=stay,
        kind=kind,
        from_stage=from_stage,
        stage=stage,
        at=at,
        moved_by=by if isinstance(by, Staff) else None,
        practice=stay.scheme.practice_name,
        **more,
    )


def _end_what_closed(stay: Stay, by: Staff, move: StageMove) -> None:
    """Nights out and roles that the lower stage does not give end, with notice of why."""
    because = f"Their stage is {move.stage_says} from {move.on:%-d %B %Y}."
    cancel_beyond_allowance(stay, by=by, from_at=move.at, because=because)
    end_roles_closed(stay, by=by, on=move.on, because=because, at=move.at)
