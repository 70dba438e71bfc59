"""What stages ask about money."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alongside.duties.facts import provides
from alongside.duties.rows import days_from, provides_from
from alongside.money.models import (
    LIVE,
    Arrears,
    ArrearsStep,
    Benefit,
    BenefitStatus,
    Payment,
    PaymentPlan,
    Saving,
)
from alongside.stays.models import Stay

INCOME = "income_benefit"


def _statuses(stay: Stay, of: str) -> list[QuerySet[BenefitStatus]]:
    kinds = stay.scheme.pack.choices("income_benefits").keys() if of == INCOME else [of]
    found = BenefitStatus.objects.filter(
        benefit__stay=stay, benefit__kind__in=kinds, from_on__lte=stay.scheme.today()
    )
    return [found.order_by("from_on", "pk")]


@provides_from("benefits.live", reads=[Benefit, BenefitStatus], rows=_statuses)
def benefits_live(stay: Stay, of: str, statuses: Sequence[BenefitStatus]) -> Sequence[date]:
    """Since when each benefit of that kind that is live today has been so.

    "income_benefit" is any of the pack's income benefits.
    """
    latest = {status.benefit_id: status for status in statuses}
    return sorted(status.from_on for status in latest.values() if status.status == LIVE)


@provides("payment_plans.kept", reads=[PaymentPlan, Payment])
def payment_plans_kept(stay: Stay, of: str) -> Sequence[date]:
    """The first day of a payment plan that is kept: fewer missed than the pack's limit."""
    today, most = stay.scheme.today(), stay.scheme.pack.limit("missed_payments").number
    plans = PaymentPlan.objects.filter(stay=stay, starts_on__lte=today).prefetch_related("payments")
    return [
        plan.starts_on
        for plan in plans.order_by("starts_on")
        if plan.paid() >= plan.owed or (not plan.ended_on and plan.missed(today) < most)
    ]


@days_from("savings.schemes", reads=[Saving])
def savings_schemes(stay: Stay, of: str) -> QuerySet[Any, date]:
    """The days on which saving schemes that still run were set up."""
    opened = Saving.objects.filter(stay=stay, ended_on=None).order_by("opened_on")
    return opened.values_list("opened_on", flat=True)


@days_from("arrears.addressed", reads=[Arrears, ArrearsStep])
def arrears_addressed(stay: Stay, of: str) -> QuerySet[Any, date]:
    """The days on which something was done about arrears from a former home."""
    steps = ArrearsStep.objects.filter(arrears__stay=stay).order_by("happened_on")
    return steps.values_list("happened_on", flat=True)
