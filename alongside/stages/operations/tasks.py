"""What is decided of a task: verified, lapsed, set aside, replaced, waived."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stages.models import Decided, TaskDecision
from alongside.stages.queries import REASON_LISTS, task_of
from alongside.stages.standing import Standing, State
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


def _decide(stay: Stay, task: str, kind: Decided, by: Actor, **more: Any) -> TaskDecision:
    return TaskDecision.objects.create(
        stay=stay,
        task=task,
        kind=kind,
        decided_by=by if isinstance(by, Staff) else None,
        decided_on=more.pop("decided_on", None) or stay.scheme.today(),
        practice=stay.scheme.practice_name,
        **more,
    )


def _require_reason(stay: Stay, kind: Decided, reason: str, words: str) -> None:
    choice = stay.scheme.pack.reasons(REASON_LISTS[kind])[reason]
    if choice.needs_text and not words.strip():
        raise Refused(
            f"“{choice.says}” needs a few words more.", instead="Write them.", field="words"
        )


def _require_not_verified(standing: Standing) -> None:
    if standing.state == State.VERIFIED:
        raise Refused(
            "This task is verified already.",
            instead="If it no longer holds, record that it lapsed.",
        )


@operation("task.verified", needs=Action.VERIFY_EVIDENCE, unless=already_ended)
def verify_task(stay: Stay, *, by: Staff, task: str) -> TaskDecision:
    """Verify that a task is done: every part of it is evidenced.

    The arithmetic is kept as it stood. Refused while a part is missing, when it is verified
    already, or set aside.
    """
    standing = task_of(stay, task)
    _require_not_verified(standing)
    if standing.is_done:
        raise Refused("This task is set aside.", instead="Let it apply again before verifying it.")
    if not standing.is_met:
        missing = ", ".join(standing.missing)
        raise Refused(
            f"Not everything is evidenced yet: {missing}.",
            instead="Accept evidence for it, or record what is missing.",
        )
    return _decide(stay, task, Decided.VERIFIED, by, stood_on=standing.stood_on)


@operation("task.lapsed", needs=Action.VERIFY_EVIDENCE, unless=already_ended)
def lapse_task(
    stay: Stay,
    *,
    by: Actor,
    task: str,
    reason: str,
    words: str = "",
    lapsed_on: date | None = None,
) -> TaskDecision:
    """Record that a verified task no longer holds, from a day on. The stage does not change.

    The manager decides what follows. Refused unless the task is verified, or for a day to come.
    """
    if lapsed_on and lapsed_on > stay.scheme.today():
        raise Refused("That day has not come.", instead="Choose today or before.",
                      field="lapsed_on")  # fmt: skip
    _require_reason(stay, Decided.LAPSED, reason, words)
    standing = task_of(stay, task)
    if standing.state != State.VERIFIED:
        raise Refused("Only a verified task can lapse.", instead="Look at how it stands now.")
    return _decide(
        stay, task, Decided.LAPSED, by, reason=reason, words=words, decided_on=lapsed_on,
        stood_on=standing.stood_on,
    )  # fmt: skip


@operation("task.not_applicable", needs=Action.SET_APPLICABILITY, unless=already_ended)
def set_not_applicable(
    stay: Stay, *, by: Staff, task: str, reason: str, agreed_on: date, words: str = ""
) -> TaskDecision:
    """Set a conditional task aside for this person, as agreed with them on a day.

    It neither blocks nor counts. Refused for a task that is not conditional, and when it is
    verified. Source: Key Working, Appendix 2 ("where appropriate").
    """
    if not stay.scheme.pack.task(task).conditional:
        raise Refused(
            "This task is for everybody.",
            instead="A manager can waive or replace it, with a reason.",
        )
    _require_agreed(stay, agreed_on)
    _require_reason(stay, Decided.NOT_APPLICABLE, reason, words)
    _require_not_verified(task_of(stay, task))
    return _decide(
        stay, task, Decided.NOT_APPLICABLE, by, reason=reason, words=words, agreed_on=agreed_on
    )


@operation("task.waived", needs=Action.WAIVE_TASK, unless=already_ended)
def waive_task(
    stay: Stay, *, by: Staff, task: str, reason: str, words: str = "",
    agreed_on: date | None = None,
) -> TaskDecision:  # fmt: skip
    """Waive a task for this person; who waives it is its approver.

    Refused when it is verified, or the reason needs words. Source: Key Working, Stages System
    (a firm guide, not set in stone).
    """
    _require_agreed(stay, agreed_on)
    _require_reason(stay, Decided.WAIVED, reason, words)
    _require_not_verified(task_of(stay, task))
    return _decide(
        stay, task, Decided.WAIVED, by, reason=reason, words=words, agreed_on=agreed_on,
        approved_by=by,
    )  # fmt: skip


@operation("task.substituted", needs=Action.WAIVE_TASK, unless=already_ended)
def substitute_task(
    stay: Stay, *, by: Staff, task: str, reason: str, replaced_by: str, words: str = "",
    agreed_on: date | None = None,
) -> TaskDecision:  # fmt: skip
    """Replace a task by something else for this person, which is then evidenced and verified.

    Refused when it is verified, or the reason needs words.
    """
    _require_agreed(stay, agreed_on)
    _require_reason(stay, Decided.SUBSTITUTED, reason, words)
    _require_not_verified(task_of(stay, task))
    return _decide(
        stay, task, Decided.SUBSTITUTED, by, reason=reason, words=words, agreed_on=agreed_on,
        approved_by=by, replaced_by=replaced_by,
    )  # fmt: skip


@operation("task.applies_again", needs=Action.SET_APPLICABILITY, unless=already_ended)
def apply_task(stay: Stay, *, by: Staff, task: str, words: str = "") -> TaskDecision:
    """Let a task that was set aside or replaced apply again as written.

    Refused when it applies already.
    """
    if task_of(stay, task).state not in {
        State.NOT_APPLICABLE, State.WAIVED, State.SUBSTITUTED,
    }:  # fmt: skip
        raise Refused("This task applies as written.", instead="Nothing more is needed.")
    return _decide(stay, task, Decided.APPLIES, by, words=words)


def _require_agreed(stay: Stay, agreed_on: date | None) -> None:
    if agreed_on:
        stay.require_current(on=agreed_on, field="agreed_on")
