"""A plan in its versions: what was agreed, by whom, and what became of the agreement."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.assessments.models import Assessment
from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown, visible
from alongside.plans.models.actions import PlanAction
from alongside.plans.models.sealing import Sealed
from alongside.residents.models import ByEither
from alongside.stays.models import Stay


class State(models.TextChoices):
    """Where a version stands. Worked out from what happened to it; never stored."""

    DRAFT = "draft", "Draft"
    AGREED_BY_RESIDENT = "agreed_by_resident", "Agreed by them, not yet by the worker"
    AGREED_BY_WORKER = "agreed_by_worker", "Agreed by the worker, not yet by them"
    WAITS = "waits", "Waits for another signature"
    NOT_AGREED = "not_agreed", "In use, not agreed"
    IN_FORCE = "in_force", "In force"
    WITHDRAWN = "withdrawn", "Agreement withdrawn"
    REPLACED = "replaced", "Replaced by a later version"


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, staff: Staff) -> PlanQuerySet:
        """Only plans of people at schemes where this person works."""
        return visible(staff, self)

    def in_force(self) -> PlanQuerySet:
        """Signed by both and not replaced. A withdrawn agreement is not in force."""
        return self.filter(in_force_at__isnull=False, replaced_at=None, withdrawn_at=None)

    def unsettled(self) -> PlanQuerySet:
        """The one version that is being written, or waits for a signature."""
        return self.filter(in_force_at=None, replaced_at=None)

    def for_page(self) -> PlanQuerySet:
        return (
            shown(self)
            .select_related(
                "rests_on",
                "stay__scheme__organisation",
                "stay__resident",
                "stay__bed",
                "by_staff",
                "by_resident",
                "worker_agreed_by",
                "in_absence_of",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Plan(ByEither, Sealed, Record):
    """One version of somebody's plan. A change after signing is a new version.

    `voice` and `sections` hold the person's own words and the other parts, by the keys of the
    pack's lists `plan_voice` and `plan_sections`. `version` counts the saves of the draft.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "number", "digest", "sealed_at", "resident_agreed_at", "worker_agreed_at",
            "worker_agreed_by", "in_absence_of", "in_force_at", "still_to_sign", "replaced_at",
            "refused_at", "withdrawn_at", "reconsidered_at", "reconsidered_by", "version", "led_by",
            "rests_on", "looked_at", "again_on", "principles",
        }
    )  # fmt: skip
    LOCK_WITH = ("stay__scheme__organisation", "stay__resident")

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="plans")
    number = models.PositiveIntegerField()
    why = models.TextField(blank=True)
    voice = models.JSONField(default=dict, blank=True)
    no_voice_because = models.TextField(blank=True)
    sections = models.JSONField(default=dict, blank=True)
    principles = models.JSONField(default=list, blank=True)
    took_part = models.TextField(blank=True)
    led_by = models.CharField(max_length=40, blank=True)
    facilitator = models.CharField(max_length=200, blank=True)
    rests_on = models.ForeignKey(
        Assessment, models.PROTECT, null=True, blank=True, related_name="plans"
    )
    review_on = models.DateField(null=True, blank=True)
    looked_at = models.DateTimeField(null=True, blank=True)
    again_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=clock.now)
    replaced_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_words = models.TextField(blank=True)
    reconsidered_at = models.DateTimeField(null=True, blank=True)
    reconsidered_by = models.ForeignKey(
        Staff, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reconsidered_words = models.TextField(blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = PlanQuerySet.as_manager()

    class Meta:
        ordering = ["-number"]
        indexes = [models.Index(fields=["stay", "-number"], name="plan_by_stay")]
        constraints = [
            *ByEither.Meta.constraints,
            *Sealed.Meta.constraints,
            models.UniqueConstraint(
                fields=["stay", "number"], name="a_plan_version_has_its_own_number"
            ),
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(in_force_at__isnull=False, replaced_at=None),
                name="one_plan_in_force_per_stay",
                violation_error_message="Another version is in force.",
            ),
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(in_force_at=None, replaced_at=None),
                name="one_open_version_per_stay",
                violation_error_message="A version is being written already.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at=None)
                | Q(withdrawn_at__isnull=False, resident_agreed_at__isnull=False),
                name="only_what_was_agreed_is_withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(reconsidered_at=None, reconsidered_by=None)
                | Q(
                    reconsidered_at__isnull=False,
                    reconsidered_by__isnull=False,
                    withdrawn_at__isnull=False,
                ),
                name="plan_is_reconsidered_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number}"

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
    def state(self) -> State:
        if self.replaced_at:
            return State.REPLACED
        if self.withdrawn_at:
            return State.WITHDRAWN
        if self.in_force_at:
            return State.IN_FORCE
        return self._waits_for()

    def _waits_for(self) -> State:
        """Where a version stands that is not in force yet."""
        if self.resident_agreed_at and self.worker_agreed_at:
            return State.WAITS
        if self.resident_agreed_at:
            return State.AGREED_BY_RESIDENT
        if self.refused_at:
            return State.NOT_AGREED
        if self.worker_agreed_at:
            return State.AGREED_BY_WORKER
        return State.WAITS if self.sealed_at else State.DRAFT

    @property
    def led_by_says(self) -> str:
        """Who leads the plan, in words; nothing where nobody said."""
        found = self.scheme.pack.choices("plan_led_by").get(self.led_by)
        return found.says if found else self.led_by

    def last_kept_up(self) -> datetime:
        """When it was last changed, signed, or gone through without a change."""
        times = [self.changed_at, self.in_force_at, self.reconsidered_at, self.looked_at]
        return max(at for at in times if at)

    def look_again(self) -> date | None:
        """The day on which it is to be looked at again, if one was named."""
        return self.again_on or self.review_on

    def has_voice(self) -> bool:
        """Whether the person said something in their own words."""
        return any(str(words).strip() for words in self.voice.values())


class PlanStep(Record):
    """That an action stands in a version of a plan, perhaps under a goal."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="steps")
    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="steps")
    goal = models.ForeignKey(
        "plans.Goal", models.SET_NULL, null=True, blank=True, related_name="steps"
    )

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "action"],
                name="an_action_stands_once_in_a_plan",
                violation_error_message="This action stands in the plan already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.action_id} in {self.plan_id}"


class PlanReading(Record):
    """That a member of the team has read a version."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"plan", "staff", "read_at"})

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="readings")
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "staff"], name="a_reader_reads_a_plan_once")
        ]

    def __str__(self) -> str:
        return f"{self.staff_id} read {self.plan_id}"


class PlanCopy(ByEither, Record):
    """That a copy was offered to the person, in which format, and whether they wanted it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"plan", "format", "declined", "offered_on"})

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="copies")
    format = models.CharField(max_length=40)
    declined = models.BooleanField(default=False)
    offered_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["offered_on"]
        constraints = [*ByEither.Meta.constraints]

    def __str__(self) -> str:
        return f"copy of {self.plan_id}"


class Disagreement(ByEither, Record):
    """That somebody, often family, disagrees with part of a plan, and what was decided.

    The part is marked as disputed until a manager has decided.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"plan", "line", "decided_at", "decided_by"})
    LOCK_WITH = ("plan__stay__scheme__organisation", "plan__stay__resident")

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="disagreements")
    line = models.UUIDField(null=True, blank=True)
    who = models.CharField(max_length=200)
    words = models.TextField()
    resident_view = models.TextField(blank=True)
    decision = models.TextField(blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(
                condition=Q(decided_at=None, decided_by=None, decision="")
                | Q(decided_at__isnull=False, decided_by__isnull=False) & ~Q(decision=""),
                name="disagreement_decision_has_words_a_person_and_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} disagrees"

    @property
    def scheme(self) -> Scheme:
        return self.plan.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.plan.scheme_id

    @property
    def resident_id(self) -> UUID:
        return self.plan.resident_id
