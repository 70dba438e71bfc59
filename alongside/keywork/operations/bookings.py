"""Booking a session, moving it, cancelling it, and saying why it did not happen."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from alongside.absence.queries import is_away
from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.keywork.models import Arranged, Booking, Outcome, Preparation, Slot
from alongside.keywork.models.bookings import NOT_HELD
from alongside.keywork.operations.checks import (
    instant,
    known,
    reasoned,
    require_minutes,
    require_words,
    require_works_at,
)
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.residents.models import made_by
from alongside.stays.models import Stay
from alongside.stays.operations import already_ended

RESIDENT_CANCELLED = "resident_cancelled"
MOVED_ON = "moved_on"
"""The reason of a session that fell away because they had moved on; in no list of a pack."""
RESIDENT_ASKED = "resident_asked"
STAFF_ABSENT = "staff_absent"


def not_open(booking: Booking) -> Refused | None:
    """What has come of a booking is said once."""
    if booking.is_open():
        return None
    said = Outcome(booking.outcome).label.lower()
    return Refused(f"This session is already recorded as {said}.", instead="Book a new one.")


def not_missed(booking: Booking) -> Refused | None:
    """Only a session that did not happen is explained, and once."""
    if not booking.was_not_held():
        return Refused("This session was not missed.", instead="There is nothing to explain.")
    if booking.explained_on:
        return Refused("This has already been explained.", instead="Write a note to add to it.")
    return None


@operation("booking.slot_booked", needs=Action.BOOK_SESSION, unless=already_ended)
def book_slot(
    stay: Stay,
    *,
    by: Actor,
    slot: Slot,
    arranged: str = "",
    activity: str = "",
    place_agreed: bool = False,
) -> Booking:
    """Book time that a worker offers. `arranged` says who arranged it when staff type it in.

    Refused when the slot is taken, taken back or past, or when the resident or the worker is
    already booked then. A missed session that was still open is made good by this one.
    Source: Key Working, step 3.
    """
    if by.ACTOR_KIND == "resident" and not stay.scheme.pack.has("resident_books_sessions"):
        worker = stay.pack.term("key_worker").singular
        raise Refused(
            "Sessions are booked by staff here.", instead=f"Ask your {worker} for a time."
        )
    _require_offered(stay, slot)
    return _book(
        stay,
        by,
        slot=slot,
        worker=slot.worker,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        venue=slot.venue,
        place=slot.place,
        format=slot.format,
        arranged=arranged,
        activity=activity,
        place_agreed=place_agreed,
    )


def _require_offered(stay: Stay, slot: Slot) -> None:
    offered = Slot.objects.free().filter(pk=slot.pk, scheme_id=stay.scheme_id)
    if not offered.exists():
        raise Refused("This slot is no longer free.", instead="Choose another one.", field="slot")


@operation("booking.time_booked", needs=Action.BOOK_SESSION, unless=already_ended)
def book_time(
    stay: Stay,
    *,
    by: Staff,
    worker: Staff,
    on: date,
    starts: time,
    venue: str,
    minutes: int | None = None,
    place: str = "",
    format: str = "",  # noqa: A002
    arranged: str = Arranged.STAFF,
    activity: str = "",
    place_agreed: bool = False,
) -> Booking:
    """Book a time that was not offered as a slot. It lasts as the pack says when left out.

    `place_agreed` says that the person was asked where; `activity` is what they will do together.
    Refused as a slot is; a resident books what is offered.
    """
    if by.ACTOR_KIND == "resident":
        raise Refused("This time is not offered.", instead="Choose a time that is.")
    require_works_at(stay.scheme, worker, field="worker")
    require_minutes(minutes)
    known(stay.scheme.pack.choices("venues"), venue, field="venue")
    starts_at = instant(stay.scheme, on, starts)
    lasts = minutes or int(stay.scheme.pack.limit("session_minutes"))
    return _book(
        stay,
        by,
        worker=worker,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=lasts),
        venue=venue,
        place=place,
        format=format,
        arranged=arranged,
        activity=activity,
        place_agreed=place_agreed,
    )


def _book(
    stay: Stay, by: Actor, *, worker: Staff, starts_at: datetime, ends_at: datetime, **what: Any
) -> Booking:
    if starts_at < clock.now():
        raise Refused(
            "That time has passed.",
            instead="Choose a time to come, or record the session that was held.",
            field="slot" if what.get("slot") else "on",
        )
    _require_here(stay, worker, starts_at, field="slot" if what.get("slot") else "worker")
    _require_nobody_else(stay, worker, starts_at, ends_at)
    arranged = what.pop("arranged", "")
    if by.ACTOR_KIND == "resident":
        arranged = Arranged.RESIDENT
    booking = Booking.objects.create(
        stay=stay,
        worker=worker,
        starts_at=starts_at,
        ends_at=ends_at,
        arranged=arranged or Arranged.STAFF,
        **made_by(by),
        **what,
    )
    _make_good(stay, booking)
    return booking


def _require_here(stay: Stay, worker: Staff, start: datetime, *, field: str) -> None:
    day = start.astimezone(stay.scheme.zone).date()
    if is_away(worker, day, day):
        raise Refused(
            f"{worker} is away on {day:%-d %B}.",
            instead="Choose another day, or another worker.",
            field=field,
        )


def _require_nobody_else(stay: Stay, worker: Staff, start: datetime, end: datetime) -> None:
    """Nobody is in two places: neither the worker nor the resident."""
    Staff.objects.select_for_update(of=("self",)).get(pk=worker.pk)
    then = Booking.objects.open().overlapping(start, end)
    if then.filter(worker=worker).exists():
        raise Refused(
            f"{worker} is already booked at this time.",
            instead="Choose another time or another worker.",
            field="starts",
        )
    if then.filter(stay=stay).exists():
        raise Refused(
            f"{stay.resident} already has a session at this time.",
            instead="Choose another time, or move the other one.",
            field="starts",
        )


def _make_good(stay: Stay, booking: Booking) -> None:
    """The oldest missed session that nobody has answered for is what this one makes good."""
    waiting = Booking.objects.filter(
        stay=stay, outcome__in=NOT_HELD, rebooked_as=None, explained_on=None
    )
    if oldest := waiting.order_by("starts_at").first():
        oldest.rebooked_as = booking
        oldest.save(update_fields=["rebooked_as"])


@operation("booking.moved", needs=Action.BOOK_SESSION, unless=not_open)
def move_booking(
    booking: Booking,
    *,
    by: Actor,
    reason: str = "",
    words: str = "",
    slot: Slot | None = None,
    on: date | None = None,
    starts: time | None = None,
) -> Booking:
    """Move a session to another slot, or to another day and time with the same worker.

    Gives the new booking; the old one says where it went and why. A session moved into next
    week is not this week's.
    Refused when what came of it is already said, or the new time is not free.
    """
    if by.ACTOR_KIND == "resident":
        reason = reason or RESIDENT_ASKED
    reasoned(booking.scheme.pack.reasons("session_moved"), reason, words)
    _settle(booking, by, Outcome.MOVED, reason, words)
    if slot is not None:
        made = book_slot(booking.stay, by=by, slot=slot, arranged=booking.arranged)
    else:
        made = _book_same(booking, by, on, starts)
    booking.rebooked_as = made
    booking.save(update_fields=["rebooked_as"])
    return made


def _book_same(booking: Booking, by: Actor, on: date | None, starts: time | None) -> Booking:
    if on is None or starts is None or by.ACTOR_KIND == "resident":
        raise Refused(
            "No new time was chosen.", instead="Choose a slot, or a day and a time.", field="slot"
        )
    starts_at = instant(booking.scheme, on, starts)
    return _book(
        booking.stay,
        by,
        worker=booking.worker,
        starts_at=starts_at,
        ends_at=starts_at + (booking.ends_at - booking.starts_at),
        venue=booking.venue,
        place=booking.place,
        format=booking.format,
        arranged=booking.arranged,
        activity=booking.activity,
        place_agreed=booking.place_agreed,
    )


@operation("booking.passed_on", needs=Action.BOOK_SESSION, unless=not_open)
def pass_on_booking(booking: Booking, *, by: Staff, worker: Staff) -> Booking:
    """Let a colleague hold a session at its time, because the worker is away.

    Gives the new booking; the old one says where it went. Held by the colleague it counts like
    any other. Refused when the colleague is booked then, or does not work here.
    Source: Key Working, step 3.
    """
    require_works_at(booking.scheme, worker, field="to_worker")
    _settle(booking, by, Outcome.MOVED, STAFF_ABSENT, "")
    made = _book(
        booking.stay,
        by,
        worker=worker,
        starts_at=booking.starts_at,
        ends_at=booking.ends_at,
        venue=booking.venue,
        place=booking.place,
        format=booking.format,
        arranged=booking.arranged,
        activity=booking.activity,
        place_agreed=booking.place_agreed,
    )
    booking.rebooked_as = made
    booking.save(update_fields=["rebooked_as"])
    return made


@operation("booking.cancelled", needs=Action.BOOK_SESSION, unless=not_open)
def cancel_booking(booking: Booking, *, by: Actor, reason: str = "", words: str = "") -> Booking:
    """Cancel a session. It must then be booked again, or explained.

    `reason` is a key of the pack's list `session_missed`. A resident who cancels needs none.
    """
    if by.ACTOR_KIND == "resident":
        reason = RESIDENT_CANCELLED
    reasoned(booking.scheme.pack.reasons("session_missed"), reason, words)
    return _settle(booking, by, Outcome.CANCELLED, reason, words)


@operation("booking.missed", needs=Action.RECORD_KEY_WORK, unless=not_open)
def record_missed(
    booking: Booking, *, by: Staff, reason: str, words: str = "", explanation: str = ""
) -> Booking:
    """Record that a session did not happen, with the reason, and why it is not booked again.

    Without `explanation` it waits to be booked again.
    Refused before the session was to start. Source: Key Working, step 3.
    """
    reasoned(booking.scheme.pack.reasons("session_missed"), reason, words)
    if not booking.is_past():
        raise Refused(
            "This session has not started yet.",
            instead="Cancel it, if it will not happen.",
            field="reason",
        )
    _settle(booking, by, Outcome.MISSED, reason, words)
    return _explain(booking, by, explanation) if explanation.strip() else booking


@operation("booking.fell_away", needs=None, unless=not_open)
def fall_away(booking: Booking, *, by: Actor) -> Booking:
    """Cancel a session with somebody who has moved on. There is nothing to book again.

    Done for whoever ended the stay, and only then.
    """
    if booking.stay.moved_out_on is None:
        raise Refused("They still live here.", instead="Cancel the session with its reason.")
    _settle(booking, by, Outcome.CANCELLED, MOVED_ON, "They had moved on.")
    return _explain(booking, by, "Nothing to book again.") if isinstance(by, Staff) else booking


@operation("booking.explained", needs=Action.RECORD_KEY_WORK, unless=not_missed)
def explain_missed(booking: Booking, *, by: Staff, explanation: str) -> Booking:
    """Say why a missed session is not booked again."""
    return _explain(booking, by, explanation)


def _explain(booking: Booking, by: Staff, explanation: str) -> Booking:
    booking.explanation = require_words(
        explanation, field="explanation", instead="Say why it is not booked again."
    )
    booking.explained_on, booking.explained_by = booking.scheme.today(), by
    booking.save(update_fields=["explanation", "explained_on", "explained_by"])
    return booking


def _settle(booking: Booking, by: Actor, outcome: str, reason: str, words: str) -> Booking:
    booking.outcome, booking.settled_at, booking.settled_by = outcome, clock.now(), by.actor_name
    booking.reason, booking.words = reason, words
    booking.save(update_fields=["outcome", "settled_at", "settled_by", "reason", "words"])
    return booking


@operation("session.prepared", needs=Action.RECORD_KEY_WORK, unless=not_open)
def prepare_session(
    booking: Booking,
    *,
    by: Staff,
    purpose: str = "",
    topics: str = "",
    resources: str = "",
    comfort: str = "",
    read_headlines: bool = False,
) -> Preparation:
    """Get a session ready: what for, what the resident wants to talk about, what to bring.

    `comfort` is what makes them feel at ease; it is offered again next time. `read_headlines`
    says that the plan's headlines were read. Prepared again, the later words hold.
    """
    ready = Preparation.objects.filter(booking=booking).first() or Preparation(booking=booking)
    ready.purpose, ready.topics, ready.resources = purpose, topics, resources
    ready.comfort, ready.prepared_by, ready.prepared_at = comfort, by, clock.now()
    if read_headlines and ready.read_headlines_at is None:
        ready.read_headlines_at = clock.now()
    ready.save()
    return ready
