"""Each move of a person up, down or past a stage, and their answer to it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.organisation.policy import shown, visible
from alongside.practice.stages import Stage
from alongside.stays.models import OfAStay, Stay


class Move(models.TextChoices):
    """How somebody came to be at a stage."""

    ENTERED = "entered", "Moved in"
    PROMOTED = "promoted", "Promoted"
    EARLY = "early", "Promoted early"
    SKIPPED = "skipped", "Promoted past a stage"
    DEMOTED = "demoted", "Moved back"
    KEPT = "kept", "Stays at the stage"


VARIED_MOVES = (Move.EARLY, Move.SKIPPED)


class StageMoveQuerySet(models.QuerySet["StageMove"]):
    def visible_to(self, staff: Staff) -> StageMoveQuerySet:
        return visible(staff, self)

    def so_far(self, at: datetime) -> StageMoveQuerySet:
        """Those that have taken effect, the latest first."""
        return self.filter(at__lte=at).order_by("-at", "-pk")

    def for_page(self) -> StageMoveQuerySet:
        return shown(self).select_related(
            "stay__resident", "stay__scheme__organisation", "stay__bed", "moved_by",
            "approved_by", "told_by", "lifted_by",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class StageMove(OfAStay):
    """That a person is at a stage from a moment on; the latest one in effect is where they are.

    `tasks` are the codes of the tasks a demotion, or a decision to keep the stage, was about.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "kind", "from_stage", "stage", "at", "reason", "tasks", "told_on", "lifted_at"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="stage_moves", db_index=False)
    kind = models.CharField(max_length=10, choices=Move)
    from_stage = models.SlugField(max_length=60, blank=True)
    stage = models.SlugField(max_length=60)
    at = models.DateTimeField()
    reason = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    tasks = models.JSONField(default=list, blank=True)
    moved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    told_on = models.DateField(null=True, blank=True)
    told_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answer = models.TextField(blank=True)
    lifted_at = models.DateTimeField(null=True, blank=True)
    lifted_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    lifted_because = models.TextField(blank=True)
    practice = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = StageMoveQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "-at", "-id"], name="stage_move_by_stay")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(kind="entered"),
                name="the_first_stage_is_entered_once",
                violation_error_message="They are at a stage already.",
            ),
            models.CheckConstraint(
                condition=Q(kind="entered", from_stage="") | ~Q(kind="entered") & ~Q(from_stage=""),
                name="every_move_but_the_first_leaves_a_stage",
            ),
            models.CheckConstraint(
                condition=Q(kind="kept", stage=F("from_stage"))
                | ~Q(kind="kept") & ~Q(stage=F("from_stage")),
                name="a_move_goes_to_another_stage",
                violation_error_message="They are at that stage already.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["entered", "promoted"]) | ~Q(reason=""),
                name="an_unusual_move_has_its_reason",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["early", "skipped"]) | Q(approved_by__isnull=False),
                name="an_early_promotion_has_its_approver",
                violation_error_message="Say who approved it.",
            ),
            models.CheckConstraint(
                condition=Q(told_on=None, told_by=None, answer="")
                | Q(told_on__isnull=False, told_by__isnull=False),
                name="telling_somebody_has_a_day_and_a_person",
            ),
            models.CheckConstraint(
                condition=Q(lifted_at=None, lifted_by=None, lifted_because="")
                | Q(kind="demoted", lifted_at__isnull=False, lifted_by__isnull=False)
                & ~Q(lifted_because=""),
                name="only_a_demotion_is_lifted_with_a_reason",
                violation_error_message="Say why it is lifted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.stage_says}"

    @property
    def pack_stage(self) -> Stage:
        return self.scheme.pack.stage(self.stage)

    @property
    def stage_says(self) -> str:
        return self.pack_stage.says

    @property
    def on(self) -> date:
        """The day of the move, where the scheme is."""
        return self.at.astimezone(self.scheme.zone).date()

    def is_promotion(self) -> bool:
        return self.kind in {Move.PROMOTED, Move.EARLY, Move.SKIPPED}


class MoveAnswer(OfAStay):
    """What the person says to a move back, in their own words and by themselves."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "move"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="+", db_index=False)
    move = models.ForeignKey(StageMove, models.PROTECT, related_name="answers", db_index=False)
    words = models.TextField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["stay", "recorded_at"], name="move_answer_by_stay"),
            models.Index(fields=["move", "recorded_at"], name="move_answer_by_move"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(words=""),
                name="an_answer_to_a_move_says_something",
                violation_error_message="Write what you say to it.",
            ),
        ]

    def __str__(self) -> str:
        return f"Answer of {self.recorded_at:%-d %B %Y}"
