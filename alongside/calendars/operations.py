"""Opening an address for one's own calendar, renewing it, and closing it."""

from __future__ import annotations

from alongside.audit.operation import operation
from alongside.calendars.models import CalendarAddress, digest_of
from alongside.calendars.queries import open_address
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff


@operation("calendar.opened", needs=None)
def open_calendar(staff: Staff, *, by: Staff, secret: str) -> CalendarAddress:
    """Open an address with this secret in it. The one before stops working at once.

    Refused to anybody but the person themselves.
    """
    _require_own(staff, by)
    if before := open_address(staff):
        _close(before)
    return CalendarAddress.objects.create(staff=staff, digest=digest_of(secret))


@operation("calendar.closed", needs=None)
def close_calendar(staff: Staff, *, by: Staff) -> CalendarAddress:
    """Close the address. Refused when there is none."""
    _require_own(staff, by)
    address = open_address(staff)
    if address is None:
        raise Refused("Your calendar has no address.", instead="There is nothing to close.")
    return _close(address)


def _require_own(staff: Staff, by: Staff) -> None:
    if by.pk != staff.pk:
        raise Refused("A calendar belongs to one person.", instead="Ask them to do it themselves.")


def _close(address: CalendarAddress) -> CalendarAddress:
    address.closed_at = clock.now()
    address.save(update_fields=["closed_at"])
    return address
