"""How many people a shift needs, where the contract says otherwise than the practice."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff


class Level(Record):
    """How many people a shift needs here from a day on, where the contract says otherwise.

    On one day of the week (Monday is 0) or, without one, on every day.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "shift", "weekday", "least", "from_on", "source"}
    )
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="staffing_levels")
    shift = models.SlugField(max_length=40)
    weekday = models.PositiveSmallIntegerField(null=True, blank=True)
    least = models.PositiveSmallIntegerField()
    from_on = models.DateField()
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(source=""),
                name="a_staffing_level_has_its_source",
                violation_error_message="Say which contract or agreement this comes from.",
            ),
            models.CheckConstraint(
                condition=Q(weekday=None) | Q(weekday__lte=6),
                name="a_staffing_level_is_of_a_weekday",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.least} at {self.shift}"
