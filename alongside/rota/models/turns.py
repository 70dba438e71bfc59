"""That somebody is down for a shift, and whether that still stands."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.practice.rota import ShiftKind
from alongside.rota.times import in_hours, minutes_between


class TurnQuerySet(models.QuerySet["Turn"]):
    def visible_to(self, staff: Staff) -> TurnQuerySet:
        return visible(staff, self)

    def standing(self) -> TurnQuerySet:
        return self.filter(cancelled_at=None)

    def between(self, first: date, last: date) -> TurnQuerySet:
        """Of shifts that begin on one of these days, both included."""
        return self.filter(on__gte=first, on__lte=last)

    def for_page(self) -> TurnQuerySet:
        return self.select_related(
            "worker", "scheme__organisation", "placed_by", "cancelled_by"
        ).fetch_mode(models.FETCH_RAISE)


class Turn(Record):
    """That somebody is down for one shift: a member of staff, or somebody of an agency.

    `on` is the day the shift starts, to which a night belongs. It is never moved: who swaps is
    taken off, and the other put down.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "on", "shift", "worker", "starts_at", "ends_at", "cancelled_at", "instead_of"}
    )
    LOCK_WITH = ("scheme__organisation", "worker")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="turns", db_index=False)
    on = models.DateField()
    shift = models.SlugField(max_length=40)
    worker = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="turns", db_index=False
    )
    agency_name = models.CharField(max_length=120, blank=True)
    agency = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    words = models.CharField(max_length=200, blank=True)
    placed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    instead_of = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="followed_by"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.CharField(max_length=300, blank=True)

    objects = TurnQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "on"], name="turn_by_scheme"),
            models.Index(fields=["worker", "starts_at"], name="turn_by_worker"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(worker__isnull=False, agency_name="", agency="")
                | (Q(worker=None) & ~Q(agency_name="") & ~Q(agency="")),
                name="a_turn_is_of_staff_or_of_an_agency",
                violation_error_message="Name a member of staff, or somebody and their agency.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="a_turn_ends_after_it_starts"
            ),
            models.UniqueConstraint(
                fields=["worker", "scheme", "on", "shift"],
                condition=Q(cancelled_at=None),
                name="nobody_is_down_twice_for_a_shift",
                violation_error_message="They are down for this shift already.",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | (
                    Q(cancelled_at__isnull=False, cancelled_by__isnull=False)
                    & ~Q(cancelled_because="")
                ),
                name="taking_off_the_rota_has_a_person_and_a_reason",
                violation_error_message="Say why they are taken off.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} on {self.on}"

    @property
    def name(self) -> str:
        return self.worker.name if self.worker else f"{self.agency_name} ({self.agency})"

    @property
    def kind(self) -> ShiftKind | None:
        """The shift in the pack; None when the pack no longer knows it."""
        return self.scheme.pack.shifts.get(self.shift)

    @property
    def shift_says(self) -> str:
        return self.kind.says if self.kind else self.shift

    @property
    def minutes(self) -> int:
        """Real minutes: 60 more or less in a night when the clocks change."""
        return minutes_between(self.starts_at, self.ends_at)

    @property
    def hours(self) -> str:
        return in_hours(self.minutes)

    def is_near(self) -> bool:
        """Whether it is the day of the shift, or the shift is going on."""
        today = self.scheme.today()
        return self.starts_here.date() <= today <= self.ends_here.date()

    @property
    def starts_here(self) -> datetime:
        return self.starts_at.astimezone(self.scheme.zone)

    @property
    def ends_here(self) -> datetime:
        return self.ends_at.astimezone(self.scheme.zone)
