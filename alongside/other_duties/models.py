"""What somebody here was asked to do once: what, why and by when, and what came of it."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alongside.duties.models import Duty
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_along
from alongside.practice.actions import Action
from alongside.stays.models import Stay

KIND = "other_duty"


class Kind(models.TextChoices):
    """Something to do, or training to take."""

    TASK = "task", "Something to do"
    TRAINING = "training", "Training to take"


class OtherDutyQuerySet(models.QuerySet["OtherDuty"]):
    def visible_to(self, staff: Staff) -> OtherDutyQuerySet:
        """Those this person asked for, was asked to do or owes now; all where they give such.

        What is about somebody who lives here, only as far as they may read the file.
        """
        here = [one.pk for one in staff.schemes()]
        gives = [one.pk for one in staff.schemes() if staff.may(Action.GIVE_OTHER_DUTY, one)]
        asked = Asking.objects.filter(other_duty=OuterRef("pk"), replaced_at=None, to=staff)
        owed = Duty.objects.filter(subject_kind=KIND, owed_by=staff).values("subject_id")
        mine = Q(asked_by=staff) | Exists(asked) | Q(pk__in=owed) | Q(scheme_id__in=gives)
        file = Q(stay=None) | seen_along(staff, "stay")
        return self.filter(mine, file, scheme_id__in=here)

    def unsettled(self) -> OtherDutyQuerySet:
        """Neither done nor taken back."""
        done = Answer.objects.standing().filter(other_duty=OuterRef("pk"))
        return self.filter(~Exists(done), taken_back_at=None)


class OtherDuty(Record):
    """That somebody asked a colleague for something. What is asked stands in its askings, of which
    the latest counts; `stay` is whom it is about, if it is about somebody who lives here."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "stay", "kind", "asked_by", "asked_on", "taken_back_at", "taken_back_by"}
    )
    LOCK_WITH: ClassVar[tuple[str, ...]] = (
        "scheme__organisation", "asked_by", "stay__scheme__organisation", "stay__resident",
    )  # fmt: skip

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="other_duties")
    stay = models.ForeignKey(
        Stay, models.PROTECT, null=True, blank=True, related_name="other_duties"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.TASK)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    asked_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_back_because = models.TextField(blank=True)

    objects = OtherDutyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "other duties"
        ordering = ["-asked_on", "-id"]
        indexes = [models.Index(fields=["scheme", "-asked_on"], name="other_duty_by_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["task", "training"]), name="an_other_duty_is_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None, taken_back_by=None, taken_back_because="")
                | Q(taken_back_at__isnull=False, taken_back_by__isnull=False)
                & ~Q(taken_back_because=""),
                name="an_other_duty_is_taken_back_with_a_reason",
                violation_error_message="Say why it is taken back.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, asked on {self.asked_on:%-d %B %Y}"

    @property
    def is_training(self) -> bool:
        return self.kind == Kind.TRAINING


class OfAnOtherDuty(Record):
    """A record that hangs on one of them."""

    LOCK_WITH: ClassVar[tuple[str, ...]] = ("other_duty__scheme__organisation",)

    other_duty: models.ForeignKey[OtherDuty, OtherDuty]

    class Meta:
        abstract = True

    @property
    def scheme(self) -> Scheme:
        return self.other_duty.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.other_duty.scheme_id

    @property
    def stay(self) -> Stay | None:
        """Whom it is about, so that their timeline tells of it."""
        return self.other_duty.stay


class Asking(OfAnOtherDuty):
    """Who is asked for what, why, and by when. What is put right is a new one and says why."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"other_duty", "number", "to", "due_on", "written_by", "written_at", "replaced_at"}
    )

    other_duty = models.ForeignKey(OtherDuty, models.PROTECT, related_name="askings")
    number = models.PositiveSmallIntegerField(default=1)
    to = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    what = models.CharField(max_length=160)
    why = models.TextField()
    due_on = models.DateField()
    because = models.TextField(blank=True)
    written_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    written_at = models.DateTimeField(default=clock.now, editable=False)
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["other_duty"],
                condition=Q(replaced_at=None),
                name="one_asking_of_an_other_duty_counts",
                violation_error_message="Somebody has just changed this.",
            ),
            models.UniqueConstraint(fields=["other_duty", "number"], name="askings_have_an_order"),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(why=""),
                name="an_asking_says_what_and_why",
                violation_error_message="Say what is to be done, and why.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""),
                name="a_changed_asking_says_why",
                violation_error_message="Say why it is changed.",
            ),
        ]

    def __str__(self) -> str:
        return f"asking {self.number} of {self.other_duty_id}"


class Outcome(models.TextChoices):
    """What came of it. Training that was not attended is owed still."""

    DONE = "done", "Done"
    ATTENDED = "attended", "Attended"
    NOT_ATTENDED = "not_attended", "Did not attend"


SETTLES = (Outcome.DONE, Outcome.ATTENDED)


class AnswerQuerySet(models.QuerySet["Answer"]):
    def standing(self) -> AnswerQuerySet:
        """What settles it, and was not withdrawn."""
        return self.filter(outcome__in=SETTLES, withdrawn_at=None)


class Answer(OfAnOtherDuty):
    """What came of it: when, in whose words, and who said so."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"other_duty", "outcome", "on", "said_by", "said_at", "withdrawn_at", "withdrawn_by"}
    )

    other_duty = models.ForeignKey(OtherDuty, models.PROTECT, related_name="answers")
    outcome = models.CharField(max_length=12, choices=Outcome)
    on: models.DateField[date, date] = models.DateField()
    words = models.TextField()
    said_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    said_at = models.DateTimeField(default=clock.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_because = models.TextField(blank=True)

    objects = AnswerQuerySet.as_manager()

    class Meta:
        ordering = ["-said_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["other_duty"],
                condition=Q(outcome__in=["done", "attended"], withdrawn_at=None),
                name="an_other_duty_is_done_once",
                violation_error_message="This is done already.",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["done", "attended", "not_attended"]) & ~Q(words=""),
                name="an_answer_says_how_it_went",
                violation_error_message="Say how it went.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None, withdrawn_by=None, withdrawn_because="")
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                & ~Q(withdrawn_because=""),
                name="an_answer_is_withdrawn_with_a_reason",
                violation_error_message="Say why it is not so.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()} on {self.on:%-d %B %Y}"
