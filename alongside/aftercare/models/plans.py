"""The plan of the second twelve weeks, in versions that whoever the practice names sign."""

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
    """The plan for the weeks after the move. Signed by all who have to it is locked; a change is
    another.

    `signers` are those who sign it, as the practice had them at the first signature, and
    `still_to_sign` is how many of them it waits for; both empty until then.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "episode",
            "number",
            "home_every",
            "community_every",
            "written_on",
            "in_force_on",
            "still_to_sign",
        }
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
    signers = models.JSONField(null=True, blank=True)
    still_to_sign = models.PositiveSmallIntegerField(null=True, blank=True)
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
                condition=Q(signers__isnull=True, still_to_sign=None)
                | Q(signers__isnull=False, still_to_sign__isnull=False),
                name="an_aftercare_plan_knows_who_has_to_sign",
            ),
            models.CheckConstraint(
                condition=Q(in_force_on=None)
                | Q(in_force_on__isnull=False, still_to_sign__isnull=False, still_to_sign=0),
                name="an_aftercare_plan_in_force_is_signed_by_all",
                violation_error_message="It is in force only when all who have to have signed.",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"
