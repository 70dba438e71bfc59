"""What is asked about slots and bookings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q
from django.db.models.functions import TruncDate
from django.shortcuts import get_object_or_404

from alongside.absence.models import Absence
from alongside.keywork.models import (
    Arranged,
    Booking,
    BookingQuerySet,
    Outcome,
    Preparation,
    Slot,
    SlotQuerySet,
)
from alongside.keywork.models.bookings import NOT_HELD
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.queries import staff_who_may
from alongside.practice.actions import Action
from alongside.stays.models import Stay


def slot_for(staff: Staff, slot_id: UUID) -> Slot:
    """That slot, if it is at a scheme where this person works."""
    return get_object_or_404(Slot.objects.visible_to(staff).for_page(), pk=slot_id)


def booking_for(staff: Staff, booking_id: UUID) -> Booking:
    """That booking, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(Booking.objects.visible_to(staff).for_page(), pk=booking_id)


def free_slots(scheme: Scheme) -> SlotQuerySet:
    """Every slot one can still book, the soonest first; none of somebody who is away then."""
    ahead = Slot.objects.free().filter(scheme=scheme, starts_at__gte=clock.now())
    away = Absence.objects.in_force().filter(
        Q(until_on=None) | Q(until_on__gte=OuterRef("day")),
        worker=OuterRef("worker"),
        from_on__lte=OuterRef("day"),
    )
    here = ahead.annotate(day=TruncDate("starts_at", tzinfo=scheme.zone)).exclude(Exists(away))
    return here.for_page().order_by("starts_at", "worker__name")


def slots_ahead(scheme: Scheme, worker: Staff) -> SlotQuerySet:
    """What a worker still offers, taken or not, the soonest first."""
    ahead = Slot.objects.filter(
        scheme=scheme, worker=worker, withdrawn_at=None, starts_at__gte=clock.now()
    )
    return ahead.for_page().order_by("starts_at")


@dataclass(frozen=True, slots=True)
class Shown:
    """A slot as it hangs on the wall: nobody's name, initials or a bed only."""

    slot: Slot
    taken_by: str


def slots_to_show(scheme: Scheme) -> list[Shown]:
    """The slots to come for the sheet on the wall, taken ones with initials and bed only."""
    slots = list(
        Slot.objects.filter(scheme=scheme, withdrawn_at=None, starts_at__gte=clock.now())
        .for_page()
        .order_by("starts_at", "worker__name")[:100]
    )
    taken = {
        one.slot_id: one.stay
        for one in Booking.objects.open()
        .filter(slot__in=slots)
        .select_related("stay__resident", "stay__bed")
    }
    return [Shown(slot, _sign(taken.get(slot.pk))) for slot in slots]


def _sign(stay: Stay | None) -> str:
    if stay is None:
        return ""
    return f"{stay.bed}" if stay.bed else stay.resident.initials


def next_booking(stay: Stay) -> Booking | None:
    """The next session that is booked, if there is one."""
    return bookings_ahead(stay).first()


def bookings_ahead(stay: Stay) -> BookingQuerySet:
    """What is booked and nothing has come of it yet; what has passed waits to be recorded."""
    return Booking.objects.for_page().open().filter(stay=stay).order_by("starts_at")


def unanswered_misses(stay: Stay) -> BookingQuerySet:
    """Sessions that did not happen, neither booked again nor explained."""
    lost = Booking.objects.for_page().filter(stay=stay, outcome__in=NOT_HELD)
    return lost.filter(rebooked_as=None, explained_on=None).order_by("-starts_at")


def self_arranged(scheme: Scheme, stay: Stay | None = None) -> tuple[int, int]:
    """How many bookings residents arranged themselves, helped or not, of how many."""
    booked = Booking.objects.filter(stay__scheme=scheme).exclude(outcome=Outcome.MOVED)
    if stay is not None:
        booked = booked.filter(stay=stay)
    own = Q(arranged__in=[Arranged.RESIDENT, Arranged.ASSISTED])
    counted = booked.aggregate(own=Count("pk", filter=own), all=Count("pk"))
    return counted["own"], counted["all"]


def preferred(stay: Stay) -> Mapping[str, Any]:
    """Where and how they met last, or said they like to: offered again for the next session."""
    latest = Booking.objects.filter(stay=stay, slot=None).order_by("-place_agreed", "-starts_at")
    return latest.values("venue", "place", "format", "activity").first() or {}


def comfort_of(stay: Stay) -> str:
    """What made them feel at ease last time, to be offered again."""
    ready = Preparation.objects.filter(booking__stay=stay).exclude(comfort="")
    return ready.order_by("-prepared_at").values_list("comfort", flat=True).first() or ""


def preparation_of(booking: Booking) -> Preparation | None:
    """What was got ready for a session."""
    return Preparation.objects.filter(booking=booking).select_related("prepared_by").first()


def who_meets(scheme: Scheme, *also: Staff) -> list[Staff]:
    """Whom a session can be with, by name: those whose role includes key working, and `also`."""
    those = staff_who_may(Action.RECORD_KEY_WORK, scheme)
    known = {one.pk for one in those}
    return sorted([*those, *(one for one in also if one.pk not in known)], key=lambda one: one.name)
