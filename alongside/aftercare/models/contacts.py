"""Contacts planned, made and missed, and a look whether somebody is safe."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.aftercare.models.episodes import Episode, OfAnEpisode
from alongside.kit import clock
from alongside.organisation.models import Staff


class Contact(OfAnEpisode):
    """A visit or a call that is planned, and whether it was made or missed."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"episode", "kind", "planned_on", "result", "happened_on"}
    )

    class Result(models.TextChoices):
        DONE = "done", "Done"
        MISSED = "missed", "Missed"
        NOT_NEEDED = "not_needed", "No longer planned"

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="contacts")
    kind = models.CharField(max_length=60)
    planned_on = models.DateField()
    result = models.CharField(max_length=10, choices=Result, blank=True)
    happened_on = models.DateField(null=True, blank=True)
    result_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    missed_because = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["planned_on", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "kind", "planned_on"],
                condition=~Q(result="not_needed"),
                name="a_contact_is_planned_once",
                violation_error_message="This contact is planned already.",
            ),
            models.CheckConstraint(
                condition=Q(result="", happened_on=None, result_by=None)
                | ~Q(result="") & Q(happened_on__isnull=False, result_by__isnull=False),
                name="a_contact_result_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(result="missed") | ~Q(missed_because=""),
                name="a_missed_contact_says_why",
                violation_error_message="Say why it was missed.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.planned_on}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("aftercare_contacts").get(self.kind)
        return found.says if found else self.kind


class WelfareCheck(OfAnEpisode):
    """That somebody made sure they are safe, after contact was missed."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"episode", "checked_on", "safe"})

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="welfare_checks")
    checked_on = models.DateField()
    safe = models.BooleanField()
    words = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["checked_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_welfare_check_says_what_was_found",
                violation_error_message="Write what you found.",
            ),
        ]

    def __str__(self) -> str:
        return f"welfare check on {self.checked_on}"
