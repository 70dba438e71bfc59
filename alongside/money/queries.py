"""What the money page asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.money.models import Arrears, Benefit, BenefitStatus, PaymentPlan, Saving
from alongside.organisation.models import Staff
from alongside.organisation.policy import seen_along
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class BenefitNow:
    """A benefit, where it stands today, and how it came there."""

    benefit: Benefit
    now: BenefitStatus | None
    says: str
    history: list[BenefitStatus]


@dataclass(frozen=True, slots=True)
class PlanNow:
    """A payment plan with its sums as of today."""

    plan: PaymentPlan
    paid: object
    missed: int
    alert: bool


@dataclass(frozen=True, slots=True)
class Money:
    """Everything the money page shows."""

    benefits: list[BenefitNow]
    plans: list[PlanNow]
    savings: list[Saving]
    arrears: list[Arrears]


def money_of(stay: Stay) -> Money:
    """What is known of a person's money; eight queries whatever there is."""
    return Money(
        benefits=[_now(benefit) for benefit in _rows(Benefit, stay, "statuses")],
        plans=[_plan(plan, stay) for plan in _rows(PaymentPlan, stay, "payments")],
        savings=_rows(Saving, stay, "deposits"),
        arrears=_rows(Arrears, stay, "steps"),
    )


def _rows[M: models.Model](model: type[M], stay: Stay, related: str) -> list[M]:
    rows = model._default_manager.filter(stay=stay).prefetch_related(related).order_by("pk")
    found = list(rows)
    for row in found:
        row.stay = stay  # type: ignore[attr-defined]
    return found


def _now(benefit: Benefit) -> BenefitNow:
    today = benefit.scheme.today()
    history = sorted(benefit.statuses.all(), key=lambda s: (s.from_on, s.pk), reverse=True)
    now = next((status for status in history if status.from_on <= today), None)
    says = benefit.scheme.pack.choices("benefit_statuses")[now.status].says if now else "Not yet"
    return BenefitNow(benefit, now, says, history)


def _plan(plan: PaymentPlan, stay: Stay) -> PlanNow:
    missed = 0 if plan.ended_on else plan.missed(stay.scheme.today())
    most = stay.scheme.pack.limit("missed_payments").number
    return PlanNow(plan, plan.paid(), missed, missed >= most)


def money_record[M: models.Model](staff: Staff, model: type[M], pk: UUID) -> M:
    """That record, if it is of somebody at a scheme where this person works."""
    rows = model._default_manager.filter(seen_along(staff, "stay"))
    found = rows.select_related("stay__resident", "stay__scheme__organisation", "stay__bed")
    return get_object_or_404(found, pk=pk)
