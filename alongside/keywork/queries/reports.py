"""What is asked about reports before a review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.shortcuts import get_object_or_404

from alongside.keywork.models import PeriodReport, PeriodReportQuerySet
from alongside.kit.durations import Duration
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays


def report_for(staff: Staff, report_id: UUID) -> PeriodReport:
    """That report, if it is of somebody at a scheme where this person works."""
    return get_object_or_404(PeriodReport.objects.visible_to(staff).for_page(), pk=report_id)


def reports_of(stay: Stay) -> PeriodReportQuerySet:
    """Every report on somebody, latest first."""
    return PeriodReport.objects.for_page().filter(stay=stay).order_by("-until_on", "-pk")


def team_questions(scheme: Scheme) -> PeriodReportQuerySet:
    """Questions to the team that wait for an answer, the oldest first."""
    asked = PeriodReport.objects.for_page().awaiting_the_team().filter(stay__scheme=scheme)
    return asked.order_by("recorded_at")


@dataclass(frozen=True, slots=True)
class MissingReport:
    """A report that should be there by now."""

    stay: Stay
    since: date
    due_on: date


def _between_reviews(scheme: Scheme) -> Duration | None:
    """How long it is from one review that asks for a report to the next; None where none does."""
    rules = (scheme.pack.duties.get(kind.duty) for kind in scheme.pack.reviews if kind.needs_report)
    return next((Duration.parse(rule.every) for rule in rules if rule and rule.every), None)


def missing_reports(scheme: Scheme) -> list[MissingReport]:
    """Everybody on whom no report was written for longer than from one review to the next."""
    every = _between_reviews(scheme)
    if every is None:
        return []
    written = dict(
        PeriodReport.objects.filter(stay__scheme=scheme)
        .values("stay_id")
        .annotate(last=Max("until_on"))
        .values_list("stay_id", "last")
    )
    found = []
    for stay in current_stays(scheme):
        since = written.get(stay.pk, stay.moved_in_on)
        due_on = every.after(since)
        if due_on < scheme.today():
            found.append(MissingReport(stay, since, due_on))
    return sorted(found, key=lambda one: one.due_on)
