"""A review: a meeting about one person, from being set up to being completed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.practice.reviews import ReviewType
from alongside.stays.models import OfAStay, Stay


class State(models.TextChoices):
    """Where a review stands. Worked out from what happened to it; never stored."""

    BOOKED = "booked", "Booked"
    HELD = "held", "Held, not completed"
    COMPLETED = "completed", "Completed"
    CANCELLED = "cancelled", "Cancelled"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, staff: Staff) -> ReviewQuerySet:
        """Only reviews of people at schemes where this person works."""
        return visible(staff, self)

    def standing(self) -> ReviewQuerySet:
        """Those that were not cancelled."""
        return self.filter(cancelled_at=None)

    def booked(self) -> ReviewQuerySet:
        return self.standing().filter(held_on=None)

    def held(self) -> ReviewQuerySet:
        """Held, whether or not the record of it is complete."""
        return self.filter(held_on__isnull=False)

    def completed(self) -> ReviewQuerySet:
        return self.filter(completed_at__isnull=False)

    def latest_first(self) -> ReviewQuerySet:
        return self.order_by("-planned_on", "-pk")

    def for_page(self) -> ReviewQuerySet:
        return shown(self).select_related(
            "stay__scheme__organisation", "stay__resident", "stay__bed", "led_by", "held_by",
            "completed_by", "cancelled_by", "feedback_by", "set_up_by",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class Review(OfAStay):
    """A meeting about one person: when, where, who leads it, and what came of it.

    It keeps the practice it was set up under. When it is completed `content` holds everything
    that was shown, so that it always shows as it was; what is added later is an addendum.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "kind", "practice", "planned_on", "planned_time", "led_by", "agenda_sent_at",
            "held_on", "held_by", "did_not_wish", "absence_reason", "next_on", "completed_at",
            "completed_by", "cancelled_at", "cancelled_by", "feedback_on", "feedback_by", "version",
        }
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed", "led_by")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="reviews", db_index=False)
    kind = models.SlugField()
    practice = models.CharField(max_length=80)
    planned_on = models.DateField()
    planned_time = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    led_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    facilitator = models.CharField(max_length=200, blank=True)
    agenda_sent_at = models.DateTimeField(null=True, blank=True)
    set_up_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_because = models.TextField(blank=True)

    held_on = models.DateField(null=True, blank=True)
    held_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    held_recorded_at = models.DateTimeField(null=True, blank=True)
    absence_reason = models.CharField(max_length=60, blank=True)
    absence_words = models.TextField(blank=True)
    view_words = models.TextField(blank=True)
    did_not_wish = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    next_on = models.DateField(null=True, blank=True)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict, blank=True)
    feedback_on = models.DateField(null=True, blank=True)
    feedback_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    feedback_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["stay", "-planned_on", "-id"], name="review_by_stay"),
            models.Index(fields=["planned_on", "id"], name="review_by_day"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "kind"],
                condition=Q(held_on=None, cancelled_at=None),
                name="one_review_of_a_kind_is_booked_at_a_time",
                violation_error_message="This review is booked already. Move it to another day.",
            ),
            models.CheckConstraint(
                condition=Q(held_on=None, held_by=None, held_recorded_at=None, absence_reason="")
                | Q(held_on__isnull=False, held_by__isnull=False, held_recorded_at__isnull=False),
                name="a_review_that_was_held_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at=None, cancelled_by=None, cancelled_because="")
                | Q(cancelled_at__isnull=False, cancelled_by__isnull=False, held_on=None)
                & ~Q(cancelled_because=""),
                name="a_cancelled_review_says_by_whom_and_why",
                violation_error_message="Say why it is cancelled.",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None, completed_by=None)
                | Q(completed_at__isnull=False, completed_by__isnull=False, held_on__isnull=False),
                name="a_completed_review_was_held",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None)
                | Q(did_not_wish=True)
                | ~Q(view_words="")
                | ~Q(absence_reason=""),
                name="a_completed_review_has_their_view",
                violation_error_message="Write what they say to it, or that they did not wish to.",
            ),
            models.CheckConstraint(
                condition=Q(did_not_wish=False) | Q(view_words=""),
                name="who_did_not_wish_to_say_has_no_words",
                violation_error_message="Either they said something, or they did not wish to.",
            ),
            models.CheckConstraint(
                condition=Q(feedback_on=None, feedback_by=None, feedback_words="")
                | Q(feedback_on__isnull=False, feedback_by__isnull=False, held_on__isnull=False)
                & ~Q(absence_reason=""),
                name="feedback_is_given_to_somebody_who_was_absent",
            ),
            models.CheckConstraint(
                condition=Q(next_on=None) | Q(held_on=None) | Q(next_on__gt=F("held_on")),
                name="the_next_review_comes_after_this_one",
                violation_error_message="The next review comes after this one.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says}, {self.on:%-d %B %Y}"

    @property
    def type(self) -> ReviewType:
        """What the pack says of this kind of review."""
        return self.scheme.pack.review(self.kind)

    @property
    def says(self) -> str:
        found = self.scheme.pack.reviews.get(self.kind)
        return found.says if found else self.kind

    @property
    def on(self) -> date:
        """The day it was held, or is to be."""
        return self.held_on or self.planned_on

    @property
    def leader(self) -> str:
        """Who leads it, as one would say it."""
        if not self.facilitator:
            return self.led_by.name
        return f"{self.facilitator}, supported by {self.led_by.name}"

    @property
    def state(self) -> State:
        if self.cancelled_at:
            return State.CANCELLED
        if self.completed_at:
            return State.COMPLETED
        return State.HELD if self.held_on else State.BOOKED

    def was_without_them(self) -> bool:
        """Whether it was held without the person it is about."""
        return self.absence_reason != ""

    def owes_feedback(self) -> bool:
        return self.was_without_them() and self.feedback_on is None


class OfAReview(Record):
    """Something that belongs to one review."""

    LOCK_WITH = ("review__stay__scheme__organisation", "review__stay__resident", "review__led_by")

    review: models.ForeignKey[Review, Review]

    class Meta:
        abstract = True

    @property
    def stay(self) -> Stay:
        return self.review.stay

    @property
    def scheme(self) -> Scheme:
        return self.review.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.review.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.review.resident_id
