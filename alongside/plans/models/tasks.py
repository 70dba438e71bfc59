"""A task of the plan handed on to a colleague, and what came of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.organisation.policy import shown, visible
from alongside.plans.models.actions import PlanAction
from alongside.plans.models.plans import Plan
from alongside.stays.models import OfAStay, Stay


class HandedOnQuerySet(models.QuerySet["HandedOn"]):
    def visible_to(self, staff: Staff) -> HandedOnQuerySet:
        return visible(staff, self)

    def open(self) -> HandedOnQuerySet:
        """Neither done, nor declined, nor taken back."""
        return self.filter(done_at=None, declined_at=None, taken_back_at=None)

    def for_page(self) -> HandedOnQuerySet:
        return shown(self).select_related(
            "action__staff", "to", "given_by", "stay__scheme__organisation",
            "stay__resident", "stay__bed",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class HandedOn(OfAStay):
    """That an action of the plan was handed on: to whom, how it is done, by when.

    It is accepted or declined by the one it was given to, who also says when it is done or what
    stands in the way. `skill` is a key of the pack's list `task_skills`; empty asks for none.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {
            "stay", "action", "to", "due_on", "skill", "given_by", "accepted_at", "declined_at",
            "done_at", "problem_at", "taken_back_at",
        }
    )  # fmt: skip

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="handed_on")
    action = models.ForeignKey(PlanAction, models.PROTECT, related_name="handed_on")
    to = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    instruction = models.TextField()
    due_on = models.DateField()
    due_time = models.TimeField(null=True, blank=True)
    skill = models.CharField(max_length=60, blank=True)
    given_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    problem_at = models.DateTimeField(null=True, blank=True)
    words = models.TextField(blank=True)
    taken_back_at = models.DateTimeField(null=True, blank=True)

    objects = HandedOnQuerySet.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [models.Index(fields=["to", "due_on"], name="handed_on_by_worker")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(instruction=""),
                name="a_task_handed_on_says_how",
                violation_error_message="Say how it is to be done.",
            ),
            models.CheckConstraint(
                condition=Q(done_at=None) | Q(accepted_at__isnull=False, declined_at=None),
                name="only_an_accepted_task_is_done",
            ),
            models.UniqueConstraint(
                fields=["action", "to"],
                condition=Q(done_at=None, declined_at=None, taken_back_at=None),
                name="a_task_is_handed_once_to_one_person",
                violation_error_message="They have this task already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action_id} handed to {self.to_id}"

    @property
    def state(self) -> str:
        """Where it stands, in words."""
        told = (
            (self.taken_back_at, "Taken back"),
            (self.declined_at, "Not accepted"),
            (self.done_at, "Done"),
            (self.problem_at, "There is a problem"),
            (self.accepted_at, "Accepted"),
        )
        return next((says for at, says in told if at), "Waiting to be accepted")

    @property
    def is_open(self) -> bool:
        return not (self.done_at or self.declined_at or self.taken_back_at)

    @property
    def skill_says(self) -> str:
        found = self.stay.scheme.pack.choices("task_skills").get(self.skill)
        return str(found or self.skill)


class PlanLook(OfAStay):
    """That a plan was gone through and nothing had to change, and when it is looked at again."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "plan", "looked_on", "again_on", "looked_by"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="plan_looks")
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="looks")
    looked_on = models.DateField()
    again_on = models.DateField()
    words = models.TextField()
    looked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["looked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(again_on__gt=models.F("looked_on")),
                name="a_plan_is_looked_at_again_later",
                violation_error_message="It is looked at again on a later day.",
            ),
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_look_at_a_plan_says_what_was_found",
                violation_error_message="Say what was talked about.",
            ),
        ]

    def __str__(self) -> str:
        return f"looked at {self.plan_id} on {self.looked_on}"
