"""What is recorded about a resident's money. It is theirs; we only note it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.money.models import (
    Arrears,
    ArrearsStep,
    Benefit,
    BenefitStatus,
    Deposit,
    Payment,
    PaymentPlan,
    Saving,
)
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("benefit.listed", needs=Action.RECORD_BENEFITS)
def list_benefit(
    stay: Stay,
    *,
    by: Staff,
    kind: str,
    status: str,
    from_on: date,
    kind_words: str = "",
    reference: str = "",
    words: str = "",
) -> Benefit:
    """Put a benefit on the list, with where it stands now.

    Refused when it is on the list already, or "another benefit" is not named.

    Source: Key Working, Appendix 2, Probation.
    """
    choice = stay.scheme.pack.choices("benefits")[kind]
    if choice.needs_text and not kind_words:
        raise Refused(
            "Another benefit needs its name.", instead="Write what it is.", field="kind_words"
        )
    benefit = Benefit.objects.create(
        stay=stay, kind=kind, kind_words=kind_words, reference=reference, recorded_by=by
    )
    record_status(benefit, by=by, status=status, from_on=from_on, words=words)
    return benefit


@operation("benefit.status_recorded", needs=Action.RECORD_BENEFITS)
def record_status(
    benefit: Benefit, *, by: Staff, status: str, from_on: date, words: str = ""
) -> BenefitStatus:
    """Record that a benefit is applied for, live, suspended or ended, from a day on.

    Refused when the day has not come yet.
    """
    _not_in_future(benefit.stay, from_on, "from_on")
    return BenefitStatus.objects.create(
        benefit=benefit, status=status, from_on=from_on, words=words, recorded_by=by
    )


@operation("payment_plan.begun", needs=Action.RECORD_BENEFITS)
def begin_payment_plan(
    stay: Stay, *, by: Staff, owed: Decimal, amount: Decimal, every: str, starts_on: date
) -> PaymentPlan:
    """Record an agreement to pay off what is owed: `amount` each time, from `starts_on`.

    Refused when there is one already, or an amount is not above nothing.
    """
    return PaymentPlan.objects.create(
        stay=stay, owed=owed, amount=amount, every=every, starts_on=starts_on, recorded_by=by
    )


@operation("payment_plan.paid", needs=Action.RECORD_BENEFITS)
def record_payment(plan: PaymentPlan, *, by: Staff, paid_on: date, amount: Decimal) -> Payment:
    """Record one payment. Refused when the day has not come, or it is not above nothing."""
    _not_in_future(plan.stay, paid_on, "paid_on")
    return Payment.objects.create(plan=plan, paid_on=paid_on, amount=amount, recorded_by=by)


@operation("payment_plan.ended", needs=Action.RECORD_BENEFITS)
def end_payment_plan(plan: PaymentPlan, *, by: Staff, ended_on: date) -> PaymentPlan:
    """End a payment plan: paid off, or replaced. Refused for a day to come."""
    _not_in_future(plan.stay, ended_on, "ended_on")
    plan.ended_on, plan.ended_by = ended_on, by
    plan.save(update_fields=["ended_on", "ended_by"])
    return plan


@operation("saving.begun", needs=Action.RECORD_BENEFITS)
def begin_saving(stay: Stay, *, by: Staff, where: str, goal: Decimal, opened_on: date) -> Saving:
    """Record a saving scheme for moving on, and how much they aim for."""
    _not_in_future(stay, opened_on, "opened_on")
    return Saving.objects.create(
        stay=stay, where=where, goal=goal, opened_on=opened_on, recorded_by=by
    )


@operation("saving.deposited", needs=Action.RECORD_BENEFITS)
def record_deposit(
    saving: Saving, *, by: Staff, saved_on: date, amount: Decimal, seen: bool = False
) -> Deposit:
    """Record money put by, or taken out (an amount below nothing). `seen`: we saw the proof."""
    _not_in_future(saving.stay, saved_on, "saved_on")
    return Deposit.objects.create(
        saving=saving, saved_on=saved_on, amount=amount, seen=seen, recorded_by=by
    )


@operation("arrears.listed", needs=Action.RECORD_BENEFITS)
def list_arrears(
    stay: Stay, *, by: Staff, creditor: str, amount: Decimal | None = None, words: str = ""
) -> Arrears:
    """Record what is owed for a former home, and to whom; the amount may not be known yet."""
    return Arrears.objects.create(
        stay=stay, creditor=creditor, amount=amount, words=words, recorded_by=by
    )


@operation("arrears.addressed", needs=Action.RECORD_BENEFITS)
def record_arrears_step(
    arrears: Arrears,
    *,
    by: Staff,
    kind: str,
    happened_on: date,
    amount: Decimal | None = None,
    words: str = "",
) -> ArrearsStep:
    """Record contact with the creditor, an agreement, or a payment (which has an amount)."""
    _not_in_future(arrears.stay, happened_on, "happened_on")
    return ArrearsStep.objects.create(
        arrears=arrears,
        kind=kind,
        happened_on=happened_on,
        amount=amount,
        words=words,
        recorded_by=by,
    )


def _not_in_future(stay: Stay, day: date, field: str) -> None:
    if day > stay.scheme.today():
        raise Refused("This has not happened yet.", instead="Record it once it has.", field=field)
