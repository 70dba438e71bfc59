"""What residents ask for while their worker is away, and what they were encouraged to do."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.residents.models import ByEither
from alongside.stays.models import OfAStay, Stay


class SessionAsked(ByEither, OfAStay):
    """That a resident asked somebody for a session while their own worker is away."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "to_worker", "asked_at"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="sessions_asked", db_index=False)
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    words = models.TextField(blank=True)
    asked_at = models.DateTimeField(default=clock.now)

    class Meta(ByEither.Meta):
        indexes = [models.Index(fields=["stay", "-asked_at"], name="session_asked_by_stay")]

    def __str__(self) -> str:
        return f"{self.stay_id} asked {self.to_worker_id}"


class Encouragement(OfAStay):
    """That somebody was encouraged to have their session all the same, and what they said."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "offered", "answer", "on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="encouragements", db_index=False)
    on = models.DateField()
    offered = models.CharField(max_length=40)
    with_worker = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "-on", "-id"], name="encouragement_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(offered="") & ~Q(answer=""),
                name="an_encouragement_says_what_and_the_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offered} to {self.stay_id}"
