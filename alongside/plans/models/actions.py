"""An action: somebody will do something by a time, and what came of it."""

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
from alongside.residents.models import ByEither
from alongside.stays.models import Stay


class Who(models.TextChoices):
    """Who does it."""

    RESIDENT = "resident", "They themselves"
    TOGETHER = "together", "Both together"
    STAFF = "staff", "A member of staff"
    OTHER = "other", "Somebody else"


class Ending(models.TextChoices):
    """How an action ended. Fixed, because stages and scores count by it."""

    ACHIEVED = "achieved", "Achieved"
    PARTLY = "partly", "Partly achieved"
    NOT_ACHIEVED = "not_achieved", "Not achieved"
    NO_LONGER_WANTED = "no_longer_wanted", "No longer wanted"


class Answer(models.TextChoices):
    """What the resident said to a proposed action; the keys of the pack's `issue_answers`."""

    ACCEPT = "accept", "Accepted"
    PARK = "park", "Parked"
    REFUSE = "refuse", "Refused"


class PlanActionQuerySet(models.QuerySet["PlanAction"]):
    def visible_to(self, staff: Staff) -> PlanActionQuerySet:
        """Only actions of people at schemes where this person works."""
        return visible(staff, self)

    def proposed(self) -> PlanActionQuerySet:
        """Waiting for the resident's answer."""
        return self.filter(answer="")

    def agreed(self) -> PlanActionQuerySet:
        """Taken on by the resident, whatever came of it, in the words that hold now.

        Other words for an action hold once the version that has them is signed by both.
        """
        holds = Q(replaces=None) | Q(replaces__replaced_at__isnull=False)
        return self.filter(holds, answer=Answer.ACCEPT, replaced_at=None)

    def open(self) -> PlanActionQuerySet:
        """Agreed, and not ended yet."""
        return self.agreed().filter(ended_on=None)

    def verified(self) -> PlanActionQuerySet:
        """Achieved, and a member of staff has seen it."""
        return self.agreed().filter(ending=Ending.ACHIEVED, verified_at__isnull=False)

    def engaged(self) -> PlanActionQuerySet:
        """Begun, whatever came of it: what "actions engaged in" counts."""
        return self.agreed().filter(started_on__isnull=False)

    def soonest_first(self) -> PlanActionQuerySet:
        """By the day they are to be done; those without a day last."""
        return self.order_by(F("when_on").asc(nulls_last=True), "when_time", "pk")

    def overdue(self, on: date) -> PlanActionQuerySet:
        return self.open().filter(when_on__lt=on, reported_at=None)

    def for_page(self) -> PlanActionQuerySet:
        return (
            shown(self)
            .select_related(
                "stay__scheme__organisation",
                "stay__resident",
                "stay__bed",
                "staff",
                "verified_by",
                "by_staff",
                "by_resident",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class PlanAction(ByEither, Record):
    """One action, from being proposed to what came of it.

    Its words never change once they were signed, in a plan or on a weekly form: other words are
    another action, which says what it `replaces`. That the action was done and that what it was
    for was reached are two things: `verified_at` and `outcome_reached_on`.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "need", "task", "support_level", "when_on", "answer", "started_on",
            "reported_at", "ending", "ended_on", "verified_at", "verified_by",
            "outcome_reached_on", "source_type", "source_id", "version",
        }
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="plan_actions")
    text = models.TextField()
    need = models.CharField(max_length=20, blank=True)
    outcome = models.TextField(blank=True)
    when_on = models.DateField(null=True, blank=True)
    when_time = models.TimeField(null=True, blank=True)
    when_words = models.CharField(max_length=120, blank=True)
    who = models.CharField(max_length=10, choices=Who, default=Who.RESIDENT)
    staff = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    support_level = models.CharField(max_length=40, blank=True)
    task = models.CharField(max_length=20, blank=True)
    agency = models.CharField(max_length=200, blank=True)
    completed_by = models.CharField(max_length=40, blank=True)
    source_type = models.CharField(max_length=60, blank=True)
    source_id = models.UUIDField(null=True, blank=True)
    replaces = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_words = models.TextField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    reported_by_resident = models.BooleanField(default=False)
    reported_words = models.TextField(blank=True)
    ending = models.CharField(max_length=20, choices=Ending, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    comment = models.TextField(blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    outcome_reached_on = models.DateField(null=True, blank=True)
    outcome_words = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PlanActionQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [
            models.Index(fields=["stay", "answer", "ended_on"], name="plan_action_by_stay"),
            models.Index(fields=["staff", "ended_on"], name="plan_action_by_staff"),
        ]
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(text=""),
                name="action_has_words",
                violation_error_message="An action needs words.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | ~Q(answer="") & Q(answered_at__isnull=False),
                name="action_answer_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(ending="", ended_on=None) | ~Q(ending="") & Q(ended_on__isnull=False),
                name="action_ending_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(verified_at=None, verified_by=None)
                | Q(verified_at__isnull=False, verified_by__isnull=False) & ~Q(ending=""),
                name="action_is_verified_by_a_person",
            ),
            models.CheckConstraint(
                condition=Q(who="staff", staff__isnull=False) | ~Q(who="staff"),
                name="an_action_of_staff_names_them",
                violation_error_message="Say which member of staff will do it.",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def scheme(self) -> Scheme:
        return self.stay.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.stay.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.stay.resident_id

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        if not self.answer:
            return "Proposed"
        if self.answer != Answer.ACCEPT:
            return str(Answer(self.answer).label)
        if self.ending:
            return str(Ending(self.ending).label)
        if self.reported_at:
            return "Reported done, not yet checked"
        return "Started" if self.started_on else "Agreed"

    @property
    def when(self) -> str:
        """By when, as one would say it."""
        if not self.when_on:
            return self.when_words
        day = f"{self.when_on:%A %-d %B %Y}"
        time = f", {self.when_time:%H:%M}" if self.when_time else ""
        words = f" ({self.when_words})" if self.when_words else ""
        return f"{day}{time}{words}"

    @property
    def doer(self) -> str:
        """Who does it, by name where there is one."""
        return str(self.staff) if self.who == Who.STAFF else str(Who(self.who).label)

    def is_late(self, on: date) -> bool:
        return bool(
            self.when_on and self.when_on < on and not self.ended_on and not self.reported_at
        )
