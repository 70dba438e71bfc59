"""When somebody came and left: written by themselves or by whoever leads the shift."""

from __future__ import annotations

from datetime import datetime

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.rota.models import Clocking, Turn, What
from alongside.rota.operations.placing import off_already


@operation("hours.came", needs=None, unless=off_already)
def clock_in(turn: Turn, *, by: Staff, at: datetime | None = None) -> Clocking:
    """Write down that somebody came to their shift, now or at a time that is past.

    Everybody for themselves; whoever leads the shift for others and for agency staff.
    Refused in the future, and when it is written down already.
    """
    return _write(turn, by, What.CAME, at)


@operation("hours.left", needs=None, unless=off_already)
def clock_out(turn: Turn, *, by: Staff, at: datetime | None = None) -> Clocking:
    """Write down that somebody left. Refused before they came, and as coming is."""
    came = turn.clockings.filter(what=What.CAME, replaced_at=None).first()
    if came is None:
        raise Refused("They have not come yet.", instead="Write down first when they came.")
    if (at or clock.now()) <= came.at:
        raise Refused("Nobody leaves before they came.", instead="Check the time.", field="at")
    return _write(turn, by, What.LEFT, at)


def _write(turn: Turn, by: Staff, what: str, at: datetime | None) -> Clocking:
    _require_own_or_lead(turn, by)
    _require_past(at)
    if turn.clockings.filter(what=what, replaced_at=None).exists():
        raise Refused("This is written down already.", instead="Put the time right instead.")
    return Clocking.objects.create(turn=turn, what=what, at=at or clock.now(), recorded_by=by)


def _require_own_or_lead(turn: Turn, by: Staff) -> None:
    if by.pk != turn.worker_id and not by.may(Action.KEEP_HOURS, turn):
        raise NotPermitted(
            "These are somebody else’s hours.", instead="Ask whoever leads the shift."
        )


def _require_past(at: datetime | None) -> None:
    if at and at > clock.now():
        raise Refused("That time has not come.", instead="Write it down then.", field="at")


def replaced(clocking: Clocking) -> Refused | None:
    if clocking.replaced_at:
        return Refused("This time was put right already.", instead="Look at the shift again.")
    return None


@operation("hours.corrected", needs=None, unless=replaced)
def correct_clocking(clocking: Clocking, *, by: Staff, at: datetime, because: str) -> Clocking:
    """Put a time right, with the reason. The first time stays beside the new one.

    Refused in the future, without the reason, and when somebody would leave before they came.
    """
    turn = clocking.turn
    _require_own_or_lead(turn, by)
    _require_past(at)
    if not because.strip():
        raise Refused(
            "Nothing has been written yet.", instead="Say why the time is put right.",
            field="because",
        )  # fmt: skip
    _require_order(clocking, at)
    clocking.replaced_at = clock.now()
    clocking.save(update_fields=["replaced_at"])
    return Clocking.objects.create(
        turn=turn, what=clocking.what, at=at, because=because.strip(), corrects=clocking,
        recorded_by=by,
    )  # fmt: skip


def _require_order(clocking: Clocking, at: datetime) -> None:
    others = clocking.turn.clockings.filter(replaced_at=None).exclude(pk=clocking.pk)
    other = others.first()
    if other is None:
        return
    came, left = (at, other.at) if clocking.what == What.CAME else (other.at, at)
    if left <= came:
        raise Refused("Nobody leaves before they came.", instead="Check the time.", field="at")
