"""Handing the shared tablet to a resident, who then acts in their own name."""

from __future__ import annotations

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


def cannot_take_it(stay: Stay) -> Refused | None:
    """Somebody needs a PIN, and to be staying here."""
    if refusal := already_ended(stay):
        return refusal
    if not stay.resident.signing_pin:
        return Refused(
            f"{stay.resident} has no PIN yet.", instead="Let them choose one before you hand over."
        )
    return None


@operation("together.handed_over", needs=Action.BOOK_SESSION, unless=cannot_take_it)
def hand_over_tablet(stay: Stay, *, by: Staff) -> Stay:
    """Note that the tablet was handed to a resident. Refused when they have no PIN."""
    return stay


@operation("together.taken", needs=Action.BOOK_SESSION, unless=cannot_take_it)
def take_tablet(stay: Stay, *, by: Resident, pin: str) -> Stay:
    """Let a resident in with their PIN. Refused when it is not theirs."""
    if not stay.resident.pin_is(pin):
        raise Refused(
            "That is not your PIN.", instead="Try again, or give the tablet back.", field="pin"
        )
    return stay
