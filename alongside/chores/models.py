"""Who cleans and cooks what on which day, whether it was done, and who looked."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import OfAStay, Stay


class Result(models.TextChoices):
    """What came of a duty of the house. One that is excused counts neither way."""

    DONE = "done", "Done"
    NOT_DONE = "not_done", "Not done"
    EXCUSED = "excused", "Excused"


class HouseDutyQuerySet(models.QuerySet["HouseDuty"]):
    def between(self, first: date, last: date) -> HouseDutyQuerySet:
        """Due on these days, both included."""
        return self.filter(due_on__gte=first, due_on__lte=last)

    def at(self, scheme: Scheme) -> HouseDutyQuerySet:
        return self.filter(stay__scheme=scheme).select_related("stay__resident", "checked_by")


class HouseDuty(OfAStay):
    """One duty of the house of one resident on one day."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "due_on", "result", "checked_at", "checked_by"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="house_duties")
    kind = models.CharField(max_length=60)
    due_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result, blank=True)
    checked_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = HouseDutyQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "kind", "pk"]
        indexes = [models.Index(fields=["due_on", "stay"], name="house_duty_by_day")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "kind", "due_on"],
                name="a_house_duty_is_given_once",
                violation_error_message="They have this duty on that day already.",
            ),
            models.CheckConstraint(
                condition=Q(result="", checked_by=None, checked_at=None)
                | Q(
                    result__in=["done", "not_done", "excused"],
                    checked_by__isnull=False,
                    checked_at__isnull=False,
                ),
                name="a_checked_house_duty_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind_says}, {self.due_on:%-d %B}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("house_duties").get(self.kind)
        return found.says if found else self.kind
