"""Duties: what we owe a resident by a date. Derived, never edited by hand."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay


class State(models.TextChoices):
    """Where a duty stands. Whether it is overdue is not stored: it is its date, and today."""

    OPEN = "open", "Open"
    PAUSED = "paused", "Paused"
    MET = "met", "Met"
    MET_LATE = "met_late", "Met late"
    MISSED = "missed", "Missed"
    EXCUSED = "excused", "Excused"
    VOID = "void", "No longer owed"


class DutyQuerySet(models.QuerySet["Duty"]):
    def visible_to(self, staff: Staff) -> DutyQuerySet:
        return self.filter(scheme_id__in=staff.reads_at())

    def outstanding(self, on: date) -> DutyQuerySet:
        """Open ones whose time to be done has come."""
        return self.filter(state=State.OPEN, opens_on__lte=on)

    def overdue(self, on: date) -> DutyQuerySet:
        return self.filter(state=State.OPEN, due_on__lt=on)

    def for_page(self) -> DutyQuerySet:
        return self.select_related("stay__resident", "stay__bed", "scheme").fetch_mode(
            models.FETCH_RAISE
        )


class Duty(Record):
    """Something we owe a resident by a date, with the rule that says so and the arithmetic."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"key", "period_from", "opens_on", "due_on", "met_on", "state"}
    )

    stay = models.ForeignKey(Stay, models.CASCADE, related_name="duties")
    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="+", db_index=False)
    key = models.SlugField(max_length=60)
    period_from = models.DateField()
    ref = models.CharField(max_length=80, blank=True)
    says = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=300, blank=True)
    owner = models.JSONField(default=list)
    opens_on = models.DateField()
    due_on = models.DateField()
    first_due_on = models.DateField(null=True)
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
                fields=["stay", "key", "period_from", "ref"], name="one_duty_per_rule_and_period"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says} by {self.due_on:%-d %B %Y}"

    def days_left(self, on: date) -> int:
        """Days until it is due; negative once it is overdue."""
        return (self.due_on - on).days


class WorkedOut(Record):
    """The day up to which a scheme's duties have been worked out. Time is a cause too."""

    scheme = models.OneToOneField(Scheme, models.CASCADE, related_name="duties_worked_out")
    on = models.DateField()
    at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return f"{self.scheme_id} up to {self.on}"


class Excuse(Record):
    """That a duty was excused: why, and who approved it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "key", "period_from", "ref"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="excuses")
    key = models.SlugField(max_length=60)
    period_from = models.DateField()
    ref = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300)
    approved_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "key", "period_from", "ref"],
                name="a_duty_is_excused_once",
                violation_error_message="This has been excused already.",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=""),
                name="an_excuse_has_its_reason",
                violation_error_message="Excusing a duty needs a reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} excused"
