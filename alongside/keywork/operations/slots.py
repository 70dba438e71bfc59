"""Offering time for sessions, and taking it back."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from alongside.audit.operation import operation
from alongside.keywork.models import Booking, Slot
from alongside.keywork.operations.checks import instant, known, require_works_at
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action

MOST_AT_ONCE = 60


@operation("slot.offered", needs=Action.OFFER_SLOTS)
def offer_slot(
    scheme: Scheme,
    *,
    by: Staff,
    worker: Staff,
    starts_at: datetime,
    ends_at: datetime,
    venue: str,
    place: str = "",
    format: str = "",  # noqa: A002  the pack's word for how a session is held
) -> Slot:
    """Offer one stretch of time for a session.

    Refused when it has begun, ends before it starts, or lies over another slot or booking of
    the same worker; when the worker does not work here; or the venue is not on the list.
    Source: Key Working, step 3.
    """
    require_works_at(scheme, worker, field="worker")
    known(scheme.pack.choices("venues"), venue, field="venue")
    if ends_at <= starts_at:
        raise Refused("It ends before it starts.", instead="Mend the times.", field="ends")
    if starts_at < clock.now():
        raise Refused("That time has passed.", instead="Offer a time to come.", field="starts")
    _require_free(worker, starts_at, ends_at)
    return Slot.objects.create(
        worker=worker,
        scheme=scheme,
        starts_at=starts_at,
        ends_at=ends_at,
        venue=venue,
        place=place,
        format=format,
        offered_by=by,
    )


def _require_free(worker: Staff, starts_at: datetime, ends_at: datetime) -> None:
    Staff.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    offered = Slot.objects.filter(
        worker=worker, withdrawn_at=None, starts_at__lt=ends_at, ends_at__gt=starts_at
    )
    booked = Booking.objects.open().filter(worker=worker).overlapping(starts_at, ends_at)
    if offered.exists() or booked.exists():
        raise Refused(
            f"{worker} already offers or has booked part of this time.",
            instead="Choose another time, or take the other one back.",
            field="starts",
        )


@operation("slots.offered", needs=Action.OFFER_SLOTS)
def offer_slots(
    scheme: Scheme,
    *,
    by: Staff,
    worker: Staff,
    on: date,
    starts: time,
    ends: time,
    venue: str,
    place: str = "",
    format: str = "",  # noqa: A002
    minutes: int | None = None,
    weeks: int = 1,
) -> Slot:
    """Offer a run of slots, one after another, on a day and on the same day of further weeks.

    Each lasts `minutes` (what the pack says when left out); what is left over at the end is
    not offered. All of them are offered or none. Gives the first.
    Refused as one slot is, or when the time is too short for one, or holds too many.
    """
    each = minutes or int(scheme.pack.limit("session_minutes"))
    spans = [
        span
        for week in range(weeks)
        for span in _spans(scheme, on + timedelta(weeks=week), starts, ends, each)
    ]
    if not spans:
        raise Refused(
            f"There is no room for {each} minutes between {starts:%H:%M} and {ends:%H:%M}.",
            instead="Make it longer, or the slots shorter.",
            field="ends",
        )
    if len(spans) > MOST_AT_ONCE:
        raise Refused(
            f"That would be {len(spans)} slots.",
            instead=f"Offer at most {MOST_AT_ONCE} at once.",
            field="weeks",
        )
    made = [
        offer_slot(
            scheme,
            by=by,
            worker=worker,
            starts_at=start,
            ends_at=end,
            venue=venue,
            place=place,
            format=format,
        )
        for start, end in spans
    ]
    return made[0]


def _spans(
    scheme: Scheme, on: date, starts: time, ends: time, minutes: int
) -> list[tuple[datetime, datetime]]:
    start, last = instant(scheme, on, starts), instant(scheme, on, ends)
    spans = []
    while (end := start + timedelta(minutes=minutes)) <= last:
        spans.append((start, end))
        start = end
    return spans


def not_free(slot: Slot) -> Refused | None:
    """A slot is taken back while nobody has it."""
    if slot.withdrawn_at is not None:
        return Refused("This slot has already been taken back.", instead="Offer another.")
    if Booking.objects.open().filter(slot=slot).exists():
        return Refused(
            "Somebody has booked this slot.", instead="Move or cancel the booking first."
        )
    return None


@operation("slot.withdrawn", needs=Action.OFFER_SLOTS, unless=not_free)
def withdraw_slot(slot: Slot, *, by: Staff) -> Slot:
    """Take back time that was offered. Refused when somebody has booked it."""
    slot.withdrawn_at, slot.withdrawn_by = clock.now(), by
    slot.save(update_fields=["withdrawn_at", "withdrawn_by"])
    return slot
