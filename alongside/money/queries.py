"""What the money page asks."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.kit.together import read
from alongside.money.models import (
    Arrears,
    Benefit,
    BenefitStatus,
    PaymentPlan,
    Saving,
    Spending,
)
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import seen_along, visible
from alongside.practice.actions import Action
from alongside.practice.parts import switched_off
from alongside.stays.models import Stay


def sees_money(reader: Staff, stay: Stay) -> bool:
    """Whether money is kept of this person here at all, and this reader may know of it."""
    return switched_off("money", stay.pack) is None and reader.may(Action.RECORD_BENEFITS, stay)


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
    """What is known of a person's money: one query, and one for each kind there is."""
    benefits = Benefit.objects.filter(stay=stay).prefetch_related("statuses").order_by("pk")
    plans = PaymentPlan.objects.filter(stay=stay).prefetch_related("payments").order_by("pk")
    savings = Saving.objects.filter(stay=stay).prefetch_related("deposits").order_by("pk")
    arrears = Arrears.objects.filter(stay=stay).prefetch_related("steps").order_by("pk")
    read(benefits, plans, savings, arrears)
    for row in (*benefits, *plans, *savings, *arrears):
        row.stay = stay
    return Money(
        benefits=[_now(benefit) for benefit in benefits],
        plans=[_plan(plan, stay) for plan in plans],
        savings=list(savings),
        arrears=list(arrears),
    )


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


def spendings_at(scheme: Scheme, staff: Staff, *, decided: bool) -> models.QuerySet[Spending]:
    """What waits for whoever holds the budget, or what was decided; the latest first."""
    found = visible(staff, Spending.objects.filter(scheme=scheme))
    found = found.exclude(answer="") if decided else found.filter(answer="")
    return found.select_related(*_SPENT).order_by("-recorded_at", "-pk")


def spending_for(staff: Staff, pk: UUID) -> Spending:
    """That one, if this person may see what is spent there; otherwise it does not exist."""
    found = visible(staff, Spending.objects.all())
    return get_object_or_404(found.select_related(*_SPENT), pk=pk)


def people_to_spend_on(scheme: Scheme, staff: Staff) -> list[Stay]:
    """Those who live here and whose file is not closed to this person, by name."""
    found = visible(staff, Stay.objects.filter(scheme=scheme, moved_out_on=None))
    return list(
        found.select_related("resident", "bed", "scheme__organisation").order_by(
            "resident__name_key", "pk"
        )
    )


_SPENT = ("scheme__organisation", "stay__resident", "recorded_by", "answered_by")
