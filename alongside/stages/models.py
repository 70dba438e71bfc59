"""Stages: each move of a person, what they offer as evidence, and what is decided about it."""

from __future__ import annotations

from datetime import date, datetime
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import new_key
from alongside.organisation.models import Staff
from alongside.organisation.policy import shown, visible
from alongside.practice.stages import Stage
from alongside.residents.models import ByEither
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


def evidence_place(evidence: Evidence, filename: str) -> str:
    """Where a file of evidence is kept; its own name is in the record, not in the path."""
    return f"evidence/{evidence.stay_id}/{new_key().hex}"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def visible_to(self, staff: Staff) -> EvidenceQuerySet:
        return visible(staff, self)

    def for_page(self) -> EvidenceQuerySet:
        return (
            shown(self)
            .select_related(
                "stay__resident",
                "stay__scheme__organisation",
                "stay__bed",
                "by_staff",
                "by_resident",
            )
            .fetch_mode(models.FETCH_RAISE)
        )


class Evidence(ByEither, OfAStay):
    """One thing offered for a task: words, a file, attendance, an action, what staff saw.

    `line` narrows it to one part of the task ("gp", "hygiene"); empty is the whole task.
    What a resident offers is reported by them until a member of staff has read it.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "task", "line", "kind", "happened_on", "record_type", "record_id"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="evidence", db_index=False)
    task = models.CharField(max_length=20)
    line = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20)
    happened_on = models.DateField()
    words = models.TextField(blank=True)
    file = models.FileField(upload_to=evidence_place, blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_kind = models.CharField(max_length=80, blank=True)
    record_type = models.CharField(max_length=60, blank=True)
    record_id = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["stay", "task", "recorded_at"], name="evidence_by_task")]
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(
                condition=~Q(words="") | ~Q(file="") | Q(record_id__isnull=False),
                name="evidence_shows_something",
                violation_error_message="Write something, or add a file.",
            ),
            models.CheckConstraint(
                condition=Q(file="", file_name="") | ~Q(file="") & ~Q(file_name=""),
                name="a_file_has_a_name",
            ),
            models.CheckConstraint(
                condition=Q(record_id=None, record_type="")
                | Q(record_id__isnull=False) & ~Q(record_type=""),
                name="linked_evidence_names_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.task}"

    @property
    def kind_says(self) -> str:
        found = self.scheme.pack.choices("evidence_kinds").get(self.kind)
        return found.says if found else self.kind


class Verdict(models.TextChoices):
    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Not accepted"


class Reading(OfAStay):
    """What a member of staff made of a piece of evidence. The latest reading counts."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "evidence", "verdict", "reason"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="+", db_index=False)
    evidence = models.ForeignKey(Evidence, models.PROTECT, related_name="readings")
    verdict = models.CharField(max_length=10, choices=Verdict)
    reason = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    read_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    read_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "read_at"], name="reading_by_stay")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(verdict="rejected") | ~Q(reason=""),
                name="a_rejection_has_its_reason",
                violation_error_message="Say why it is not accepted.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()} by {self.read_by_id}"


class Dispute(ByEither, OfAStay):
    """That the resident does not agree with a rejection: somebody else reads it again."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "reading", "answered"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="+")
    reading = models.OneToOneField(Reading, models.PROTECT, related_name="dispute")
    words = models.TextField()
    answered = models.OneToOneField(
        Reading, models.PROTECT, null=True, blank=True, related_name="answers"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(
                condition=Q(answered=None) | ~Q(answered=F("reading")),
                name="a_dispute_is_answered_by_another_reading",
            ),
        ]

    def __str__(self) -> str:
        return f"Dispute of {self.reading_id}"


class Decided(models.TextChoices):
    """What was decided about a task. The last variation and what came after it count."""

    VERIFIED = "verified", "Verified"
    LAPSED = "lapsed", "Lapsed"
    NOT_APPLICABLE = "not_applicable", "Not applicable"
    SUBSTITUTED = "substituted", "Substituted"
    WAIVED = "waived", "Waived"
    APPLIES = "applies", "Applies as written"


VARIATIONS = (Decided.NOT_APPLICABLE, Decided.SUBSTITUTED, Decided.WAIVED, Decided.APPLIES)


class TaskDecisionQuerySet(models.QuerySet["TaskDecision"]):
    def visible_to(self, staff: Staff) -> TaskDecisionQuerySet:
        return visible(staff, self)

    def for_page(self) -> TaskDecisionQuerySet:
        return shown(self).select_related(
            "stay__resident", "stay__scheme__organisation", "stay__bed", "decided_by",
            "approved_by",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class TaskDecision(OfAStay):
    """One decision about one task of one person; a later one adds to it, nothing is undone.

    `decided_by` is empty when the system saw that a fact had stopped. `stood_on` is the
    arithmetic as it stood. `replaced_by` says what is done instead of a substituted task.
    """

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "task", "kind", "reason", "agreed_on", "decided_on"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="task_decisions", db_index=False)
    task = models.CharField(max_length=20)
    kind = models.CharField(max_length=20, choices=Decided)
    reason = models.CharField(max_length=60, blank=True)
    words = models.TextField(blank=True)
    replaced_by = models.CharField(max_length=200, blank=True)
    stood_on = models.TextField(blank=True)
    agreed_on = models.DateField(null=True, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField()
    practice = models.CharField(max_length=80)
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    objects = TaskDecisionQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["stay", "recorded_at"], name="task_decision_by_stay"),
            models.Index(fields=["kind", "recorded_at"], name="task_decision_by_kind"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["verified", "applies"]) | ~Q(reason=""),
                name="a_variation_or_lapse_has_its_reason",
                violation_error_message="Say why.",
            ),
            models.CheckConstraint(
                condition=Q(kind="substituted") & ~Q(replaced_by="")
                | ~Q(kind="substituted") & Q(replaced_by=""),
                name="a_substituted_task_says_what_instead",
                violation_error_message="Say what is done instead.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["waived", "substituted"]) | Q(approved_by__isnull=False),
                name="a_waiver_has_its_approver",
                violation_error_message="Say who approved it.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="not_applicable") | Q(agreed_on__isnull=False),
                name="not_applicable_is_agreed_with_the_resident",
                violation_error_message="Say when it was agreed with them.",
            ),
            models.CheckConstraint(
                condition=Q(kind="lapsed") | Q(decided_by__isnull=False),
                name="only_a_lapse_is_seen_by_the_system",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task}: {self.get_kind_display()}"

    def is_variation(self) -> bool:
        return self.kind in VARIATIONS


class EvidenceNote(ByEither, OfAStay):
    """A dated, signed line on the notes page of the stage sheet."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "written_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="evidence_notes", db_index=False)
    words = models.TextField()
    written_on = models.DateField()
    corrects = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["stay", "-written_on", "-id"], name="note_by_stay")]
        constraints = [
            *ByEither.Meta.constraints,
            models.CheckConstraint(condition=~Q(words=""), name="an_evidence_note_says_something"),
        ]

    def __str__(self) -> str:
        return f"{self.written_on}: {self.by_name}"


class Reconciliation(OfAStay):
    """What the monthly comparison made of one thing the resident said was done.

    `record_type` and `record_id` name the claim (an action, a piece of evidence); `says` is how
    it read. Several in time may be about one claim: the latest counts. When nothing was said to
    be done the row is about the stay, and its outcome is `NOTHING`.
    """

    NOTHING: ClassVar[str] = "nothing_to_compare"

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"stay", "record_type", "record_id", "outcome", "reconciled_on"}
    )

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="reconciliations", db_index=False)
    record_type = models.CharField(max_length=60)
    record_id = models.UUIDField()
    says = models.CharField(max_length=300)
    outcome = models.CharField(max_length=40)
    words = models.TextField(blank=True)
    reconciled_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    reconciled_on = models.DateField()
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["stay", "-reconciled_on", "-id"], name="reconciled_by_stay"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "record_id", "reconciled_on"],
                name="a_claim_is_reconciled_once_a_day",
                violation_error_message="This was compared with its evidence today already.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome=""), name="a_reconciliation_has_its_outcome"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.says}: {self.outcome}"
