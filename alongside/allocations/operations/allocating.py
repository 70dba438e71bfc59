"""Naming who holds a role on a case, and following one worker with the next."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.allocations import matching
from alongside.allocations.models import (
    LEAD,
    Allocation,
    EndedBecause,
    Method,
)
from alongside.allocations.queries import current_allocation, loads
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.practice.keyed import Keyed
from alongside.practice.words import Choice
from alongside.sheets.gates import gates_of
from alongside.stays.models import Stay
from alongside.stays.operations import case_is_closed


def works_without(stay: Stay) -> Refused | None:
    """Nobody is named while the practice works without named workers; what was stays on file."""
    if stay.scheme.pack.has_key_working:
        return None
    words = stay.pack.term("key_worker").plural
    return Refused(
        f"{stay.scheme.name} works without {words} now.",
        instead="Whoever works here is there for everybody. A leader can switch it on again"
        " under How we work, Switches.",
    )


def cannot_be_named(stay: Stay) -> Refused | None:
    """The case is closed, or nobody has a named worker here."""
    return case_is_closed(stay) or works_without(stay)


@operation("allocation.made", needs=Action.ALLOCATE_KEY_WORKER, unless=case_is_closed)
def allocate(
    stay: Stay,
    *,
    by: Actor,
    worker: Staff,
    role: str = LEAD,
    from_on: date | None = None,
    reason: str = "",
    words: str = "",
    method: str = Method.CHOSEN,
    override_reason: str = "",
) -> Allocation:
    """Let a worker hold a role on a case from a day on (today when left out).

    Whoever held it until then is followed in the same moment. `reason` is a key of the pack's
    list `allocation`, needed when somebody other than the proposed worker becomes key worker;
    `override_reason` is needed for everyone above the pack's largest caseload, from somebody
    who may give it.

    Refused when the worker cannot hold the role here, already holds it, has not shown what the
    practice asks of a key worker, or is full; when a
    lasting key worker would be replaced (that is a change of key worker and needs a decision);
    and when the day is in the future or outside the stay.
    Source: Key Working, step 1, and Manager; caseloads from the key worker's position description.
    """
    from_on = from_on or stay.scheme.today()
    if role == LEAD and method != Method.IMPORTED and (off := works_without(stay)):
        raise off
    require_may_hold(stay.scheme, worker, role)
    current = current_allocation(stay, role)
    if current and role == LEAD and not current.is_temporary():
        _refuse_silent_change(current, worker)
    proposed = None
    if role == LEAD and method != Method.IMPORTED:
        proposed = _proposed_or_reason(stay, by, worker, method, reason)
        if method == Method.CHOSEN and proposed == worker:
            method = Method.PROPOSED
    require_words(stay.scheme.pack.reasons("allocation"), reason, words, field="words")
    return take_over(
        stay,
        by=by,
        worker=worker,
        role=role,
        from_on=from_on,
        override_reason=override_reason,
        method=method,
        reason=reason,
        words=words,
        proposed=proposed,
    )


@operation("allocation.ended", needs=Action.ALLOCATE_KEY_WORKER)
def end_allocation(allocation: Allocation, *, by: Actor, on: date | None = None) -> Allocation:
    """Say that a further role is no longer needed on this case.

    Refused for the key worker, who is only ever followed by another.
    """
    if allocation.role == LEAD:
        raise Refused(
            f"They are never left without a {_word(allocation)}.",
            instead=f"Change the {_word(allocation)} instead.",
        )
    if allocation.until_on is not None:
        raise Refused("This has already ended.", instead="Look at the history.")
    allocation.until_on = on or allocation.scheme.today()
    allocation.ended_because = EndedBecause.NOT_NEEDED
    allocation.save(update_fields=["until_on", "ended_because"])
    return allocation


def _word(allocation: Allocation) -> str:
    """What the practice there calls a key worker."""
    return allocation.stay.pack.term("key_worker").singular


def _refuse_silent_change(current: Allocation, worker: Staff) -> None:
    if current.worker_id == worker.pk:
        raise Refused(
            f"{worker} is already the {_word(current)}.",
            instead="Choose somebody else, or leave it as it is.",
            field="worker",
        )
    raise Refused(
        f"{current.worker} is the {_word(current)}, and lasting.",
        instead=f"Change the {_word(current)} with a reason and a decision instead.",
        field="worker",
    )


def _proposed_or_reason(
    stay: Stay, by: Actor, worker: Staff, method: str, reason: str
) -> Staff | None:
    """Who was proposed. Refused when it is somebody else and nobody says why."""
    found = matching.candidates(stay)
    if not found:
        return None
    if matching.is_proposed(found, worker):
        return worker
    best = found[0].worker
    if not reason and method != Method.TEMPORARY and by.ACTOR_KIND != "system":
        raise Refused(
            f"{best} has the most room and fits best; you chose {worker}.",
            instead="Say why.",
            field="reason",
        )
    return best


def require_words(reasons: Keyed[Choice], reason: str, words: str, *, field: str) -> None:
    """Refuse a reason that is not on the list, and one that needs more words than it has."""
    if not reason:
        return
    if (found := reasons.get(reason)) is None:
        raise Refused(
            "That reason is not on the list.", instead="Choose one that is.", field="reason"
        )
    if found.needs_text and not words.strip():
        raise Refused(
            f"“{found.says}” needs a few words.", instead="Say what the reason is.", field=field
        )


def take_over(
    stay: Stay,
    *,
    by: Actor,
    worker: Staff,
    role: str,
    from_on: date,
    override_reason: str = "",
    room_is_settled: bool = False,
    **how: Any,
) -> Allocation:
    """End what was, begin what is, on the same day and in the same breath."""
    stay.require_open_case(on=from_on, field="from_on")
    require_may_hold(stay.scheme, worker, role)
    held = _held_now(worker, role)
    if role == LEAD and how.get("method") != Method.IMPORTED:
        if off := works_without(stay):
            raise off
        # Who takes a case on for the time being, or was asked to, begins while the rest is shown.
        settled = room_is_settled or how.get("method") == Method.TEMPORARY
        reason = override_reason or ("for the time being" if settled else "")
        require_trained(stay, worker, reason=reason, may=settled or _may_override(stay, by))
        if not room_is_settled:
            require_room(stay, by, worker, held, override_reason)
    _end_current(stay, role, from_on)
    return Allocation.objects.create(
        stay=stay,
        worker=worker,
        role=role,
        from_on=from_on,
        override_reason=override_reason,
        held_then=held,
        allocated_by=by if isinstance(by, Staff) else None,
        **how,
    )


def _held_now(worker: Staff, role: str) -> int:
    """How many they hold, with the worker locked: two people may be allocating at once."""
    Staff.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    return loads([worker], role)[worker.pk].weighs


def _end_current(stay: Stay, role: str, from_on: date) -> None:
    current = Allocation.objects.filter(stay=stay, role=role, until_on=None).first()
    if current is None:
        return
    if from_on < current.from_on:
        raise Refused(
            f"The one before began on {current.from_on:%-d %B %Y}.",
            instead="Choose that day or a later one.",
            field="from_on",
        )
    current.until_on, current.ended_because = from_on, EndedBecause.REPLACED
    current.save(update_fields=["until_on", "ended_because"])


def require_may_hold(scheme: Scheme, worker: Staff, role: str) -> None:
    if any(found.staff_id == worker.pk for found in matching.may_hold(scheme, role)):
        return
    raise Refused(
        f"{worker} does not hold cases in this role here.",
        instead="Choose somebody whose role includes it.",
        field="worker",
    )


def _may_override(stay: Stay, by: Actor) -> bool:
    return by.may(Action.OVERRIDE_CASELOAD, stay)


def require_trained(stay: Stay, worker: Staff, *, reason: str, may: bool) -> None:
    """Refuse somebody who has not shown what the practice asks of whoever holds the role.

    What it lets a leader override needs their `reason`, and that they `may`.
    """
    missing = gates_of(stay.scheme, [worker], role=LEAD)[worker.pk]
    if barred := [one for one in missing if one.bars]:
        raise Refused(
            f"{worker} cannot be the {_called(stay)} yet. {barred[0].says}.",
            instead="Record what they have shown under Team and service, or choose somebody else.",
            field="worker",
        )
    wanted = [one for one in missing if one.needs_reason]
    if not wanted or (may and reason.strip()):
        return
    raise Refused(
        f"{worker} has not shown all that is asked of a {_called(stay)}. {wanted[0].says}.",
        instead="Say why they may begin without it, or name them for the time being only."
        if may
        else "Ask a leader, who may say why.",
        field="override_reason" if may else "worker",
    )


def _called(stay: Stay) -> str:
    return stay.pack.term("key_worker").singular


def require_room(stay: Stay, by: Actor, worker: Staff, held: int, override_reason: str) -> None:
    room = matching.room_of(stay.scheme, held)
    if not room.is_full():
        return
    if not by.may(Action.OVERRIDE_CASELOAD, stay):
        raise Refused(
            f"{worker} already has a caseload of {held}; {room.most} is the most.",
            instead=f"Choose somebody with room, or ask {stay.scheme.one('manager')}.",
            field="worker",
        )
    if not override_reason.strip():
        raise Refused(
            f"{worker} already has a caseload of {held}; {room.most} is the most.",
            instead="Say why they should take one more, or choose somebody else.",
            field="override_reason",
        )
