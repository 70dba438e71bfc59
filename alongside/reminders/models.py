"""Who was reminded on which day, and what each member of staff wants to be sent."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Staff

LAST_HOUR = 23


class Kind(models.TextChoices):
    """Which reminder it is."""

    DAILY = "daily", "What is due today"
    WEEKLY = "weekly", "The week, for those who lead"
    UNREAD = "unread", "Messages that wait"


class ReminderQuerySet(models.QuerySet["Reminder"]):
    def on(self, kind: Kind, days: set[date]) -> ReminderQuerySet:
        return self.filter(kind=kind, on__in=days)


class Reminder(Record):
    """That somebody was reminded of so many things on a day. The letter itself is with the post.

    Numbers are all that is said: how many things were due that day, were overdue, fall due `soon`
    and were to be thought of that day, and were passed up to them; in the weekly one, in `due`
    and `late`, how many people were let down in the week before, and how many
    things were overdue; in the one about messages, in `due`, how many conversations wait.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"staff", "kind", "on", "due", "late", "soon", "passed_up", "reminded_at"}
    )
    LOCK_WITH: ClassVar[tuple[str, ...]] = ("staff__organisation",)

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="reminders", db_index=False)
    kind = models.CharField(max_length=6, choices=Kind)
    on = models.DateField()
    due = models.PositiveIntegerField()
    late = models.PositiveIntegerField()
    soon = models.PositiveIntegerField(default=0)
    passed_up = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = ReminderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff", "kind", "on"],
                name="nobody_is_reminded_twice_a_day",
                violation_error_message="They were reminded today already.",
            ),
            models.CheckConstraint(
                condition=Q(kind=Kind.WEEKLY)
                | Q(due__gt=0)
                | Q(late__gt=0)
                | Q(soon__gt=0)
                | Q(passed_up__gt=0),
                name="nobody_is_reminded_of_nothing_at_all",
                violation_error_message="There is nothing to be reminded of.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.staff_id} on {self.on}"

    @property
    def organisation_id(self) -> UUID:
        return self.staff.organisation_id


class MailChoice(Record):
    """What somebody wants by e-mail, and from which hour of the day, where they work."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"staff", "daily", "weekly", "unread", "from_hour"})

    staff = models.OneToOneField(Staff, models.CASCADE, related_name="mail_choice")
    daily = models.BooleanField(default=True)
    weekly = models.BooleanField(default=True)
    unread = models.BooleanField(default=True)
    from_hour = models.PositiveSmallIntegerField()
    chosen_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(from_hour__lte=LAST_HOUR),
                name="a_reminder_leaves_at_an_hour_of_the_day",
                violation_error_message="A day has the hours 0 to 23.",
            ),
        ]

    def __str__(self) -> str:
        return f"what {self.staff_id} is sent"
