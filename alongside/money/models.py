"""A resident's money, as far as their tasks ask; and what the service is to spend."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from alongside.kit import clock
from alongside.kit.durations import Duration
from alongside.kit.records import Record
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import OfAStay, Stay

LIVE = "live"


class Benefit(OfAStay):
    """A benefit somebody claims. Where it stands is in its statuses."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "kind"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="benefits")
    kind = models.CharField(max_length=60)
    kind_words = models.CharField(max_length=120, blank=True)
    reference = models.CharField(max_length=60, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "kind", "kind_words"],
                name="a_benefit_is_listed_once",
                violation_error_message="This benefit is on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return self.says

    @property
    def says(self) -> str:
        found = self.scheme.pack.choices("benefits").get(self.kind)
        return self.kind_words or (found.says if found else self.kind)


class BenefitStatus(Record):
    """Where a benefit stands from a day on; the latest day counts, then the latest record."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"benefit", "status", "from_on"})

    benefit = models.ForeignKey(Benefit, models.PROTECT, related_name="statuses")
    status = models.CharField(max_length=20)
    from_on = models.DateField()
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        indexes = [models.Index(fields=["benefit", "-from_on", "-id"], name="status_by_benefit")]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=["applied", "live", "suspended", "ended"]),
                name="a_benefit_status_is_one_of_four",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} from {self.from_on}"

    def is_live(self) -> bool:
        return self.status == LIVE


class Every(models.TextChoices):
    """How often an instalment is due; the value is a length of time."""

    WEEK = "P1W", "Every week"
    FORTNIGHT = "P2W", "Every two weeks"
    FOUR_WEEKS = "P4W", "Every four weeks"
    MONTH = "P1M", "Every month"


def instalments_due(starts_on: date, every: Duration, *, on: date) -> int:
    """How many instalments have fallen due by the end of that day, counting the first."""
    due, count = starts_on, 0
    while due <= on:
        count += 1
        due = every.after(due)
    return count


class PaymentPlan(OfAStay):
    """An agreement to pay off a service charge: so much, so often, from a day on."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "every", "starts_on", "ended_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="payment_plans")
    owed = models.DecimalField(max_digits=8, decimal_places=2)
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    every = models.CharField(max_length=8, choices=Every, default=Every.WEEK)
    starts_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stay"],
                condition=Q(ended_on=None),
                name="one_payment_plan_at_a_time",
                violation_error_message="There is a payment plan already.",
            ),
            models.CheckConstraint(
                condition=Q(owed__gt=0, amount__gt=0),
                name="a_payment_plan_pays_something_owed",
                violation_error_message="Write an amount above nothing.",
            ),
            models.CheckConstraint(
                condition=Q(ended_on=None, ended_by=None)
                | Q(ended_on__isnull=False, ended_by__isnull=False),
                name="a_payment_plan_end_has_a_day_and_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} {self.get_every_display().lower()}"

    def paid(self) -> Decimal:
        """Everything paid so far; ask with the payments at hand."""
        return sum((payment.amount for payment in self.payments.all()), Decimal(0))

    def missed(self, on: date) -> int:
        """Whole instalments due by that day and not covered by what was paid.

        What is owed in all is never asked for twice.
        """
        due = min(instalments_due(self.starts_on, Duration.parse(self.every), on=on) * self.amount,
                  self.owed)  # fmt: skip
        behind = max(due - self.paid(), Decimal(0))
        return int(-(-behind // self.amount))


class Payment(Record):
    """One payment toward a plan."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"plan", "paid_on"})

    plan = models.ForeignKey(PaymentPlan, models.PROTECT, related_name="payments")
    paid_on = models.DateField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-paid_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_payment_is_above_nothing",
                violation_error_message="Write an amount above nothing.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} on {self.paid_on}"


class Saving(OfAStay):
    """A saving scheme for moving on: where, and how much they aim for, once that is known."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay", "opened_on", "ended_on"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="savings")
    where = models.CharField(max_length=200)
    goal = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    opened_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(goal__gt=0),
                name="a_saving_scheme_has_a_goal",
                violation_error_message="Write how much they aim for.",
            ),
        ]

    def __str__(self) -> str:
        return self.where

    def saved(self) -> Decimal:
        """What was put by less what was taken out; ask with the deposits at hand."""
        return sum((deposit.amount for deposit in self.deposits.all()), Decimal(0))


class Deposit(Record):
    """Something put by, or taken out again (below nothing): as they told it, or as was seen."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"saving", "saved_on", "seen"})

    saving = models.ForeignKey(Saving, models.PROTECT, related_name="deposits")
    saved_on = models.DateField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    seen = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-saved_on", "-id"]
        constraints = [
            models.CheckConstraint(condition=~Q(amount=0), name="a_deposit_moves_something"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} on {self.saved_on}"


class Arrears(OfAStay):
    """What is still owed for a former home."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"stay"})

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="arrears")
    creditor = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        verbose_name_plural = "arrears"
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "creditor"],
                name="a_creditor_is_listed_once",
                violation_error_message="This creditor is on the list already.",
            ),
        ]

    def __str__(self) -> str:
        return self.creditor


class ArrearsStep(Record):
    """Something done about arrears: contact made, an agreement, a payment."""

    OPEN: ClassVar[frozenset[str]] = frozenset({"arrears", "kind", "happened_on"})

    class Kind(models.TextChoices):
        CONTACT = "contact", "Contact made"
        AGREEMENT = "agreement", "Agreement reached"
        PAYMENT = "payment", "Payment"

    arrears = models.ForeignKey(Arrears, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=Kind)
    happened_on = models.DateField()
    amount = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    words = models.TextField(blank=True)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, null=True, related_name="+")
    recorded_at = models.DateTimeField(default=clock.now, editable=False)

    class Meta:
        ordering = ["-happened_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="payment") | Q(amount__isnull=False, amount__gt=0),
                name="an_arrears_payment_has_an_amount",
                violation_error_message="Write how much was paid.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} on {self.happened_on}"


class Answer(models.TextChoices):
    """What was decided."""

    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Declined"


class Spending(Record):
    """That money of the service is to be spent, and who decided it. One decides, another asks."""

    OPEN: ClassVar[frozenset[str]] = frozenset(
        {"scheme", "stay", "amount", "recorded_by", "recorded_at", "answer", "answered_by",
         "answered_at"}
    )  # fmt: skip
    LOCK_WITH = ("scheme__organisation", "stay__resident")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="spendings")
    stay = models.ForeignKey(Stay, models.PROTECT, null=True, blank=True, related_name="spendings")
    what = models.TextField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    recorded_by = models.ForeignKey(Staff, models.PROTECT, related_name="+")
    recorded_at: models.DateTimeField[datetime, datetime] = models.DateTimeField(
        default=clock.now, editable=False
    )
    answer = models.CharField(max_length=8, choices=Answer, blank=True)
    answered_by = models.ForeignKey(Staff, models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_words = models.TextField(blank=True)

    class Meta:
        ordering = ["-recorded_at", "-id"]
        indexes = [models.Index(fields=["scheme", "-recorded_at"], name="spending_by_scheme")]
        constraints = [
            models.CheckConstraint(
                condition=Q(amount__gt=0),
                name="a_spending_is_above_nothing",
                violation_error_message="Write an amount above nothing.",
            ),
            models.CheckConstraint(
                condition=Q(answer="", answered_by=None, answered_at=None)
                | Q(answer="approved", answered_by__isnull=False, answered_at__isnull=False)
                | Q(answer="declined", answered_by__isnull=False, answered_at__isnull=False)
                & ~Q(answer_words=""),
                name="an_answer_to_a_spending_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None) | ~Q(answered_by=F("recorded_by")),
                name="nobody_approves_their_own_spending",
                violation_error_message="Nobody approves what they asked for themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} for {self.what}"

    @property
    def currency(self) -> str:
        """In which money the service counts: "GBP"."""
        return self.scheme.pack.about.currency
