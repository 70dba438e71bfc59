"""A stay: one resident's time at one scheme, from moving in to moving on."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.accommodation.models import Bed
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.residents.models import Resident

if TYPE_CHECKING:
    from alongside.practice.contents import Pack


class StayQuerySet(models.QuerySet["Stay"]):
    def visible_to(self, staff: Staff) -> StayQuerySet:
        """Only stays at schemes where this person works. The start of every staff query."""
        return visible(staff, self)

    def current(self) -> StayQuerySet:
        """Stays that have not ended."""
        return self.filter(moved_out_on=None)

    def on(self, day: date) -> StayQuerySet:
        """Stays that hold that day; the day of moving in and of moving out both count."""
        return self.filter(Q(moved_out_on=None) | Q(moved_out_on__gte=day), moved_in_on__lte=day)

    def for_page(self) -> StayQuerySet:
        """With the person, the scheme and the bed at hand; anything else fails loudly."""
        return (
            shown(self)
            .select_related("resident", "scheme__organisation", "bed")
            .fetch_mode(models.FETCH_RAISE)
        )


class Stay(Record):
    """One resident's time at one scheme. What is recorded of a person hangs on a stay.

    `leaving_on` is the day a move is set for; until they have left it may still fall through.
    `brought_in_on` is the day it was brought in from older records, before which nothing was owed
    here. `case_kept_open` says that somebody is supported beyond the stay: it has a key worker
    still.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "resident", "scheme", "bed", "moved_in_on", "moved_out_on", "left_because",
            "leaving_on", "case_kept_open", "brought_in_on",
        }
    )  # fmt: skip
    LOCK_WITH = ("scheme__organisation", "resident", "bed")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="stays")
    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="stays")
    bed = models.ForeignKey(Bed, models.PROTECT, null=True, blank=True, related_name="stays")
    moved_in_on = models.DateField()
    moved_in_at = models.TimeField(null=True, blank=True)
    arrived_late = models.BooleanField(default=False)
    service_charge = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    leaving_on = models.DateField(null=True, blank=True)
    case_kept_open = models.BooleanField(default=False)
    moved_out_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    left_because = models.CharField(max_length=80, blank=True)
    left_words = models.TextField(blank=True)
    destination = models.CharField(max_length=200, blank=True)
    brought_in_on = models.DateField(null=True, blank=True)
    practice = models.CharField(max_length=80)
    own_values = models.JSONField(default=list, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = StayQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "moved_out_on"], name="stay_by_scheme"),
            models.Index(fields=["resident", "-moved_in_on"], name="stay_by_resident"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(moved_out_on=None),
                name="one_open_stay_per_resident",
                violation_error_message="This person already has an open stay.",
            ),
            models.UniqueConstraint(
                fields=["bed"],
                condition=Q(moved_out_on=None) & Q(bed__isnull=False),
                name="one_open_stay_per_bed",
                violation_error_message="Somebody already has this bed.",
            ),
            models.CheckConstraint(
                condition=Q(moved_out_on=None, ended_by=None)
                | Q(moved_out_on__isnull=False, ended_by__isnull=False),
                name="stay_end_has_a_date_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(moved_out_on=None) | Q(moved_out_on__gte=F("moved_in_on")),
                name="stay_ends_after_it_begins",
                violation_error_message="Nobody can move out before they have moved in.",
            ),
            models.CheckConstraint(
                condition=Q(brought_in_on=None) | Q(brought_in_on__gte=F("moved_in_on")),
                name="stay_is_brought_in_after_it_began",
            ),
            models.CheckConstraint(
                condition=Q(leaving_on=None) | Q(leaving_on__gte=F("moved_in_on")),
                name="stay_is_to_end_after_it_begins",
                violation_error_message="Nobody can leave before they have moved in.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resident} at {self.scheme}"

    @property
    def place(self) -> str:
        """Where they live, as the practice here calls it: "bed 1A"; nothing without a bed."""
        return self.bed.called(self.scheme.word("bed")) if self.bed else ""

    @property
    def pack(self) -> Pack:
        """The practice for this person: the scheme's, with what was settled for them alone."""
        if not self.own_values:
            return self.scheme.pack
        return self.scheme.pack_on(self.scheme.today(), also=self.own_values)

    def pack_at(self, when: datetime) -> Pack:
        """The same as it was at a time: a line about that time keeps the words of it."""
        day = when.astimezone(self.scheme.zone).date()
        return self.scheme.pack_on(day, also=self.own_values)

    def is_current(self) -> bool:
        return self.moved_out_on is None

    def is_open_case(self) -> bool:
        """Whether somebody works with them: they stay here, or are supported after the move."""
        return self.is_current() or self.case_kept_open

    def nights(self, on: date) -> int:
        """Whole days from moving in to that day, or to moving out if that came first."""
        last = min(on, self.moved_out_on) if self.moved_out_on else on
        return max((last - self.moved_in_on).days, 0)

    def require_current(self, *, on: date, field: str | None = None) -> None:
        """Refuse a day that the stay does not hold, or one that has not come yet."""
        if on > self.scheme.today():
            raise Refused(
                "This has not happened yet.",
                instead="Record it once it has, or book it in the diary.",
                field=field,
            )
        self.require_stay(on=on, field=field)

    def require_open_case(self, *, on: date, field: str | None = None) -> None:
        """Refuse a day to come, one before they came, and one on which nobody works with them."""
        if not self.case_kept_open or on < self.moved_in_on or on > self.scheme.today():
            self.require_current(on=on, field=field)

    def require_stay(self, *, on: date, field: str | None = None) -> None:
        """Refuse a day on which this person was not staying here."""
        if on < self.moved_in_on or (self.moved_out_on and on > self.moved_out_on):
            raise Refused(
                f"{self.resident} was not staying here on {on:%-d %B %Y}.",
                instead="Check the date.",
                field=field,
            )


class OfAStay(Record):
    """A record that hangs on a stay, with what an operation asks of its subject."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = ("stay__scheme__organisation", "stay__resident")

    stay: models.ForeignKey[Stay, Stay]

    class Meta:
        abstract = True

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    @property
    def pack(self) -> Pack:
        """The practice for the person it is about."""
        return self.stay.pack


class Correction(OfAStay):
    """That the day somebody moved in was put right: from which day, to which, and why."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "was_on", "moved_in_on"})

    # Whatever reads the stay itself is worked out again with it.
    changes_with_it = (Stay,)

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="corrections")
    was_on = models.DateField()
    moved_in_on = models.DateField()
    because = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(was_on=F("moved_in_on")), name="a_moved_in_correction_is_another_day"
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_moved_in_correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"moved in on {self.moved_in_on}, not {self.was_on}"
