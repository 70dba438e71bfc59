"""What reviews tell the duty engine: planned, held, held in absence, and that they were told."""

from __future__ import annotations

from collections.abc import Sequence

from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.reviews.models import Review
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
