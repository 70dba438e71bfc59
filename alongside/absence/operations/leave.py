"""Leave: asked for, decided, cancelled."""

from __future__ import annotations

from datetime import date

from alongside.absence.models import Absence, Cover, Decision, Kind
from alongside.absence.operations.checks import (
    already_cancelled,
    known,
    require_not_away,
    require_order,
    require_own_or_may,
    require_words,
    require_works_here,
)
from alongside.absence.operations.cover import close_cover
from alongside.absence.operations.long import open_changes_if_long
from alongside.absence.operations.telling import tell_everybody
from alongside.absence.queries import held_during
from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@operation("leave.asked", needs=None)
def ask_for_leave(
    scheme: Scheme,
    *,
    by: Staff,
    worker: Staff,
    from_on: date,
    until_on: date,
    reason: str,
    words: str = "",
) -> Absence:
    """Ask for leave, for oneself or, by whoever may, for a colleague. Both days are days away.

    `reason` is a key of the pack's list `leave`. Where the pack asks for no decision, or whoever
    asks is the one who decides, it is approved at once.

    Refused when it begins before today, ends before it begins, or lies over another absence.
    Source: Key Working, step 4.
    """
    require_works_here(scheme, worker)
    require_own_or_may(scheme, worker, by, Action.DECIDE_LEAVE)
    require_order(from_on, until_on)
    if from_on < scheme.today():
        raise Refused(
            "Leave is asked for before it begins.",
            instead="Choose today or a later day, or enter it as sickness.",
            field="from_on",
        )
    known(scheme.pack.reasons("leave"), reason, words, field="reason", more="words")
    require_not_away(worker, from_on, until_on)
    absence = Absence.objects.create(
        worker=worker,
        scheme=scheme,
        kind=Kind.LEAVE,
        reason=reason,
        words=words.strip(),
        from_on=from_on,
        until_on=until_on,
        recorded_by=by,
    )
    decides = by.pk != worker.pk and by.may(Action.DECIDE_LEAVE, scheme)
    if decides or not scheme.pack.has("leave_needs_decision"):
        _approve(absence, by, "")
    return absence


def already_decided(absence: Absence) -> Refused | None:
    """Leave is decided once, and only leave."""
    if absence.kind != Kind.LEAVE:
        return Refused("Nobody decides on sickness.", instead="Look for cover instead.")
    if absence.decision:
        said = Decision(absence.decision).label.lower()
        return Refused(
            f"This leave was {said} already.", instead="Cancel it, or let them ask anew."
        )
    return already_cancelled(absence)


def _not_ones_own(absence: Absence, by: Staff) -> None:
    if absence.worker_id == by.pk:
        raise NotPermitted("This is your own leave.", instead="Somebody else decides on it.")


@operation("leave.approved", needs=Action.DECIDE_LEAVE, unless=already_decided)
def approve_leave(absence: Absence, *, by: Staff, decision_words: str = "") -> Absence:
    """Approve leave. Everybody the worker holds is from now on to be met before it.

    Refused for one's own. Source: Key Working, step 4.
    """
    _not_ones_own(absence, by)
    return _approve(absence, by, decision_words)


def _approve(absence: Absence, by: Staff, words: str) -> Absence:
    absence.decision, absence.decided_by = Decision.APPROVED, by
    absence.decided_at, absence.decision_words = clock.now(), words.strip()
    absence.save(update_fields=["decision", "decided_by", "decided_at", "decision_words"])
    tell_everybody(absence, by=by)
    open_changes_if_long(absence, by=by)
    return absence


@operation("leave.refused", needs=Action.DECIDE_LEAVE, unless=already_decided)
def refuse_leave(absence: Absence, *, by: Staff, decision_words: str) -> Absence:
    """Refuse leave, with the reason. Refused for one's own."""
    _not_ones_own(absence, by)
    absence.decision_words = require_words(
        decision_words, field="decision_words", instead="Say why it cannot be."
    )
    absence.decision, absence.decided_by, absence.decided_at = Decision.REFUSED, by, clock.now()
    absence.save(update_fields=["decision", "decided_by", "decided_at", "decision_words"])
    return absence


def cannot_cancel(absence: Absence) -> Refused | None:
    if absence.is_over():
        return Refused("This is over.", instead="There is nothing left to cancel.")
    if absence.decision == Decision.REFUSED:
        return Refused("This leave was refused.", instead="There is nothing to cancel.")
    return already_cancelled(absence)


@operation("absence.cancelled", needs=None, unless=cannot_cancel)
def cancel_absence(absence: Absence, *, by: Staff, because: str) -> Absence:
    """Cancel leave or sickness that does not come to pass. Cover and what was owed for it end.

    The worker cancels their own, whoever decides on leave cancels everybody's.
    Refused without the reason, and once it is over or, for leave, has begun.
    """
    if by.pk != absence.worker_id and not by.may(Action.DECIDE_LEAVE, absence):
        leader = absence.scheme.one("manager")
        raise NotPermitted("This is somebody else’s.", instead=f"Ask them, or {leader}.")
    if absence.kind == Kind.LEAVE and absence.from_on < absence.scheme.today():
        raise Refused("This has begun.", instead="Say instead on which day they are back.")
    touched = held_during(absence)
    absence.cancelled_because = require_words(
        because, field="because", instead="Say why it is cancelled."
    )
    absence.cancelled_by, absence.cancelled_at = by, clock.now()
    absence.save(update_fields=["cancelled_by", "cancelled_at", "cancelled_because"])
    for cover in Cover.objects.open().filter(absence=absence).select_related(*Cover.LOCK_WITH):
        close_cover(cover, by=by, last_day=None)
    tell_everybody(absence, by=by, also=touched)
    return absence
