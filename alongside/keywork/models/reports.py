"""The brief report before a review, and what the team is asked."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.stays.models import Stay


class PeriodReportQuerySet(models.QuerySet["PeriodReport"]):
    def visible_to(self, staff: Staff) -> PeriodReportQuerySet:
        return visible(staff, self)

    def awaiting_the_team(self) -> PeriodReportQuerySet:
        return self.filter(answered_at=None).exclude(team_question="")

    def for_page(self) -> PeriodReportQuerySet:
        return shown(self).select_related(
            "written_by", "answered_by",
            "stay__resident", "stay__scheme__organisation", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class PeriodReport(Record):
    """A key worker's brief report on a period: progress, assessment, risks, and a question."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "from_on", "until_on", "written_by", "answered_at", "answered_by"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed", "written_by")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="period_reports", db_index=False)
    from_on = models.DateField()
    until_on = models.DateField()
    headings = models.JSONField(default=dict)
    team_question = models.TextField(blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PeriodReportQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-until_on", "-id"], name="report_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "until_on"],
                name="one_report_for_each_period",
                violation_error_message="The report for this period is already written.",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")),
                name="report_period_ends_after_it_begins",
                violation_error_message="A period ends after it begins.",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, answer="")
                | (Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(answer="")),
                name="report_answer_has_words_a_time_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"report on {self.stay_id} until {self.until_on}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    def under_headings(self) -> list[tuple[str, str]]:
        offered = self.stay.scheme.pack.choices("report_headings")
        return [(str(offered.get(key) or key), text) for key, text in self.headings.items()]
