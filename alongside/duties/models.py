"""Duties: what we owe a resident by a date. Derived, never edited by hand."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay


class State(models.TextChoices):
    """Where a duty stands. Whether it is overdue is not stored: it is its date, and today."""

    OPEN = "open", "Open"
    MET = "met", "Met"
    MET_LATE = "met_late", "Met late"
    MISSED = "missed", "Missed"
    EXCUSED = "excused", "Excused"
    VOID = "void", "No longer owed"


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, staff: Staff) -> DutyQuerySet:
        return self.filter(scheme_id__in=staff.scheme_ids())

    def outstanding(self) -> DutyQuerySet:
        return self.filter(state=State.OPEN)

    def overdue(self, on: date) -> DutyQuerySet:
        return self.outstanding().filter(due_on__lt=on)

    def for_page(self) -> DutyQuerySet:
        return self.select_related("stay__resident", "scheme__organisation").fetch_mode(
            models.FETCH_RAISE
        )


class Duty(Record):
    """Something we owe a resident by a date, with the rule that says so."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"key", "period_from", "opens_on", "due_on", "met_on", "state"}
    )

    stay = models.ForeignKey(Stay, models.CASCADE, related_name="duties")
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    key = models.SlugField(max_length=60)
    period_from = models.DateField()
    opens_on = models.DateField()
    due_on = models.DateField()
    met_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    why = models.TextField(blank=True)
    practice = models.CharField(max_length=80)

    objects = DutyQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["scheme", "state", "due_on"], name="duty_by_scheme"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "key", "period_from"], name="one_duty_per_rule_and_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} by {self.due_on}"
