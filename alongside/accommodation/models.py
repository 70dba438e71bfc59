"""Bed spaces: the places residents occupy, and when one is out of use."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff


class BedQuerySet(models.QuerySet["Bed"]):
    def visible_to(self, staff: Staff) -> BedQuerySet:
        """Only beds at schemes where this person works."""
        return self.filter(scheme_id__in=staff.scheme_ids())

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
