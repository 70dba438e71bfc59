"""What a person offers as evidence, how it is read, and a disagreement about that."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.records import new_key
from alongside.organisation.models import Staff
from alongside.organisation.policy import shown, visible
from alongside.residents.models import ByEither
from alongside.stays.models import OfAStay, Stay


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
