"""When somebody has moved on, what was booked with them for later falls away."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.audit.operation import Done
from alongside.keywork.models import Booking
from alongside.keywork.operations.bookings import fall_away
from alongside.kit import clock
from alongside.stays.models import Stay

ENDED = {"stay.ended", "case.closed"}


def follow(done: Sequence[Done]) -> None:
    """After a stay has ended: nobody waits for somebody who is not coming.

    Not where the case is kept open for the weeks after the move. What was to be before they left
    still asks what came of it.
    """
    for one in list(done):
        if one.event in ENDED and isinstance(one.record, Stay):
            stay = Stay.objects.select_related("scheme").get(pk=one.record.pk)
            if stay.moved_out_on and not stay.case_kept_open:
                _fall_away(stay, one, last=stay.moved_out_on)


def _fall_away(stay: Stay, one: Done, *, last: date) -> None:
    for booking in Booking.objects.open().filter(stay=stay).select_related("stay__scheme"):
        day = booking.starts_at.astimezone(stay.scheme.zone).date()
        if booking.starts_at > clock.now() or day > last:
            fall_away(booking, by=one.by)
