"""The tenancy: what is a worry in it, and what was done about it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import OfAStay, Stay


class TenancyConcern(OfAStay):
    """Something about the tenancy to see to: who is part of it, what is done, how it ends.

    Kept apart from the care record where the pack says so.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "topic", "raised_on", "resolved_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="tenancy_concerns")
    topic = models.CharField(max_length=60)
    concern = models.TextField()
    parties = models.CharField(max_length=300, blank=True)
    raised_on = models.DateField()
    resolved_on = models.DateField(null=True, blank=True)
    resolved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    result = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "resolved_on"], name="concern_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(concern=""),
                name="a_tenancy_concern_has_words",
                violation_error_message="Write what it is about.",
            ),
            models.CheckConstraint(
                condition=Q(resolved_on=None, resolved_by=None, result="")
                | Q(resolved_on__isnull=False, resolved_by__isnull=False) & ~Q(result=""),
                name="a_tenancy_concern_ends_with_a_result",
            ),
        ]

    def __str__(self) -> str:
        return self.concern

    @property
    def topic_says(self) -> str:
        found = self.scheme.pack.choices("tenancy_topics").get(self.topic)
        return found.says if found else self.topic


class TenancyStep(Record):
    """Something done about a concern."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"concern", "done_on"})

    concern = models.ForeignKey(TenancyConcern, models.PROTECT, related_name="steps")
    done_on = models.DateField()
    words = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["done_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_tenancy_step_has_words",
                violation_error_message="Write what was done.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def scheme(self) -> Scheme:
        return self.concern.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.concern.scheme_id
