"""What reviews tell the duty engine, and the monthly comparison of actions with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from alongside.duties.engine import Happening
from alongside.duties.facts import from_rows, provides
from alongside.keywork.models import PeriodReport
from alongside.plans.models import PlanAction
from alongside.reviews.models import InformationPack, Review
from alongside.reviews.models.reviews import ReviewQuerySet
from alongside.stages.claims import Claim, claims
from alongside.stays.models import Stay


def _of_kind(found: ReviewQuerySet, of: str) -> ReviewQuerySet:
    return found.filter(kind=of) if of else found


@from_rows(
    "review.held",
    reads=[Review],
    rows=lambda of: _of_kind(Review.objects.completed().filter(held_on__isnull=False), of),
    columns=["held_on", "pk"],
)
def held(stay: Stay, day: date, key: UUID) -> Happening:
    """The day of each completed review of this kind. It counts on the day it was held."""
    return Happening(day, str(key))


@from_rows(
    "review.planned",
    reads=[Review],
    rows=lambda of: _of_kind(Review.objects.standing(), of),
    columns=["planned_on", "pk"],
)
def planned(stay: Stay, day: date, key: UUID) -> Happening:
    """The day for which each review of this kind was set up, unless it was cancelled."""
    return Happening(day, str(key))


@from_rows(
    "review.held_in_absence",
    reads=[Review],
    rows=lambda _: Review.objects.held().exclude(absence_reason=""),
    columns=["held_on", "pk"],
)
def held_in_absence(stay: Stay, day: date, key: UUID) -> Happening:
    """The day of each review that was held without the resident."""
    return Happening(day, str(key))


@from_rows(
    "review.feedback_given",
    reads=[Review],
    rows=lambda _: Review.objects.filter(feedback_on__isnull=False),
    columns=["feedback_on", "pk"],
)
def feedback_given(stay: Stay, day: date, key: UUID) -> Happening:
    """The day the resident was told of each review that was held without them."""
    return Happening(day, str(key))


def _gathered_of_many(stays: Sequence[Stay], of: str) -> dict[UUID, list[date]]:
    zones = {stay.pk: stay.scheme.zone for stay in stays}
    written = PeriodReport.objects.filter(stay__in=zones).values_list("stay_id", "recorded_at")
    ready = InformationPack.objects.filter(review__stay__in=zones, ready_at__isnull=False)
    found: dict[UUID, list[date]] = {}
    for key, at in [*written, *ready.values_list("review__stay_id", "ready_at")]:
        if at:
            found.setdefault(key, []).append(at.astimezone(zones[key]).date())
    return {key: sorted(days) for key, days in found.items()}


@provides("information.gathered", reads=[PeriodReport, InformationPack], many=_gathered_of_many)
def information_gathered(stay: Stay, of: str) -> Sequence[date]:
    """The days on which a report was written, or the information for a meeting made ready."""
    return _gathered_of_many([stay], of).get(stay.pk, [])


def _reported_since(stay: Stay, since: date) -> list[QuerySet[PlanAction]]:
    start = datetime.combine(since, time(), tzinfo=stay.scheme.zone)
    reported = PlanAction.objects.agreed().filter(stay=stay, reported_at__gte=start)
    return [reported.order_by("reported_at")]


@claims("plan_actions", rows=_reported_since)
def actions_claimed(stay: Stay, since: date, reported: Iterable[PlanAction]) -> Iterable[Claim]:
    """Actions of the plan that were reported as done, and whether staff have seen it."""
    for one in reported:
        if one.reported_at:
            yield Claim(
                record_type="plans.PlanAction",
                record_id=one.pk,
                says=one.text,
                claimed_on=one.reported_at.astimezone(stay.scheme.zone).date(),
                by=stay.resident.name if one.reported_by_resident else "",
                evidence="Seen by staff" if one.verified_at else one.reported_words,
                url=reverse("plans:plan", args=[stay.pk]),
            )
