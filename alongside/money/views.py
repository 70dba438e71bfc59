"""The money page, and what is added to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.money import forms, models, operations, queries
from alongside.practice.actions import Action
from alongside.stays.forms import StayForm
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page


@dataclass(frozen=True, slots=True)
class Question:
    """One form of this room: its words, its operation, and what it hangs on (None: the stay)."""

    title: str
    form: type[StayForm]
    act: Callable[..., object]
    of: Any = None


QUESTIONS = {
    "benefit": Question("Add a benefit", forms.BenefitForm, operations.list_benefit),
    "status": Question(
        "Where does it stand now?", forms.StatusForm, operations.record_status, models.Benefit
    ),
    "payment-plan": Question(
        "Set up a payment plan", forms.PaymentPlanForm, operations.begin_payment_plan
    ),
    "payment": Question(
        "Record a payment", forms.PaymentForm, operations.record_payment, models.PaymentPlan
    ),
    "end-payment-plan": Question(
        "End the payment plan", forms.EndPlanForm, operations.end_payment_plan, models.PaymentPlan
    ),
    "saving": Question("Set up a saving scheme", forms.SavingForm, operations.begin_saving),
    "deposit": Question(
        "Record what was saved", forms.DepositForm, operations.record_deposit, models.Saving
    ),
    "arrears": Question(
        "Add arrears from a former home", forms.ArrearsForm, operations.list_arrears
    ),
    "arrears-step": Question(
        "Record what was done", forms.ArrearsStepForm, operations.record_arrears_step,
        models.Arrears,
    ),
}  # fmt: skip


@require_safe
def money(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """A person's benefits, payment plan, savings and arrears."""
    stay = stay_for(request.user, stay_id, needs=Action.RECORD_BENEFITS)
    shown = {**person_page(stay, section="money"), "page_title": "Money"}
    return page(request, "money/money.html", {**shown, "money": queries.money_of(stay)})


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, stay_id: UUID, what: str) -> HttpResponse:
    """Add something of its own to a person's money page."""
    stay = stay_for(request.user, stay_id, needs=Action.RECORD_BENEFITS)
    return _ask(request, stay, stay, _question(what, hangs=False))


@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, what: str, pk: UUID) -> HttpResponse:
    """Add something to a benefit, a plan, a saving scheme or arrears."""
    question = _question(what, hangs=True)
    subject = queries.money_record(request.user, question.of, pk)
    return _ask(request, subject.stay, subject, question)


def _question(what: str, *, hangs: bool) -> Question:
    found = QUESTIONS.get(what)
    if found is None or bool(found.of) is not hangs:
        raise Http404
    return found


def _ask(request: StaffRequest, stay: Stay, subject: Any, question: Question) -> HttpResponse:
    form = question.form.from_request(request, stay=stay)
    shown = {
        **person_page(stay, section="money"),
        "page_title": question.title,
        "back_url": reverse("money:money", args=[stay.pk]),
    }
    then = ("money:money", stay.pk)
    return ask(
        request, form, question.act, subject,
        then=then, says="Recorded.", template="stays/ask.html", shown=shown,
    )  # fmt: skip
