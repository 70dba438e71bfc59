"""What changes nights out: booking, going, coming back, cancelling."""

from __future__ import annotations

from datetime import date, datetime

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.building.models import NightOut
from alongside.building.queries import Allowance, allowance
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended


@operation("night_out.booked", needs=Action.BOOK_NIGHT_OUT, unless=already_ended)
def book_night_out(
    stay: Stay,
    *,
    by: Actor,
    night_of: date,
    back_by: datetime,
    address: str,
    phone: str,
    override_reason: str = "",
) -> NightOut:
    """Book a night away, from the evening of `night_of` until `back_by`.

    Refused when their stage gives no night out, or the week's allowance is used; somebody with
    the right to may book it all the same, with a reason. A night counts in the service week in
    which it begins. Refused when it is over already, or the return is before it.

    Source: Key Working, Appendix 2, Stage 5 and Legend.
    """
    _require_sense(stay, night_of, back_by)
    found = allowance(stay, on=night_of)
    extra = found.booked >= found.number
    if extra and not (override_reason and by.may(Action.OVERRIDE_NIGHTS_OUT, stay)):
        raise _no_more(found, stay.scheme.one("manager"))
    return NightOut.objects.create(
        stay=stay,
        night_of=night_of,
        back_by=back_by,
        address=address,
        phone=phone,
        override_reason=override_reason if extra else "",
        overridden_by=by if extra and isinstance(by, Staff) else None,
        **made_by(by),
    )


def _require_sense(stay: Stay, night_of: date, back_by: datetime) -> None:
    if night_of < stay.scheme.today():
        raise Refused(
            "That night is over.", instead="Choose tonight or a later night.", field="night_of"
        )
    if back_by.astimezone(stay.scheme.zone).date() <= night_of:
        raise Refused(
            "They would be back before the night is over.",
            instead="Give the time on the next day.",
            field="back_by",
        )


def _no_more(found: Allowance, leader: str) -> Refused:
    if not found.number:
        because = "Their stage does not give nights out."
    else:
        nights = "1 night" if found.number == 1 else f"{found.number} nights"
        because = (
            f"Their stage gives {nights} out a week, and {found.booked} "
            f"{'is' if found.booked == 1 else 'are'} booked in the week from "
            f"{found.first:%-d %B}."
        )
    return Refused(
        because,
        instead=f"Choose another week, or ask {leader} to allow it with a reason.",
        field="night_of",
    )


def cannot_leave(night: NightOut) -> Refused | None:
    if night.cancelled_at:
        return Refused("This night out was cancelled.", instead="Book another one.")
    if night.left_at:
        return Refused("They have left already.", instead="Record when they come back.")
    return None


@operation("night_out.left", needs=Action.BOOK_NIGHT_OUT, unless=cannot_leave)
def check_out(night: NightOut, *, by: Staff) -> NightOut:
    """Record that they have gone out, now. Refused when cancelled, or they have gone already."""
    night.left_at, night.left_seen_by = clock.now(), by
    night.save(update_fields=["left_at", "left_seen_by"])
    return night


def cannot_return(night: NightOut) -> Refused | None:
    if not night.left_at:
        return Refused("They have not left.", instead="Record first when they went out.")
    if night.back_at:
        return Refused("They are back already.", instead="Nothing more is needed.")
    return None


@operation("night_out.returned", needs=Action.BOOK_NIGHT_OUT, unless=cannot_return)
def check_in(night: NightOut, *, by: Staff) -> NightOut:
    """Record that they are back, now. Refused when they have not left, or are back already."""
    night.back_at, night.back_seen_by = clock.now(), by
    night.save(update_fields=["back_at", "back_seen_by"])
    return night


def cannot_cancel(night: NightOut) -> Refused | None:
    if night.cancelled_at or night.left_at:
        return Refused(
            "This night out has begun or was cancelled already.", instead="Look at the list again."
        )
    return None


@operation("night_out.cancelled", needs=Action.BOOK_NIGHT_OUT, unless=cannot_cancel)
def cancel_night_out(night: NightOut, *, by: Actor, because: str) -> NightOut:
    """Cancel a booked night, with the reason that is given to the resident as notice."""
    night.cancelled_at, night.cancelled_because = clock.now(), because
    night.cancelled_by = by if isinstance(by, Staff) else None
    night.save(update_fields=["cancelled_at", "cancelled_because", "cancelled_by"])
    return night


@operation("night_out.notice_given", needs=Action.BOOK_NIGHT_OUT)
def give_notice(night: NightOut, *, by: Staff) -> NightOut:
    """Record that the resident was told of the cancellation. Refused unless it is cancelled."""
    if not night.cancelled_at:
        raise Refused("It is not cancelled.", instead="Cancel it first, with the reason.")
    night.told_at = night.told_at or clock.now()
    night.save(update_fields=["told_at"])
    return night


def cancel_beyond_allowance(stay: Stay, *, by: Staff, from_at: datetime, because: str) -> int:
    """Cancel booked nights from that moment on that the allowance no longer holds.

    Part of an operation of another room (a move to a lower stage). The earliest bookings of a
    week are kept as far as the new allowance goes. Returns how many were cancelled.
    """
    first_night = from_at.astimezone(stay.scheme.zone).date()
    nights = NightOut.objects.standing().filter(stay=stay, left_at=None, night_of__gte=first_night)
    cancelled = 0
    for night in nights.order_by("-night_of"):
        found = allowance(stay, on=night.night_of)
        if found.booked > found.number:
            cancel_night_out(night, by=by, because=because)
            cancelled += 1
    return cancelled
