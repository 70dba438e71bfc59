"""Passing a case from one worker to the next, with what they must know, and their yes."""

from __future__ import annotations

from alongside.allocations.models import LEAD, CaseHandover, Method
from alongside.allocations.operations.allocating import (
    require_may_hold,
    require_room,
    require_words,
    take_over,
    works_without,
)
from alongside.allocations.queries import current_allocation, loads
from alongside.audit.operation import operation
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay
from alongside.stays.operations import case_is_closed


@operation("case.handed_over", needs=Action.ALLOCATE_KEY_WORKER, unless=case_is_closed)
def hand_over_case(
    stay: Stay,
    *,
    by: Staff,
    to: Staff,
    summary: str,
    reason: str = "skills",
    open_actions: str = "",
    risks: str = "",
    role: str = LEAD,
    override_reason: str = "",
) -> CaseHandover:
    """Offer a case to the next worker. Until they accept, nothing changes for the resident.

    Refused when nobody holds it, when the next worker cannot, or without a summary.
    Source: Key Working, Project Workers and Manager (cases passed on).
    """
    if role == LEAD and (off := works_without(stay)):
        raise off
    current = current_allocation(stay, role)
    if current is None:
        raise Refused("Nobody holds this case.", instead="Name somebody instead.", field="to")
    if not summary.strip():
        raise Refused(
            "A case is not passed on without a word.",
            instead="Write what the next one must know.",
            field="summary",
        )
    require_words(stay.scheme.pack.reasons("allocation"), reason, summary, field="summary")
    require_may_hold(stay.scheme, to, role)
    if role == LEAD:
        require_room(stay, by, to, loads([to])[to.pk].weighs, override_reason)
    return CaseHandover.objects.create(
        stay=stay,
        role=role,
        from_worker=current.worker,
        to_worker=to,
        reason=reason,
        summary=summary,
        open_actions=open_actions,
        risks=risks,
        offered_by=by,
        offered_on=stay.scheme.today(),
    )


def already_accepted(handover: CaseHandover) -> Refused | None:
    """A case is accepted once."""
    if handover.accepted_on is None:
        return None
    return Refused("This case has been accepted.", instead="Look at the history.")


@operation("case.accepted", needs=Action.READ_FILE, unless=already_accepted)
def accept_case(handover: CaseHandover, *, by: Staff) -> CaseHandover:
    """Take on a case that was offered. From now on it is yours, and not for a moment nobody's.

    Refused to everybody but the worker it was offered to.
    """
    if by.pk != handover.to_worker_id:
        raise NotPermitted(
            f"This case was offered to {handover.to_worker}.", instead="Let them accept it."
        )
    today = handover.scheme.today()
    take_over(
        handover.stay,
        by=by,
        worker=by,
        role=handover.role,
        from_on=today,
        room_is_settled=True,
        method=Method.CHOSEN,
        reason=handover.reason,
    )
    handover.accepted_on = today
    handover.save(update_fields=["accepted_on"])
    return handover
