"""The weekly action form: one to five actions for one week, signed by both."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.plans.models.actions import PlanAction
from alongside.plans.models.sealing import Sealed
from alongside.residents.models import ByEither
from alongside.stays.models import Stay

WEEK = timedelta(weeks=1)
ONE_DAY = timedelta(1)


class WeeklyFormQuerySet(models.QuerySet["WeeklyForm"]):
    def visible_to(self, staff: Staff) -> WeeklyFormQuerySet:
        """Only forms of people at schemes where this person works."""
        return visible(staff, self)

    def for_page(self) -> WeeklyFormQuerySet:
        return (
            shown(self)
            .select_related(
                "stay__scheme__organisation",
                "stay__resident",
                "stay__bed",
                "by_staff",
                "by_resident",
                "worker_agreed_by",
                "in_absence_of",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class WeeklyForm(ByEither, Sealed, Record):
    """One person's form for one week. Not in force until both have signed it."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "starts_on", "completed_by", "digest", "sealed_at", "resident_agreed_at",
            "worker_agreed_at", "worker_agreed_by", "in_absence_of", "in_force_at",
            "still_to_sign", "refused_at",
        }
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="weekly_forms")
    starts_on = models.DateField()
    completed_by = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = WeeklyFormQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            *ByEither.Meta.constraints,
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["stay", "starts_on"],
                name="one_weekly_form_per_person_per_week",
                violation_error_message="There is a form for this week already.",
            ),
        ]

    def __str__(self) -> str:
        return f"week of {self.starts_on:%-d %B %Y}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    @property
    def ends_on(self) -> date:
        """The last day of the week."""
        return self.starts_on + WEEK - ONE_DAY

    @property
    def pen(self) -> str:
        """Who held the pen, in the words of the practice."""
        found = self.scheme.pack.choices("completed_by").get(self.completed_by)
        return f"Written {found.says[:1].lower()}{found.says[1:]}." if found else ""

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if self.in_force_at:
            return "In force"
        if self.refused_at and not self.resident_agreed_at:
            return "Not signed: they refused"
        if self.resident_agreed_at and self.worker_agreed_at:
            return "Waiting for another signature"
        if self.resident_agreed_at:
            return "Waiting for the worker’s signature"
        if self.worker_agreed_at:
            return "Waiting for their signature"
        return "Not signed yet"


class WeeklyLine(Record):
    """One numbered line of the form: an action, and how it went in that week.

    `result` is a key of the pack's list `action_results`.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"form", "number", "action", "result", "result_at"})
    LOCK_WITH = ("form__stay__scheme__organisation", "form__stay__resident", "action")

    form = models.ForeignKey(WeeklyForm, models.PROTECT, related_name="lines")
    number = models.PositiveSmallIntegerField()
    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="weekly_lines")
    carried_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="carried_to"
    )
    result = models.CharField(max_length=40, blank=True)
    result_at = models.DateTimeField(null=True, blank=True)
    result_words = models.TextField(blank=True)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["form", "number"], name="a_weekly_line_has_its_number"),
            models.UniqueConstraint(
                fields=["form", "action"],
                name="an_action_stands_once_in_a_week",
                violation_error_message="This action stands on the form already.",
            ),
            models.CheckConstraint(
                condition=Q(result="", result_at=None) | ~Q(result="") & Q(result_at__isnull=False),
                name="weekly_result_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}. {self.action}"

    @property
    def scheme(self) -> Scheme:
        return self.form.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.form.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.form.resident_id

    @property
    def result_says(self) -> str:
        """How it went, in the words of the practice."""
        found = self.scheme.pack.choices("action_results").get(self.result)
        return found.says if found else self.result
