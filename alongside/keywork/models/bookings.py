"""When a worker offers time, who has booked it, and what came of it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.residents.models import ByEither
from alongside.stays.models import Stay


class SlotQuerySet(models.QuerySet["Slot"]):
    def visible_to(self, staff: Staff) -> SlotQuerySet:
        return visible(staff, self)

    def free(self) -> SlotQuerySet:
        """Offered still, and taken by nobody."""
        taken = Booking.objects.open().filter(slot__isnull=False).values("slot_id")
        return self.filter(withdrawn_at=None).exclude(pk__in=taken)

    def for_page(self) -> SlotQuerySet:
        return self.select_related("worker", "scheme__organisation").fetch_mode(models.FETCH_RAISE)


class Slot(Record):
    """Time a worker offers: whoever books it first has it."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"worker", "scheme", "starts_at", "ends_at", "venue", "format", "withdrawn_at"}
    )
    LOCK_WITH = ("scheme__organisation", "worker")

    worker = models.ForeignKey(Staff, models.PROTECT, related_name="slots", db_index=False)
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="slots", db_index=False)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    format = models.CharField(max_length=40, blank=True)
    offered_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    objects = SlotQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["scheme", "starts_at"], name="slot_by_scheme")]
        constraints = [
            models.UniqueConstraint(
                fields=["worker", "starts_at"],
                condition=Q(withdrawn_at=None),
                name="a_slot_is_offered_once",
                violation_error_message="This time is already offered.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="slot_ends_after_it_starts",
                violation_error_message="A slot ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
                name="slot_withdrawal_has_a_time_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} at {self.starts_at:%Y-%m-%d %H:%M}"


class Arranged(models.TextChoices):
    """Who arranged it; the keys of the pack's list `completed_by`."""

    RESIDENT = "resident", "By themselves"
    ASSISTED = "assisted", "By themselves, with help"
    STAFF = "staff", "By staff for them"


class Outcome(models.TextChoices):
    """What came of a booking. Nothing yet is an empty one."""

    HELD = "held", "Held"
    MISSED = "missed", "Missed"
    CANCELLED = "cancelled", "Cancelled"
    MOVED = "moved", "Moved"


NOT_HELD = (Outcome.MISSED, Outcome.CANCELLED)


class BookingQuerySet(models.QuerySet["Booking"]):
    def visible_to(self, staff: Staff) -> BookingQuerySet:
        return visible(staff, self)

    def open(self) -> BookingQuerySet:
        """Booked, and nothing has come of it yet."""
        return self.filter(outcome="")

    def between(self, start: datetime, end: datetime) -> BookingQuerySet:
        """That start in this span, the end left out."""
        return self.filter(starts_at__gte=start, starts_at__lt=end)

    def overlapping(self, start: datetime, end: datetime) -> BookingQuerySet:
        return self.filter(starts_at__lt=end, ends_at__gt=start)

    def for_page(self) -> BookingQuerySet:
        return shown(self).select_related(
            "worker", "by_staff", "by_resident", "rebooked_as", "slot",
            "stay__resident", "stay__scheme__organisation", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class Booking(ByEither, Record):
    """That a resident and a worker meet: when, where, who arranged it, and what came of it.

    `rebooked_as` is the booking that took its place, when it was moved or missed. `place_agreed`
    says that the person was asked where they like to meet, and how; `activity` what they will do.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "worker", "slot", "starts_at", "ends_at", "venue", "format", "arranged",
            "outcome", "reason", "settled_at", "rebooked_as", "place_agreed",
        }
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed", "worker")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="bookings", db_index=False)
    worker = models.ForeignKey(Staff, models.PROTECT, related_name="bookings", db_index=False)
    slot = models.ForeignKey(Slot, models.PROTECT, null=True, blank=True, related_name="bookings")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    venue = models.CharField(max_length=40)
    place = models.CharField(max_length=120, blank=True)
    format = models.CharField(max_length=40, blank=True)
    activity = models.CharField(max_length=120, blank=True)
    place_agreed = models.BooleanField(default=False)
    arranged = models.CharField(max_length=10, choices=Arranged)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    rebooked_as = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="instead_of"
    )
    explanation = models.TextField(blank=True)
    explained_on = models.DateField(null=True, blank=True)
    explained_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    objects = BookingQuerySet.as_manager()

    class Meta(ByEither.Meta):
        indexes = [
            models.Index(fields=["stay", "-starts_at"], name="booking_by_stay"),
            models.Index(fields=["worker", "starts_at"], name="booking_by_worker"),
        ]
        constraints = [
            *ByEither.Meta.constraints,
            models.UniqueConstraint(
                fields=["worker", "starts_at"],
                condition=Q(outcome=""),
                name="a_worker_meets_one_person_at_a_time",
                violation_error_message="The worker already has somebody at this time.",
            ),
            models.UniqueConstraint(
                fields=["stay", "starts_at"],
                condition=Q(outcome=""),
                name="a_resident_meets_one_worker_at_a_time",
                violation_error_message="They already have a session at this time.",
            ),
            models.UniqueConstraint(
                fields=["slot"],
                condition=Q(outcome=""),
                name="a_slot_is_taken_once",
                violation_error_message="Somebody has just taken this slot.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="booking_ends_after_it_starts",
                violation_error_message="A session ends after it starts.",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", settled_at=None, settled_by="")
                | (~Q(outcome="") & Q(settled_at__isnull=False) & ~Q(settled_by="")),
                name="booking_outcome_has_a_time_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["", Outcome.HELD]) | ~Q(reason=""),
                name="what_was_not_held_has_a_reason",
                violation_error_message="A session that was not held needs a reason.",
            ),
            models.CheckConstraint(
                condition=Q(explained_on=None, explained_by=None, explanation="")
                | (Q(explained_on__isnull=False, explained_by__isnull=False) & ~Q(explanation="")),
                name="booking_explanation_has_words_a_day_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay_id} with {self.worker_id} at {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    def is_open(self) -> bool:
        return self.outcome == ""

    def is_past(self) -> bool:
        return self.starts_at <= clock.now()

    def was_not_held(self) -> bool:
        return self.outcome in NOT_HELD

    def needs_an_answer(self) -> bool:
        """Missed or cancelled, and neither booked again nor explained."""
        return self.was_not_held() and self.rebooked_as_id is None and self.explained_on is None

    def day(self) -> date:
        """The local day it was for."""
        return self.starts_at.astimezone(self.stay.scheme.zone).date()

    def counts_against(self) -> str:
        """Whose miss it was: "resident", "service" or "nobody"."""
        found = self.stay.scheme.pack.reasons("session_missed").get(self.reason)
        return str(found.counts_against) if found else "nobody"


class Preparation(Record):
    """What a worker got ready before a session, and that they read the headlines."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"booking", "read_headlines_at"})

    booking = models.OneToOneField(Booking, models.PROTECT, related_name="preparation")
    purpose = models.TextField(blank=True)
    topics = models.TextField(blank=True)
    resources = models.TextField(blank=True)
    comfort = models.TextField(blank=True)
    prepared_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField(default=clock.now)
    read_headlines_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"preparation of {self.booking_id}"
