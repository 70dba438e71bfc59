"""Moments: the timeline of a person, one line for each thing that happened.

Derived. They can be deleted and told again from the records, and nothing changes.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.residents.models import Resident
from alongside.stays.models import Stay


class MomentQuerySet(models.QuerySet["Moment"]):
    def visible_to(self, staff: Staff) -> MomentQuerySet:
        """Lines at schemes where they work, less those restricted to others."""
        readable = Q(restricted=False) | Q(readers__staff=staff)
        return visible(staff, self).filter(readable)

    def latest_first(self) -> MomentQuerySet:
        return self.order_by("-happened_at", "-id")


class Moment(models.Model):
    """One line of somebody's timeline."""

    OPEN: ClassVar[frozenset[str]] = frozenset()

    id = models.BigAutoField(primary_key=True)
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+", db_index=False)
    stay = models.ForeignKey(Stay, models.CASCADE, related_name="moments")
    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=240)
    text = models.TextField(blank=True)
    note = models.CharField(max_length=240, blank=True)
    by = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    part = models.CharField(max_length=20, blank=True)
    restricted = models.BooleanField(default=False)

    objects = MomentQuerySet.as_manager()

    class Meta:
        indexes = [
            # With what says who may see a line: counting a timeline looks at none of them.
            models.Index(
                fields=["resident", "-happened_at", "-id", "scheme", "restricted"],
                name="moment_by_resident",
            ),
            models.Index(
                fields=["resident", "kind", "-happened_at"], name="moment_by_resident_kind"
            ),
            models.Index(fields=["scheme", "-recorded_at"], name="moment_by_scheme"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["record_id", "part"], name="a_record_tells_each_part_once"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def says(self) -> str:
        """The line itself, as the timeline shows it."""
        return self.title

    @property
    def url(self) -> str:
        return self.link

    @property
    def about(self) -> str:
        """Who did it, and what else is to be said of the line."""
        late = "written down later" if self.was_late() else ""
        return " · ".join(filter(None, [self.by, self.note, late]))

    def was_late(self) -> bool:
        """Whether it was written down on a later day than it happened."""
        return self.recorded_at.date() > self.happened_at.date()


class Reader(models.Model):
    """One of the only people who may see a restricted moment."""

    moment = models.ForeignKey(Moment, models.CASCADE, related_name="readers")
    staff = models.ForeignKey(Staff, models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["moment", "staff"], name="a_reader_is_named_once"),
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} may read {self.moment_id}"
