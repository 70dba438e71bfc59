"""What a person wants to reach, in their own words, and how it ended."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record, new_key
from alongside.organisation.models import Scheme
from alongside.plans.models.plans import Plan
from alongside.residents.models import ByEither
from alongside.stays.models import Stay

ENDED = frozenset({"achieved", "partly", "not_achieved"})
"""Results that count in the share of goals reached."""
GOES_ON = frozenset({"parked", "on_the_way", "slow"})
"""Results after which a goal goes on into the next version."""


class WhoseIdea(models.TextChoices):
    """Who thought of it first, so that one can see how much of a plan is the person's own."""

    RESIDENT = "resident", "Their own idea"
    TOGETHER = "together", "We thought of it together"
    STAFF = "staff", "A member of staff suggested it"
    OTHER = "other", "Somebody else suggested it"


class Goal(Record):
    """One goal in one version. `line` stays the same from version to version.

    `measure`, `matters` and `by_on` are asked so that one can tell when it is reached; a goal
    without them can be kept, and is shown as unfinished. `aim` is the aim or objective of the
    service that it serves, by its key in the pack.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"plan", "line", "whose_idea", "by_on", "rank", "version", "aim"}
    )
    LOCK_WITH = ("plan__stay__scheme__organisation", "plan__stay__resident")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="goals")
    line = models.UUIDField(default=new_key)
    words = models.TextField()
    whose_idea = models.CharField(max_length=10, choices=WhoseIdea)
    need = models.CharField(max_length=20, blank=True)
    aim = models.CharField(max_length=80, blank=True)
    strength = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    measure = models.TextField(blank=True)
    matters = models.TextField(blank=True)
    by_on = models.DateField(null=True, blank=True)
    readiness = models.CharField(max_length=40, blank=True)
    agencies = models.CharField(max_length=200, blank=True)
    rank = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "line"], name="a_goal_stands_once_in_a_plan"),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="goal_has_words",
                violation_error_message="A goal needs words.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def scheme(self) -> Scheme:
        return self.plan.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.plan.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.plan.resident_id

    def still_asked(self) -> list[str]:
        """What is missing before one could tell that it was reached."""
        asked: dict[str, str | date | None] = {
            "how we will know": self.measure,
            "why it matters": self.matters,
            "by when": self.by_on,
        }
        return [words for words, answer in asked.items() if not answer]


class GoalResult(ByEither, Record):
    """What became of a goal: reached, partly, not, no longer wanted, or parked for now.

    The latest one holds. Parking is the person's own choice and counts as no failure.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "line", "result", "on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="goal_results")
    line = models.UUIDField()
    result = models.CharField(max_length=40)
    comment = models.TextField(blank=True)
    on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        indexes = [models.Index(fields=["stay", "line"], name="goal_result_by_line")]
        constraints = [*ByEither.Meta.constraints]

    def __str__(self) -> str:
        return self.result

    @property
    def says(self) -> str:
        """What became of it, in the words of the practice."""
        found = self.stay.scheme.pack.choices("goal_results").get(self.result)
        return found.says if found else self.result
