"""Letting a resident in: the tablet changes hands, the phone gets an address, the PIN opens."""

from __future__ import annotations

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.portal.models import PhoneDoor
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.signatures.pins import require_pin
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


def is_closed(door: PhoneDoor) -> Refused | None:
    if door.closed_at is None:
        return None
    return Refused("This address is closed already.", instead="Give them a new one.")


@operation("portal.tablet_handed_over", needs=Action.BOOK_SESSION, unless=cannot_take_it)
def hand_over_tablet(stay: Stay, *, by: Staff) -> Stay:
    """Note that the tablet was handed to a resident. Refused when they have no PIN."""
    return stay


@operation("portal.opened", needs=Action.BOOK_SESSION, unless=cannot_take_it)
def let_in(stay: Stay, *, by: Resident, pin: str) -> Stay:
    """Open a resident's own pages with their PIN.

    Refused when it is not theirs, and while it rests after too many wrong ones.
    """
    require_pin(
        stay.resident,
        pin,
        scheme=stay.scheme,
        by=by,
        instead="Try again, or ask any member of staff.",
    )
    return stay


@operation("portal.address_given", needs=Action.BOOK_SESSION, unless=cannot_take_it)
def give_address(stay: Stay, *, by: Staff) -> PhoneDoor:
    """Give a resident the address that opens their pages on their own phone, with their PIN.

    The one they had before is closed. Refused when they have no PIN.
    """
    for door in PhoneDoor.objects.filter(stay=stay, closed_at=None):
        _close(door, by)
    return PhoneDoor.objects.create(stay=stay, given_by=by)


@operation("portal.address_closed", needs=Action.BOOK_SESSION, unless=is_closed)
def close_address(door: PhoneDoor, *, by: Staff) -> PhoneDoor:
    """Close a resident's address: a lost phone, or they do not want it any more."""
    return _close(door, by)


def _close(door: PhoneDoor, by: Staff) -> PhoneDoor:
    door.closed_at, door.closed_by = clock.now(), by
    door.save(update_fields=["closed_at", "closed_by"])
    return door
