"""The figures of a month as others were shown them."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import models

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.reports.figures import Line


class SharedFiguresQuerySet(models.QuerySet["SharedFigures"]):
    def for_page(self) -> SharedFiguresQuerySet:
        return self.select_related("scheme__organisation", "fixed_by")


class SharedFigures(Record):
    """What is said of one month to a commissioner or a board: fixed once, and the same ever after.

    Were they counted anew after a late entry, the difference of two papers would be one person.
    `lines` are the head, what was counted and how many, as they are shown; what was hidden is
    not kept. `least` is the number below which they were hidden.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "month", "lines", "least"})
    LOCK_WITH = ("scheme__organisation",)

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="shared_figures")
    month = models.DateField()
    lines: Any = models.JSONField(default=list)
    least = models.PositiveSmallIntegerField()
    fixed_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    fixed_at = models.DateTimeField(default=clock.now, editable=False)

    objects = SharedFiguresQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-month"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["scheme", "month"],
                name="figures_of_a_month_are_fixed_once",
                violation_error_message="The figures of this month are fixed already.",
            ),
            models.CheckConstraint(
                condition=models.Q(least__gte=2), name="shared_figures_hide_at_least_one_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%B %Y}"

    @property
    def told(self) -> list[Line]:
        return [Line(*line) for line in self.lines]
