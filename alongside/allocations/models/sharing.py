"""What a case weighs; two or more workers who share one; how a person finds their worker."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.residents.models import ByEither
from alongside.stays.models import OfAStay, Stay

USUAL = 100
"""What one person weighs on a caseload, in hundredths, when nothing else is marked."""


class CaseMark(OfAStay):
    """How complex a case is: which complex needs there are, how intensive the support is.

    `score` is the number of needs; `weight` what the person weighs on a caseload then, in
    hundredths, by the pack of that day. A later mark replaces an earlier one, which is kept.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "score", "intensity", "weight", "marked_on", "replaced_at"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="case_marks", db_index=False)
    needs = models.JSONField(default=list, blank=True)
    score = models.PositiveSmallIntegerField(default=0)
    intensity = models.CharField(max_length=40, blank=True)
    words = models.TextField(blank=True)
    weight = models.PositiveSmallIntegerField(default=USUAL)
    marked_on = models.DateField()
    marked_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["stay", "-recorded_at"], name="case_mark_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(replaced_at=None),
                name="one_mark_of_a_case_stands",
                violation_error_message="Somebody else has just marked this.",
            ),
            models.CheckConstraint(condition=Q(weight__gt=0), name="a_case_weighs_something"),
        ]

    def __str__(self) -> str:
        return f"{self.score} complex needs of {self.stay_id}"

    @property
    def needs_say(self) -> list[str]:
        offered = self.scheme.pack.choices("complex_needs")
        return [str(offered.get(key) or key) for key in self.needs]

    @property
    def intensity_says(self) -> str:
        found = self.scheme.pack.choices("intensity").get(self.intensity)
        return found.says if found else self.intensity


class JointArrangement(OfAStay):
    """That the work with somebody is shared, who oversees it, from when until when.

    Who shares and who has which duty never changes within one: another arrangement follows.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "overseer", "begun_on", "ended_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="joint_arrangements")
    overseer = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    begun_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    set_up_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(ended_on=None),
                name="one_joint_arrangement_at_a_time",
                violation_error_message="The work is shared already.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None) | Q(ended_on__gte=F("begun_on")),
                name="a_joint_arrangement_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"shared work with {self.stay_id}"


class OfAnArrangement(Record):
    """What belongs to one arrangement of shared work."""

    LOCK_WITH = ("arrangement__stay__scheme__organisation",)

    arrangement: models.ForeignKey[JointArrangement, JointArrangement]

    class Meta:
        abstract = True

    @property
    def stay(self) -> Stay:
        return self.arrangement.stay

    @property
    def scheme(self) -> Scheme:
        return self.arrangement.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.arrangement.scheme_id


class JointWorker(OfAnArrangement):
    """One of those who share the work; the key worker is the first contact and one of them."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"arrangement", "worker"})

    arrangement = models.ForeignKey(JointArrangement, models.PROTECT, related_name="workers")
    worker = models.ForeignKey(Staff, models.PROTECT, related_name="shares_with")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement", "worker"], name="a_joint_worker_is_named_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.worker_id} in {self.arrangement_id}"


class JointShare(OfAnArrangement):
    """That one of the workers has this duty of the pack; each duty has exactly one."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"arrangement", "duty", "worker"})

    arrangement = models.ForeignKey(JointArrangement, models.PROTECT, related_name="shares")
    duty = models.SlugField(max_length=60)
    worker = models.ForeignKey(Staff, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["arrangement", "duty"],
                name="a_shared_duty_has_one_owner",
                violation_error_message="This duty has an owner already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.duty} is {self.worker_id}’s"

    @property
    def says(self) -> str:
        found = self.scheme.pack.duties.get(self.duty)
        return found.says if found else self.duty


class EntryKind(models.TextChoices):
    """What is written in the log of shared work."""

    CHANGE = "change", "For the other to know"
    CONFERRED = "conferred", "Conferred"
    CHECK = "check", "Checked whether it works"


class JointEntry(OfAnArrangement):
    """One line of the log that those who share the work keep; a check is the overseer's."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"arrangement", "kind", "on", "written_by"})

    arrangement = models.ForeignKey(JointArrangement, models.PROTECT, related_name="entries")
    kind = models.CharField(max_length=12, choices=EntryKind)
    words = models.TextField()
    on = models.DateField()
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["arrangement", "-on"], name="joint_entry_by_day")]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="a_joint_entry_is_said"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.on}"


class RelationshipRating(ByEither, OfAStay):
    """How somebody finds working with their key worker, from 1 to 5, on a day."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "worker", "rating", "rated_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="relationship_ratings")
    worker = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    rating = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    rated_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta(ByEither.Meta):
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(
                condition=Q(rating__gte=1, rating__lte=5),
                name="a_relationship_is_rated_one_to_five",
                violation_error_message="Choose from 1 to 5.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rating} on {self.rated_on}"

    def days_ago(self, on: date) -> int:
        return (on - self.rated_on).days
