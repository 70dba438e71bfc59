"""What reviews tell the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.reviews.models import Addendum, Review

KIND = "review"


@tells(Review, rows=lambda: Review.objects.for_page().iterator(500))
def review_moment(review: Review) -> Iterable[Line]:
    """A line when it was held, and one when it was cancelled; what is to come is in the diary."""
    if review.held_on and review.held_recorded_at and review.held_by:
        without = " without them" if review.was_without_them() else ""
        yield Line(
            of=review,
            stay=review.stay,
            kind=KIND,
            title=f"{review.says} held{without}",
            text=" ".join(filter(None, [review.summary, review.view_words])),
            note="" if review.completed_at else "Not completed yet",
            happened_at=_at(review, review.held_on),
            recorded_at=review.held_recorded_at,
            by=review.held_by.name,
            link=reverse("reviews:review", args=[review.pk]),
        )
    if review.cancelled_at and review.cancelled_by:
        yield Line(
            of=review,
            stay=review.stay,
            kind=KIND,
            part="cancelled",
            title=f"{review.says} of {review.planned_on:%-d %B %Y} cancelled",
            text=review.cancelled_because,
            happened_at=review.cancelled_at,
            recorded_at=review.cancelled_at,
            by=review.cancelled_by.name,
            link=reverse("reviews:review", args=[review.pk]),
        )


@tells(
    Addendum,
    rows=lambda: Addendum.objects.select_related(
        "written_by", "review__stay__scheme__organisation", "review__stay__resident"
    ).iterator(500),
)
def addendum_moment(addendum: Addendum) -> Iterable[Line]:
    """A line for what is added to a completed review."""
    yield Line(
        of=addendum,
        stay=addendum.review.stay,
        kind=KIND,
        title=f"Added to: {addendum.review.says}",
        text=addendum.words,
        happened_at=addendum.written_at,
        recorded_at=addendum.written_at,
        by=addendum.written_by.name,
        link=reverse("reviews:review", args=[addendum.review_id]),
    )


def _at(review: Review, day: date) -> datetime:
    """When it was held: the time it was set up for, or noon where no time is known."""
    return datetime.combine(day, review.planned_time or time(12), tzinfo=review.scheme.zone)
