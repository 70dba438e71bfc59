"""The money page, and what is added to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.kit.refusal import NotPermitted
from alongside.money import forms, models, operations, queries
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.stays.forms import StayForm
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page, refused
from alongside.ui.paging import choices, paged


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


def _no_budget(scheme: Scheme) -> NotPermitted:
    return NotPermitted(
        "Your role here holds no budget.",
        instead=f"It waits for {scheme.one('manager')}, who approves it or declines it.",
    )


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


@require_safe
def spending(request: StaffRequest, scheme: str) -> HttpResponse:
    """What is to be spent here, and what was decided."""
    here = scheme_for(request.user, scheme, needs=Action.RECORD_SPENDING)
    decided = request.GET.get("show") == "decided"
    shown = {
        "page_title": "Spending",
        "here": here,
        "show": choices(request, "show", {"decided": "Decided"}, everything="Waiting"),
        "spendings": paged(
            request, queries.spendings_at(here, request.user, decided=decided), size=20
        ),
        "approves": request.user.may(Action.APPROVE_SPENDING, here),
        "waits": f"Waits for {here.one('manager')}",
    }
    return page(request, "money/spending.html", shown)


@require_http_methods(["GET", "POST"])
def spend(request: StaffRequest, scheme: str) -> HttpResponse:
    """Write down what is to be spent."""
    here = scheme_for(request.user, scheme, needs=Action.RECORD_SPENDING)
    stays = queries.people_to_spend_on(here, request.user)
    form = forms.SpendingForm.from_request(request, stays=stays)
    up = reverse("money:spending", args=[here.slug])
    return ask(
        request, form, operations.record_spending, here, then=("money:spending", here.slug),
        says="It waits for whoever holds the budget.", template="money/ask.html",
        shown={"page_title": "Something is to be spent", "back_url": up},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def decide_spending(request: StaffRequest, spending_id: UUID) -> HttpResponse:
    """Approve what is to be spent, or decline it."""
    found = queries.spending_for(request.user, spending_id)
    up = reverse("money:spending", args=[found.scheme.slug])
    about = {"page_title": f"{found.amount} {found.currency}", "back_url": up, "about": found}
    if not request.user.may(Action.APPROVE_SPENDING, found):
        if request.method == "POST":
            return refused(request, _no_budget(found.scheme), status=403)
        return page(request, "money/ask.html", {**about, "refusal": _no_budget(found.scheme)})
    form = forms.DecideForm.from_request(request)
    return ask(
        request, form, operations.decide_spending, found,
        then=("money:spending", found.scheme.slug), says="Decided.", template="money/ask.html",
        shown=about,
    )  # fmt: skip


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
