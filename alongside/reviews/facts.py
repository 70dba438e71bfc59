"""What reviews tell the duty engine, and the monthly comparison of actions with evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time

from django.db.models import QuerySet
from django.urls import reverse

from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.plans.models import PlanAction
from alongside.reviews.models import Review
from alongside.stages.claims import Claim, claims
from alongside.stays.models import Stay


@provides("review.held", reads=[Review])
def held(stay: Stay, of: str) -> Sequence[Happening]:
    """The day of each completed review of this kind. It counts on the day it was held."""
    found = Review.objects.completed().filter(stay=stay, **({"kind": of} if of else {}))
    return [Happening(one.held_on, str(one.pk)) for one in found.order_by("held_on") if one.held_on]


@provides("review.planned", reads=[Review])
def planned(stay: Stay, of: str) -> Sequence[Happening]:
    """The day for which each review of this kind was set up, unless it was cancelled."""
    found = Review.objects.standing().filter(stay=stay, **({"kind": of} if of else {}))
    return [Happening(one.planned_on, str(one.pk)) for one in found.order_by("planned_on")]


@provides("review.held_in_absence", reads=[Review])
def held_in_absence(stay: Stay, of: str) -> Sequence[Happening]:
    """The day of each review that was held without the resident."""
    found = Review.objects.held().filter(stay=stay).exclude(absence_reason="")
    return [Happening(one.held_on, str(one.pk)) for one in found.order_by("held_on") if one.held_on]


@provides("review.feedback_given", reads=[Review])
def feedback_given(stay: Stay, of: str) -> Sequence[Happening]:
    """The day the resident was told of each review that was held without them."""
    found = Review.objects.filter(stay=stay, feedback_on__isnull=False).order_by("feedback_on")
    return [Happening(one.feedback_on, str(one.pk)) for one in found if one.feedback_on]


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
