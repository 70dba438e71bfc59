"""Assessments and the answers in them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.practice import pack as practice
from alongside.stays.models import Stay

if TYPE_CHECKING:
    from alongside.practice.frameworks import Framework


class Answer(models.TextChoices):
    """What was said of one item."""

    RATED = "rated", "Rated"
    NO_NEED = "no_need", "No need here"
    DECLINED = "declined", "Did not want to answer"


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def visible_to(self, staff: Staff) -> AssessmentQuerySet:
        return visible(staff, self)

    def completed(self) -> AssessmentQuerySet:
        return self.exclude(completed_at=None)

    def standing(self) -> AssessmentQuerySet:
        """Completed, and not put right by a later one."""
        return self.completed().exclude(
            pk__in=Assessment.objects.completed().exclude(corrects=None).values("corrects_id")
        )

    def oldest_first(self) -> AssessmentQuerySet:
        return self.order_by("assessed_on", "pk")

    def for_page(self) -> AssessmentQuerySet:
        return shown(self).select_related(
            "assessor", "completed_by", "corrects", "stay__scheme__organisation", "stay__resident"
        )


class Assessment(Record):
    """Where somebody stands on every item of a framework, on a day, as they and we see it.

    It keeps the practice it was made under, so that it always shows as it was. Numerator and
    denominator of its score are kept when it is completed.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"framework_key", "assessed_on", "completed_at", "points", "most", "rated", "practice"}
    )
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident", "stay__bed")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="assessments")
    framework_key = models.SlugField()
    practice = models.CharField(max_length=80)
    assessed_on = models.DateField()
    assessor = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    participants = models.CharField(max_length=300, blank=True)
    strengths = models.TextField(blank=True)
    in_their_words = models.TextField(blank=True)
    about_a_fall = models.TextField(blank=True)
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    because = models.CharField(max_length=300, blank=True)
    started_at = models.DateTimeField(default=clock.now, editable=False)
    completed_at = models.DateTimeField(null=True, blank=True)
    completed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    formula = models.CharField(max_length=40, blank=True)
    points = models.PositiveSmallIntegerField(null=True, blank=True)
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    rated = models.PositiveSmallIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "assessed_on"], name="assessment_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "framework_key"],
                condition=Q(completed_at=None),
                name="one_unfinished_assessment_at_a_time",
                violation_error_message="There is an unfinished assessment already. Go on with it.",
            ),
            models.CheckConstraint(
                condition=Q(completed_at=None, completed_by=None, points=None, most=None)
                | Q(
                    completed_at__isnull=False,
                    completed_by__isnull=False,
                    points__isnull=False,
                    most__isnull=False,
                ),
                name="completed_assessment_has_a_person_a_time_and_a_score",
            ),
            models.CheckConstraint(
                condition=Q(corrects=None, because="")
                | (Q(corrects__isnull=False) & ~Q(because="")),
                name="a_correction_says_why",
                violation_error_message="Say why the earlier assessment is put right.",
            ),
        ]

    def __str__(self) -> str:
        return f"Assessment of {self.assessed_on:%-d %B %Y}"

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    @cached_property
    def framework(self) -> Framework:
        """The framework in the version this assessment was made with."""
        return practice.called(self.practice).framework(self.framework_key)

    def is_complete(self) -> bool:
        return self.completed_at is not None


class Rating(Record):
    """What was said of one item: a level, no need, or not wanting to answer, with the reason."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"item", "answer"})

    assessment = models.ForeignKey(Assessment, models.PROTECT, related_name="ratings")
    item = models.CharField(max_length=10)
    answer = models.CharField(max_length=10, choices=Answer)
    level = models.SlugField(blank=True)
    own_level = models.SlugField(blank=True)
    note = models.TextField(blank=True)
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "item"], name="each_item_is_answered_once"
            ),
            models.CheckConstraint(
                condition=(Q(answer="rated") & ~Q(level="")) | (~Q(answer="rated") & Q(level="")),
                name="only_a_rated_item_has_a_level",
            ),
            models.CheckConstraint(
                condition=~Q(answer="declined") | ~Q(reason=""),
                name="declining_has_its_reason",
                violation_error_message="Say why they did not want to answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.level or self.answer}"
