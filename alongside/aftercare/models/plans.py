"""The plan of the second twelve weeks, in versions that both sign."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.aftercare.models.episodes import Episode, OfAnEpisode
from alongside.kit import clock
from alongside.organisation.models import Staff


class Every(models.TextChoices):
    """How often contact is planned; the value is a length of time."""

    WEEK = "P1W", "Every week"
    FORTNIGHT = "P2W", "Every two weeks"
    FOUR_WEEKS = "P4W", "Every four weeks"


class AftercarePlan(OfAnEpisode):
    """The plan for the weeks after the move. Signed by both it is locked; a change is another."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"episode", "number", "home_every", "community_every", "written_on", "in_force_on"}
    )

    episode = models.ForeignKey(Episode, models.PROTECT, related_name="plans")
    number = models.PositiveSmallIntegerField(default=1)
    home_every = models.CharField(max_length=8, choices=Every)
    community_every = models.CharField(max_length=8, choices=Every, blank=True)
    where = models.CharField(max_length=200, blank=True)
    goals = models.TextField()
    help_with = models.TextField(blank=True)
    written_on = models.DateField()
    resident_signed_at = models.DateTimeField(null=True, blank=True)
    worker_signed_at = models.DateTimeField(null=True, blank=True)
    in_force_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["episode", "number"],
                name="an_aftercare_plan_has_its_own_number",
                violation_error_message="Somebody has just written another version.",
            ),
            models.CheckConstraint(
                condition=~Q(goals=""),
                name="an_aftercare_plan_says_what_for",
                violation_error_message="Write what the support is for.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on=None)
                | Q(resident_signed_at__isnull=False, worker_signed_at__isnull=False),
                name="an_aftercare_plan_in_force_is_signed_by_both",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
