"""Why a file is kept although its time is over, and that a file was erased, by whom and why."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.residents.models import Resident

ENDED = Q(ended_at=None, ended_by=None, ended_because="") | Q(
    ended_at__isnull=False, ended_by__isnull=False
) & ~Q(ended_because="")
"""A hold runs, or its end has a time, a person and a reason."""
ANSWERED = (
    Q(answer="", answered_by=None, answered_at=None, erased_at=None)
    | Q(answer="keep", erased_at=None, answered_by__isnull=False)
    | Q(answer="erase", answered_by__isnull=False, erased_at__isnull=False)
)
"""Nobody has answered yet, or somebody has, and what is erased was answered so."""


class Holding(Record):
    """That something is kept whatever the rule, from a time until it is ended, and why."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    because = models.TextField()
    set_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=clock.now, editable=False)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    ended_because = models.TextField(blank=True)

    class Meta:
        abstract = True


class LegalHold(Holding):
    """That nothing of somebody may be erased: a claim, an inquiry, a complaint."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"resident", "set_by", "set_at", "ended_at"})
    LOCK_WITH = ("resident", "scheme__organisation")

    resident = models.ForeignKey(Resident, models.PROTECT, related_name="holds")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["resident"],
                condition=Q(ended_at=None),
                name="one_hold_at_a_time",
                violation_error_message="There is a hold on this file already.",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_hold_says_why"),
            models.CheckConstraint(
                condition=ENDED, name="the_end_of_a_hold_has_a_time_a_person_and_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.resident_id}"


class Answer(models.TextChoices):
    """What the second person said."""

    ERASE = "erase", "Erase"
    KEEP = "keep", "Keep"


class Deciding(Record):
    """That something is to be erased, or was: who asked, by which rule, and what a second said."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="+")
    rule = models.SlugField()
    rule_says = models.CharField(max_length=200)
    source = models.CharField(max_length=300)
    due_on = models.DateField()
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=clock.now, editable=False)
    answer = models.CharField(max_length=5, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_words = models.TextField(blank=True)
    look_again_on = models.DateField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    """How many rows went, by table."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.rule_says}, due {self.due_on:%-d %B %Y}"

    @property
    def rows_gone(self) -> int:
        return sum(self.counts.values())

    @property
    def organisation_id(self) -> UUID:
        return self.scheme.organisation_id


class Erasure(Deciding):
    """That somebody's file is to be erased, or was: the stub that stays. It names nobody.

    `resident_id` is no foreign key: the person is gone, and this stays.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "scheme", "resident_id", "rule", "source", "due_on", "asked_by", "asked_at", "answer",
            "answered_by", "answered_at", "look_again_on", "erased_at",
        }
    )  # fmt: skip
    LOCK_WITH = ("scheme__organisation", "asked_by")

    resident_id = models.UUIDField()

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["scheme", "-asked_at"], name="erasure_by_scheme")]
        constraints = [
            models.UniqueConstraint(
                fields=["resident_id"],
                condition=Q(answer=""),
                name="an_erasure_is_asked_for_once",
                violation_error_message="Somebody has already asked for this.",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("asked_by")),
                name="an_erasure_is_answered_by_somebody_else",
                violation_error_message="Two people decide that a file is erased.",
            ),
            models.CheckConstraint(condition=ANSWERED, name="what_is_erased_was_answered"),
        ]


class StaffHold(Holding):
    """That nothing of somebody who worked here may be erased: a claim, an inquiry, a reference."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"staff", "set_by", "set_at", "ended_at"})
    LOCK_WITH = ("staff", "scheme__organisation")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="holds")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(ended_at=None),
                name="one_hold_on_a_colleague_at_a_time",
                violation_error_message="There is a hold on this record already.",
            ),
            models.CheckConstraint(condition=~Q(because=""), name="a_hold_on_a_colleague_says_why"),
            models.CheckConstraint(
                condition=ENDED, name="a_hold_on_a_colleague_ends_by_somebody_and_why"
            ),
        ]

    def __str__(self) -> str:
        return f"hold on {self.staff_id}"


class StaffErasure(Deciding):
    """That what is kept of somebody who worked here is to be erased, or was.

    Their name and their roles stay, for they stand on records of others that they signed.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "scheme", "staff", "rule", "source", "due_on", "asked_by", "asked_at", "answer",
            "answered_by", "answered_at", "look_again_on", "erased_at",
        }
    )  # fmt: skip
    LOCK_WITH = ("scheme__organisation", "asked_by", "staff")

    staff = models.ForeignKey(Staff, models.PROTECT, related_name="erasures")

    class Meta:
        ordering = ["-asked_at", "-id"]
        indexes = [models.Index(fields=["scheme", "-asked_at"], name="staff_erasure_by_scheme")]
        constraints = [
            models.UniqueConstraint(
                fields=["staff"],
                condition=Q(answer=""),
                name="an_erasure_of_a_colleague_is_asked_for_once",
                violation_error_message="Somebody has already asked for this.",
            ),
            models.CheckConstraint(
                condition=~Q(answered_by=F("asked_by")),
                name="an_erasure_of_a_colleague_is_answered_by_another",
                violation_error_message="Two people decide that a record is erased.",
            ),
            models.CheckConstraint(
                condition=~Q(asked_by=F("staff")) & ~Q(answered_by=F("staff")),
                name="nobody_decides_about_their_own_record",
                violation_error_message="Nobody decides about their own record.",
            ),
            models.CheckConstraint(
                condition=ANSWERED, name="what_is_erased_of_a_colleague_was_answered"
            ),
        ]
