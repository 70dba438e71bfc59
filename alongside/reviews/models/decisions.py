"""What a review decided, and what is added after it was completed."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.organisation.policy import shown, visible
from alongside.plans.models import PlanAction, Who
from alongside.plans.models.actions import Answer
from alongside.reviews.models.reviews import OfAReview, Review


class DecisionQuerySet(models.QuerySet["Decision"]):
    def visible_to(self, staff: Staff) -> DecisionQuerySet:
        return visible(staff, self)

    def unfinished(self) -> DecisionQuerySet:
        """Whose action has not ended, and was not refused. They are shown until they are."""
        going = Q(action__replaced_at=None, action__ended_on=None) | Q(
            action__replaced_at__isnull=False, action__replaced_by__ended_on=None
        )
        return self.filter(going).exclude(action__answer=Answer.REFUSE).distinct()

    def late(self, on: date) -> DecisionQuerySet:
        return self.unfinished().filter(due_on__lt=on)

    def for_page(self) -> DecisionQuerySet:
        return (
            shown(self)
            .select_related(
                "action", "staff", "review__stay__scheme__organisation", "review__stay__resident"
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Decision(OfAReview):
    """What somebody, by name, will do by a day. The action in the plan says what came of it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"review", "action", "who", "staff", "due_on"})

    review = models.ForeignKey(Review, models.PROTECT, related_name="decisions")
    action = models.OneToOneField(PlanAction, models.PROTECT, related_name="decision")
    words = models.TextField()
    who = models.CharField(max_length=10, choices=Who)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    due_on = models.DateField(db_index=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = DecisionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(name=""),
                name="a_decision_has_words_and_a_name",
                violation_error_message="Say what is to be done, and who does it by name.",
            ),
            models.CheckConstraint(
                condition=Q(who="staff", staff__isnull=False) | ~Q(who="staff") & Q(staff=None),
                name="a_decision_for_staff_names_them",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    def is_unfinished(self) -> bool:
        return self.action.ended_on is None and self.action.answer != Answer.REFUSE

    def is_late(self, on: date) -> bool:
        return self.due_on < on and self.is_unfinished()


class Addendum(OfAReview):
    """Something put right or added after a review was completed; the record itself stays."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"review", "written_by", "written_at"})

    review = models.ForeignKey(Review, models.PROTECT, related_name="addenda")
    words = models.TextField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="an_addendum_has_words",
                violation_error_message="Write what is added or put right.",
            ),
        ]

    def __str__(self) -> str:
        return f"Added on {self.written_at:%-d %B %Y}"
