"""What to do, and whom to call, when something fails."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible


class ContingencyPlanQuerySet(models.QuerySet["ContingencyPlan"]):
    def visible_to(self, staff: Staff) -> ContingencyPlanQuerySet:
        return visible(staff, self)

    def for_page(self) -> ContingencyPlanQuerySet:
        return self.select_related("scheme__organisation", "written_by").fetch_mode(
            models.FETCH_RAISE
        )


class ContingencyPlan(Record):
    """What to do, and whom to call in which order, when something fails. A later one replaces it.

    `calls` are lines of who, on which number and what for, in order.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"scheme", "scenario", "number", "replaced_at"})

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="contingency_plans")
    scenario = models.SlugField(max_length=40)
    number = models.PositiveSmallIntegerField(default=1)
    steps = models.TextField()
    calls = models.JSONField(default=list)
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)

    objects = ContingencyPlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "scenario"],
                condition=Q(replaced_at=None),
                name="one_contingency_plan_holds",
                violation_error_message="Somebody has just written this plan anew.",
            ),
            models.CheckConstraint(
                condition=~Q(steps=""),
                name="a_contingency_plan_says_what_to_do",
                violation_error_message="Write what is to be done.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scenario} at {self.scheme_id}"

    @property
    def says(self) -> str:
        found = self.scheme.pack.choices("contingency_scenarios").get(self.scenario)
        return found.says if found else self.scenario
