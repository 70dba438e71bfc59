"""What is recorded about a resident's money, which is theirs; and what the service is to spend."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from alongside.audit.operation import operation
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.money.models import (
    Answer,
    Arrears,
    ArrearsStep,
    Benefit,
    BenefitStatus,
    Deposit,
    Payment,
    PaymentPlan,
    Saving,
    Spending,
)
from alongside.organisation.models import Scheme, Staff
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


def already_decided(spending: Spending) -> Refused | None:
    """What is to be spent is decided once."""
    if not spending.answer:
        return None
    return Refused("This was decided already.", instead="Ask anew if something has changed.")


@operation("spending.recorded", needs=Action.RECORD_SPENDING)
def record_spending(
    scheme: Scheme, *, by: Staff, what: str, amount: Decimal, stay: Stay | None = None
) -> Spending:
    """Write down that money of the service is to be spent. It waits for whoever holds the budget.

    Refused without words, without an amount, and for somebody who does not live here.

    Source: Supported Living Co-ordinator job description (source 004), 3: no budget.
    """
    if not what.strip():
        raise Refused("Spending needs its purpose.", instead="Say what it is for.", field="what")
    if stay and stay.scheme_id != scheme.pk:
        raise Refused("They do not live here.", instead="Choose somebody else.", field="stay")
    return Spending.objects.create(
        scheme=scheme, stay=stay, what=what.strip(), amount=amount, recorded_by=by
    )


@operation("spending.decided", needs=Action.APPROVE_SPENDING, unless=already_decided)
def decide_spending(
    spending: Spending, *, by: Staff, answer: str, answer_words: str = ""
) -> Spending:
    """Approve what is to be spent, or decline it with the reason.

    Refused to a role without a budget, to whoever asked for it, and without a reason to decline.

    Source: Supported Living Co-ordinator job description (source 004), 3: no budget.
    """
    if spending.recorded_by_id == by.pk:
        raise Refused(
            "Nobody approves what they asked for themselves.",
            instead="Leave it to somebody else who holds the budget.",
        )
    if answer not in Answer:
        raise Refused("That is not on the list.", instead="Choose one.", field="answer")
    if answer == Answer.DECLINED and not answer_words.strip():
        raise Refused("Declining needs its reason.", instead="Say why.", field="answer_words")
    spending.answer, spending.answered_by, spending.answered_at = answer, by, clock.now()
    spending.answer_words = answer_words.strip()
    spending.save(update_fields=["answer", "answered_by", "answered_at", "answer_words"])
    return spending


def _not_in_future(stay: Stay, day: date, field: str) -> None:
    if day > stay.scheme.today():
        raise Refused("This has not happened yet.", instead="Record it once it has.", field=field)
