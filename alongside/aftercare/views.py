"""The time after a move: its page, the tenancy, what is added to them, and the scheme's list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.aftercare import forms, models, operations, queries
from alongside.aftercare.signing import signers_of
from alongside.organisation.queries import scheme_for
from alongside.plans.forms.signing import OutsideNoForm, OutsideSignForm
from alongside.plans.operations.further import in_whose_place
from alongside.practice.actions import Action
from alongside.practice.parts import switched_off
from alongside.practice.signers import RESIDENT, WORKER, Signer
from alongside.signatures.forms import RefuseToSignForm, SignForColleagueForm, SignForm
from alongside.stays.forms import StayForm
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import choices, paged

NO = "no"
SORTS = {"until": "until_on", "name": "stay__resident__name_key", "moved": "secured_on"}


@dataclass(frozen=True, slots=True)
class Question:
    """One form: its words, its operation, the record it is about, and how that is found."""

    title: str
    form: type[StayForm]
    act: Callable[..., object]
    of: Any
    find: Callable[..., Any] = queries.of_an_episode
    needs: Action = Action.PROVIDE_AFTERCARE
    button: str = "Save"
    grave: bool = False


def _episode(title: str, form: type[StayForm], act: Callable[..., object], **more: Any) -> Question:
    return Question(title, form, act, models.Episode, queries.of_a_stay, **more)


def _concern(title: str, form: type[StayForm], act: Callable[..., object]) -> Question:
    return Question(title, form, act, models.TenancyConcern, queries.of_a_stay, Action.KEEP_TENANCY)


QUESTIONS = {
    "offer": _episode("The offer of support", forms.OfferForm, operations.answer_offer),
    "dates": _episode("The days of the move", forms.DatesForm, operations.change_dates),
    "cancel": _episode(
        "The move did not happen", forms.CancelForm, operations.cancel_aftercare, grave=True
    ),
    "plan": _episode("The plan after the move", forms.PlanForm, operations.write_aftercare_plan),
    "contact": _episode("Plan a contact", forms.ContactForm, operations.plan_contact),
    "welfare": _episode("See that they are safe", forms.WelfareForm, operations.check_welfare),
    "decision": _episode("What comes after", forms.DecisionForm, operations.decide_aftercare),
    "close": _episode("End the support", forms.CloseForm, operations.close_aftercare, grave=True),
    "failed": _episode(
        "They lost the home", forms.FailedForm, operations.tenancy_failed,
        button="End the support and refer them back", grave=True,
    ),
    "result": Question(
        "What came of it", forms.ContactResultForm, operations.record_contact, models.Contact
    ),
    "approve": Question(
        "Approve the longer support", forms.ApproveForm, operations.approve_extension,
        models.Decision, needs=Action.APPROVE_AFTERCARE, button="Approve",
    ),
    "accepted": Question(
        "The agency has accepted", forms.AcceptedForm, operations.accept_referral, models.Decision
    ),
    "refused": Question(
        "It was refused", forms.RefusedForm, operations.refuse_decision, models.Decision
    ),
    "tenancy-step": _concern("What was done", forms.StepForm, operations.add_tenancy_step),
    "resolved": _concern("It is resolved", forms.ResolvedForm, operations.resolve_concern),
}  # fmt: skip


@require_safe
def aftercare(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The two clocks, the plan, contacts, and what is to be decided."""
    stay = stay_for(request.user, stay_id, needs=Action.PROVIDE_AFTERCARE)
    episodes = queries.episodes_of(stay)
    latest = next((one for one in episodes if one.cancelled_on is None), None)
    shown = {
        **person_page(stay, section="aftercare"),
        "page_title": "After the move",
        "episode": latest,
        "cancelled": [one for one in episodes if one.cancelled_on],
        "earlier": [one for one in episodes if one.closed_on and one is not latest],
        "clocks": queries.clocks_of(stay, latest),
        "after": queries.aftercare_of(latest, reader=request.user) if latest else None,
        "today": stay.scheme.today(),
        "cannot": operations.open_aftercare.refusal(stay, by=request.user),
        "may_approve": request.user.may(Action.APPROVE_AFTERCARE, stay),
        "reader": request.user,
    }
    return page(request, "aftercare/aftercare.html", shown)


@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Begin the support after a move for which no day was set here."""
    stay = stay_for(request.user, stay_id, needs=Action.PROVIDE_AFTERCARE)
    form = forms.OpenForm.from_request(request, stay=stay)
    shown = {
        **person_page(stay, section="aftercare"),
        "page_title": "Support after the move",
        "back_url": reverse("aftercare:aftercare", args=[stay.pk]),
    }
    return ask(
        request, form, operations.open_aftercare, stay,
        then=("aftercare:aftercare", stay.pk), says="Support after the move is open.",
        template="stays/ask.html", shown=shown,
    )  # fmt: skip


@require_safe
def tenancy(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What concerns the tenancy: benefits, budgeting, neighbours, rent, repairs."""
    stay = stay_for(request.user, stay_id, needs=Action.KEEP_TENANCY)
    shown = {
        **person_page(stay, section="tenancy"),
        "page_title": "Tenancy",
        "concerns": queries.concerns_of(stay),
        "apart": stay.scheme.pack.has("tenancy_apart"),
    }
    return page(request, "aftercare/tenancy.html", shown)


@require_http_methods(["GET", "POST"])
def new_concern(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Record something about the tenancy to see to."""
    stay = stay_for(request.user, stay_id, needs=Action.KEEP_TENANCY)
    form = forms.ConcernForm.from_request(request, stay=stay)
    shown = {
        **person_page(stay, section="tenancy"),
        "page_title": "Add a concern",
        "back_url": reverse("aftercare:tenancy", args=[stay.pk]),
    }
    return ask(
        request, form, operations.raise_concern, stay,
        then=("aftercare:tenancy", stay.pk), says="Recorded.",
        template="stays/ask.html", shown=shown,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, what: str, pk: UUID) -> HttpResponse:
    """Say what became of something after the move."""
    question = QUESTIONS.get(what)
    if question is None:
        raise Http404
    subject = question.find(request.user, question.of, pk)
    stay = _in_use(stay_for(request.user, subject.stay.pk, needs=question.needs))
    section = "tenancy" if question.of is models.TenancyConcern else "aftercare"
    form = question.form.from_request(request, stay=stay)
    shown = {
        **person_page(stay, section=section),
        "page_title": question.title,
        "back_url": reverse(f"aftercare:{section}", args=[stay.pk]),
        "button": question.button,
        "grave": question.grave,
    }
    return ask(
        request, form, question.act, subject,
        then=(f"aftercare:{section}", stay.pk), says="Recorded.",
        template="stays/ask.html", shown=shown,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def sign(request: StaffRequest, plan_id: UUID, party: str) -> HttpResponse:
    """One of those who sign the plan does: the tenant, we, or whoever else the practice names.

    Whoever else it names can say no instead (`?answer=no`).
    """
    plan = queries.of_an_episode(request.user, models.AftercarePlan, plan_id)
    stay = _in_use(stay_for(request.user, plan.stay.pk, needs=Action.PROVIDE_AFTERCARE))
    signer = next((one for one in signers_of(plan) if one.key == party), None)
    if signer is None:
        raise Http404
    asked = _asked(request, plan, signer)
    known = {"party": party} if signer.is_further else {}
    if asked.form.carry_out(asked.act, plan, by=request.user, **known):
        if party == RESIDENT and plan.worker_signed_at is None and _has(plan, WORKER):
            return go(request, "aftercare:sign", plan.pk, WORKER)
        says = "The refusal is recorded." if asked.refusing else "Signed."
        return go(request, "aftercare:aftercare", stay.pk, says=says)
    shown = {
        **person_page(stay, section="aftercare"),
        "page_title": "Sign the plan",
        "plan": plan,
        "form": asked.form,
        "who": asked.title,
        "handed": asked.handed,
        "refusing": asked.refusing,
        "cannot": asked.act.refusal(plan, by=request.user),
    }
    return page(request, "aftercare/sign.html", shown)


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of one signature asks: its form, its operation, and whom it is handed to."""

    form: OperationForm
    act: Any
    title: str
    handed: str = ""
    refusing: bool = False


def _has(plan: models.AftercarePlan, party: str) -> bool:
    return any(one.key == party for one in signers_of(plan))


def _asked(request: StaffRequest, plan: models.AftercarePlan, signer: Signer) -> Asked:
    resident, me = plan.stay.resident, request.user.name
    if signer.key == RESIDENT:
        form = SignForm.from_request(request, says=resident.name)
        title = f"{resident.name} signs"
        return Asked(form, operations.sign_as_resident, title, resident.first_name)
    if signer.key == WORKER:
        form = SignForm.from_request(request, says=me)
        return Asked(form, operations.sign_as_worker, "You sign as the worker")
    if request.GET.get("answer") == NO:
        return _asked_for_a_no(request, plan, signer)
    act = operations.sign_as_further
    if not signer.roles:
        outside = OutsideSignForm.from_request(request, party=signer.says)
        return Asked(outside, act, f"{signer.says} signs", "them")
    absent = in_whose_place(plan, signer, request.user)
    if absent is None:
        form = SignForm.from_request(request, says=me)
        return Asked(form, act, f"You sign: {signer.says}")
    instead = SignForColleagueForm.from_request(request, pack=plan.scheme.pack, says=me)
    return Asked(instead, act, f"You sign for {absent}")


def _asked_for_a_no(request: StaffRequest, plan: models.AftercarePlan, signer: Signer) -> Asked:
    given = {"pack": plan.scheme.pack, "today": plan.scheme.today()}
    form: OperationForm = (
        RefuseToSignForm.from_request(request, **given)
        if signer.roles
        else OutsideNoForm.from_request(request, party=signer.says, **given)
    )
    title = f"{signer.says} does not sign"
    return Asked(form, operations.refuse_as_further, title, refusing=True)


def _in_use(stay: Stay) -> Stay:
    """The stay, where this part is in use; an address that names only a record is closed here."""
    if switched_off("aftercare", stay.scheme.pack):
        raise Http404
    return stay


@require_safe
def aftercare_here(request: StaffRequest, scheme: str) -> HttpResponse:
    """Everybody supported after moving on, and how the support of the last year went."""
    here = scheme_for(request.user, scheme, needs=Action.PROVIDE_AFTERCARE)
    found = queries.aftercare_at(here, show=request.GET.get("show", ""))
    shown = {
        "scheme": here,
        "words": here.pack.terms,
        "episodes": paged(request, found, sorts=SORTS, size=50),
        "figures": queries.figures_at(here),
        "filters": choices(request, "show", queries.SHOW, everything="Running"),
        "today": here.today(),
        "is_on": here.pack.has("aftercare"),
    }
    return page(request, "aftercare/aftercare_here.html", shown)
