"""What is decided about a task of a stage for one person, and earlier sheets reconciled."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.organisation.models import Staff
from alongside.organisation.policy import shown, visible
from alongside.stays.models import OfAStay, Stay


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
