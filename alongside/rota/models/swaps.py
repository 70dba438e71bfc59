"""A shift offered to a colleague, what they said, and what a leader decided."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Q

from alongside.kit import clock
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import visible
from alongside.rota.models.turns import Turn


class SwapAnswer(models.TextChoices):
    AGREED = "agreed", "Agreed"
    DECLINED = "declined", "Declined"


class SwapDecision(models.TextChoices):
    APPROVED = "approved", "Approved"
    REFUSED = "refused", "Refused"


class SwapQuerySet(models.QuerySet["Swap"]):
    def visible_to(self, staff: Staff) -> SwapQuerySet:
        return visible(staff, self)

    def open(self) -> SwapQuerySet:
        """Neither declined nor decided."""
        return self.exclude(answer=SwapAnswer.DECLINED).filter(decision="")

    def for_page(self) -> SwapQuerySet:
        return self.select_related(
            "turn__worker", "turn__scheme__organisation", "to_worker", "in_exchange__scheme",
            "in_exchange__worker",
        ).fetch_mode(models.FETCH_RAISE)  # fmt: skip


class Swap(Record):
    """That somebody offers their shift to a colleague, who agrees, and a leader who approves."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"turn", "to_worker", "in_exchange", "offered_at", "answer", "decision"}
    )
    LOCK_WITH = (
        "turn__scheme__organisation", "turn__worker", "to_worker",
        "in_exchange__scheme__organisation", "in_exchange__worker",
    )  # fmt: skip

    turn = models.ForeignKey(Turn, models.PROTECT, related_name="swaps")
    to_worker = models.ForeignKey(Staff, models.PROTECT, related_name="swaps_offered")
    in_exchange = models.ForeignKey(
        Turn, models.PROTECT, null=True, blank=True, related_name="given_for"
    )
    words = models.CharField(max_length=300, blank=True)
    offered_at = models.DateTimeField(default=clock.now)
    answer = models.CharField(max_length=8, choices=SwapAnswer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(max_length=8, choices=SwapDecision, blank=True)
    decided_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    decision_words = models.CharField(max_length=300, blank=True)

    objects = SwapQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["turn"],
                condition=Q(answer__in=["", "agreed"], decision=""),
                name="a_shift_is_offered_to_one_at_a_time",
                violation_error_message="This shift is being swapped already.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_at=None)
                | (~Q(answer="") & Q(answered_at__isnull=False)),
                name="an_answer_to_a_swap_has_its_time",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False, answer="agreed")),
                name="a_swap_is_decided_once_both_agree",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.turn_id} to {self.to_worker_id}"

    @property
    def scheme(self) -> Scheme:
        return self.turn.scheme

    @property
    def scheme_id(self) -> UUID:
        return self.turn.scheme_id

    @property
    def state(self) -> tuple[str, str]:
        """A word and its tone."""
        if self.decision:
            return (self.get_decision_display(), "good" if self.decision == "approved" else "bad")
        if self.answer:
            said = self.answer == SwapAnswer.AGREED
            return ("Waits for approval", "warn") if said else ("Declined", "quiet")
        return ("Offered", "info")
