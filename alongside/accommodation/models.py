"""Bed spaces: the places residents occupy, and when one is out of use."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible


class BedQuerySet(models.QuerySet["Bed"]):
    def visible_to(self, staff: Staff) -> BedQuerySet:
        """Only beds at schemes where this person works."""
        return visible(staff, self)

    def in_use(self, on: date) -> BedQuerySet:
        """Beds not closed and not out of use on that day."""
        out = OutOfUse.objects.on(on).values("bed_id")
        return self.filter(closed_on=None).exclude(pk__in=out)


class Bed(Record):
    """A bed space: the place one resident occupies."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"name", "floor", "closed_on"})
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="beds")
    name = models.CharField(max_length=40)
    floor = models.CharField(max_length=60, blank=True)
    features = models.CharField(max_length=200, blank=True)
    order = models.PositiveSmallIntegerField(default=0)
    closed_on = models.DateField(null=True, blank=True)

    objects = BedQuerySet.as_manager()

    class Meta:
        ordering = ["order", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "name"],
                name="bed_names_have_no_twins",
                violation_error_message="There is already a bed of that name here.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def called(self, word: str) -> str:
        """ "bed 1A", by the word of the practice; a name that says what it is stands alone."""
        says_itself = " " in self.name or self.name.isalpha()
        return self.name if says_itself else f"{word} {self.name}"


class OutOfUseQuerySet(models.QuerySet["OutOfUse"]):
    def on(self, day: date) -> OutOfUseQuerySet:
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), from_on__lte=day)


class OutOfUse(Record):
    """That a bed cannot be offered, from a day, until a day or still, and why."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"bed", "from_on", "until_on", "reason"})

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="out_of_use")
    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)
    reason = models.CharField(max_length=200)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    objects = OutOfUseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
                name="out_of_use_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bed_id} from {self.from_on}"


class Fault(Record):
    """Something that makes a bed unfit to offer: heating, a repair, safety. Until it is mended."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"bed", "kind", "seen_on", "mended_on"})
    LOCK_WITH = ("bed__scheme__organisation",)

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="faults")
    kind = models.SlugField(max_length=60)
    words = models.CharField(max_length=200)
    seen_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    mended_on = models.DateField(null=True, blank=True)
    mended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["seen_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(mended_on=None, mended_by=None)
                | Q(mended_on__isnull=False, mended_by__isnull=False),
                name="a_mended_fault_has_a_date_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(mended_on=None) | Q(mended_on__gte=F("seen_on")),
                name="a_fault_is_mended_after_it_is_seen",
                violation_error_message="Nothing can be mended before it is seen.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def scheme(self) -> Scheme:
        return self.bed.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.bed.scheme_id
