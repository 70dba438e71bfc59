"""The move-on plan, its target day, what stands in the way, the steps, and what is shared."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.plans.models import PlanAction
from alongside.stays.models import OfAStay, Stay


def pair(day: str, person: str) -> Q:
    """That a day and who did it are both there, or neither."""
    return Q(**{day: None, person: None}) | Q(
        **{f"{day}__isnull": False, f"{person}__isnull": False}
    )


class MoveOnPlan(OfAStay):
    """One version of where somebody wants to live and what that takes; the latest counts.

    `confirmed_on` is the day on which a manager found this version clear and achievable.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "number", "housing", "written_on", "change_reason", "confirmed_on"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="move_on_plans", db_index=False)
    number = models.PositiveSmallIntegerField(default=1)
    housing = models.CharField(max_length=60)
    goal = models.TextField()
    area = models.CharField(max_length=200, blank=True)
    size = models.CharField(max_length=120, blank=True)
    needs = models.TextField(blank=True)
    documents = models.TextField(blank=True)
    their_words = models.TextField(blank=True)
    written_together = models.BooleanField(default=True)
    change_reason = models.CharField(max_length=60, blank=True)
    change_words = models.TextField(blank=True)
    written_on = models.DateField()
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "number"],
                name="a_move_on_version_has_its_own_number",
                violation_error_message="Somebody has just written another version.",
            ),
            models.CheckConstraint(
                condition=~Q(goal=""),
                name="a_move_on_plan_has_a_goal",
                violation_error_message="Write what home they want.",
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(change_reason=""),
                name="a_changed_move_on_plan_says_why",
                violation_error_message="Another version needs its reason.",
            ),
            models.CheckConstraint(
                condition=pair("confirmed_on", "confirmed_by"),
                name="a_move_on_plan_is_confirmed_by_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.number}"

    @property
    def housing_says(self) -> str:
        found = self.scheme.pack.choices("housing_choices").get(self.housing)
        return found.says if found else self.housing


class Target(OfAStay):
    """Another day by which somebody should have moved on, and why it was changed.

    Before the first of these the day is counted from moving in, as the pack says.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "target_on", "before_on", "set_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="move_on_targets", db_index=False)
    target_on = models.DateField()
    before_on = models.DateField()
    reason = models.CharField(max_length=60)
    words = models.TextField(blank=True)
    set_on = models.DateField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "-recorded_at"], name="target_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=Q(target_on__gte=F("set_on")),
                name="a_target_lies_ahead",
                violation_error_message="Choose a day that is still to come.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="another_target_has_a_reason",
                violation_error_message="Another day needs its reason.",
            ),
        ]

    def __str__(self) -> str:
        return f"by {self.target_on}"


class Barrier(OfAStay):
    """Something that stands in the way of moving on, and what is done about it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "area", "since_on", "closed_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="move_on_barriers")
    area = models.CharField(max_length=60)
    what = models.CharField(max_length=300)
    since_on = models.DateField()
    effect = models.TextField(blank=True)
    who_helps = models.CharField(max_length=200, blank=True)
    step = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    closed_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["since_on", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="a_barrier_is_named",
                violation_error_message="Write what stands in the way.",
            ),
            models.CheckConstraint(
                condition=pair("closed_on", "closed_by"), name="a_barrier_is_closed_by_a_person"
            ),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("since_on")),
                name="a_barrier_ends_after_it_began",
                violation_error_message="It cannot have ended before it began.",
            ),
        ]

    def __str__(self) -> str:
        return self.what

    @property
    def area_says(self) -> str:
        found = self.scheme.pack.choices("barrier_areas").get(self.area)
        return found.says if found else self.area


class MoveOnTask(OfAStay):
    """That an action of the plan is a step toward moving on, perhaps against one barrier."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "action", "barrier"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="move_on_tasks")
    action = models.OneToOneField(PlanAction, models.PROTECT, related_name="move_on_task")
    barrier = models.ForeignKey(
        Barrier, models.PROTECT, null=True, blank=True, related_name="tasks"
    )
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    def __str__(self) -> str:
        return f"a step toward moving on: {self.action_id}"


class HomeStep(OfAStay):
    """One thing to arrange for the new home: furniture, power, the landlord, the day itself."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind", "phase", "due_on", "done_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="home_steps")
    kind = models.CharField(max_length=60)
    phase = models.CharField(max_length=40)
    what = models.CharField(max_length=200, blank=True)
    source = models.CharField(max_length=200, blank=True)
    cost = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=pair("done_on", "done_by"), name="a_home_step_is_done_by_a_person"
            ),
            models.CheckConstraint(
                condition=Q(cost=None) | Q(cost__gte=0),
                name="a_home_step_costs_nothing_or_more",
                violation_error_message="A cost is nothing or more.",
            ),
        ]

    def __str__(self) -> str:
        return self.what or self.says

    @property
    def says(self) -> str:
        found = self.scheme.pack.choices("home_set_up").get(self.kind)
        return found.says if found else self.kind

    @property
    def phase_says(self) -> str:
        found = self.scheme.pack.choices("move_phases").get(self.phase)
        return found.says if found else self.phase


class Issue(OfAStay):
    """Something to settle for the resettlement, that several workers share; one of them owns it."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "owner", "raised_on", "settled_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="resettlement_issues")
    what = models.TextField()
    owner = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    raised_on = models.DateField()
    settled_on = models.DateField(null=True, blank=True)
    settled_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    settled_words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(what=""),
                name="an_issue_has_words",
                violation_error_message="Write what is to be settled.",
            ),
            models.CheckConstraint(
                condition=pair("settled_on", "settled_by"), name="an_issue_is_settled_by_a_person"
            ),
        ]

    def __str__(self) -> str:
        return self.what


class IssueComment(Record):
    """What somebody added to a shared issue."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"issue"})

    issue = models.ForeignKey(Issue, models.PROTECT, related_name="comments")
    words = models.TextField()
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="a_comment_has_words",
                violation_error_message="Write something first.",
            ),
        ]

    def __str__(self) -> str:
        return self.words

    @property
    def scheme(self) -> Scheme:
        return self.issue.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.issue.scheme_id
