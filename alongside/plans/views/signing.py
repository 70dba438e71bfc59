"""Signing a plan or a weekly form: the person, the worker, and whoever else has to; or a no."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.absence.queries import whom_to_ask
from alongside.kit.refusal import Refused
from alongside.plans import operations, queries
from alongside.plans.content import content_of_plan, content_of_week
from alongside.plans.forms.signing import OutsideNoForm, OutsideSignForm
from alongside.plans.models import Plan, WeeklyForm
from alongside.plans.queries import pages
from alongside.plans.views.asking import ask
from alongside.practice.signers import Signer
from alongside.signatures.forms import RefuseToSignForm, SignForColleagueForm, SignForm
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, go

ACTS_ON_PLAN: dict[str, Any] = {
    "resident": operations.agree_as_resident,
    "worker": operations.agree_as_worker,
    "substitute": operations.agree_as_substitute,
    "refuse": operations.refuse_plan,
}
ACTS_ON_WEEK: dict[str, Any] = {
    "resident": operations.agree_week_as_resident,
    "worker": operations.agree_week_as_worker,
    "substitute": operations.agree_week_as_substitute,
    "refuse": operations.refuse_week,
}
NO = "no"


@dataclass(frozen=True, slots=True)
class Asked:
    """What the page of one signature is: its form, its operation and its words."""

    form: OperationForm
    act: Any
    title: str
    handed: str = ""
    pin_url: str = ""
    refusing: bool = False
    known: dict[str, str] | None = None


@require_http_methods(["GET", "POST"])
def sign_plan(request: StaffRequest, plan_id: UUID, party: str) -> HttpResponse:
    """Sign a version as one of those who sign it; or say no."""
    found = queries.plan_for(request.user, plan_id)
    back = reverse("plans:version", args=[found.pk])
    further = (operations.agree_as_further, operations.refuse_as_further)
    asked = _asked(request, found, party, ACTS_ON_PLAN, further)
    if asked.form.carry_out(asked.act, found, by=request.user, **(asked.known or {})):
        return go(request, "plans:version", found.pk, says=_thanks(asked))
    return _ask_to_sign(request, found, asked, back=back, content=content_of_plan(found))


@require_http_methods(["GET", "POST"])
def sign_week(request: StaffRequest, form_id: UUID, party: str) -> HttpResponse:
    """Sign a weekly form as one of those who sign it; or say no."""
    found = pages.weekly_form_for(request.user, form_id)
    further = (operations.agree_week_as_further, operations.refuse_week_as_further)
    asked = _asked(request, found, party, ACTS_ON_WEEK, further)
    week = found.starts_on.isoformat()
    if asked.form.carry_out(asked.act, found, by=request.user, **(asked.known or {})):
        return go(request, "plans:week", found.stay_id, week, says=_thanks(asked))
    back = reverse("plans:week", args=[found.stay_id, week])
    return _ask_to_sign(request, found, asked, back=back, content=content_of_week(found))


def _asked(
    request: StaffRequest,
    paper: Plan | WeeklyForm,
    party: str,
    acts: dict[str, Any],
    further: tuple[Any, Any],
) -> Asked:
    if party not in acts:
        return _asked_of_further(request, paper, party, further)
    form = _form_of(request, paper, party)
    resident = paper.stay.resident
    titles = {
        "resident": f"{resident.name} signs",
        "worker": "You sign as the worker",
        "substitute": f"You sign for {operations.stands_for(paper.stay, request.user)}",
        "refuse": f"{resident.name} does not sign",
    }
    return Asked(
        form,
        acts[party],
        titles[party],
        handed=resident.first_name if party == "resident" else "",
        pin_url=_pin_of(party, paper),
        refusing=party == "refuse",
    )


def _form_of(request: StaffRequest, paper: Plan | WeeklyForm, party: str) -> OperationForm:
    pack = paper.scheme.pack
    if party == "resident":
        return SignForm.from_request(request, says=paper.stay.resident.name)
    if party == "worker":
        return SignForm.from_request(request, says=request.user.name)
    if party == "substitute":
        return SignForColleagueForm.from_request(
            request, pack=pack, says=request.user.name, initial=_why_away(paper)
        )
    return RefuseToSignForm.from_request(request, pack=pack, today=paper.scheme.today())


def _asked_of_further(
    request: StaffRequest, paper: Plan | WeeklyForm, party: str, acts: tuple[Any, Any]
) -> Asked:
    try:
        signer = operations.further_signer(paper, party)
    except Refused:
        raise Http404 from None
    pack, says = paper.scheme.pack, signer.says
    known = {"party": signer.key}
    if request.GET.get("answer") == NO:
        given = {"pack": pack, "today": paper.scheme.today()}
        no: OperationForm = (
            RefuseToSignForm.from_request(request, **given)
            if signer.roles
            else OutsideNoForm.from_request(request, party=says, **given)
        )
        return Asked(no, acts[1], f"{says} does not sign", refusing=True, known=known)
    if not signer.roles:
        form = OutsideSignForm.from_request(request, party=says)
        return Asked(form, acts[0], f"{says} signs", handed="them", known=known)
    return _asked_of_colleague(request, paper, signer, acts[0])


def _asked_of_colleague(
    request: StaffRequest, paper: Plan | WeeklyForm, signer: Signer, act: Any
) -> Asked:
    absent = operations.in_whose_place(paper, signer, request.user)
    pin, known = reverse("signatures:my-pin"), {"party": signer.key}
    if absent is None:
        form: OperationForm = SignForm.from_request(request, says=request.user.name)
        return Asked(form, act, f"You sign: {_low(signer.says)}", pin_url=pin, known=known)
    form = SignForColleagueForm.from_request(
        request, pack=paper.scheme.pack, says=request.user.name
    )
    return Asked(form, act, f"You sign for {absent}", pin_url=pin, known=known)


def _why_away(paper: Plan | WeeklyForm) -> dict[str, str]:
    """The reason that the record of absence gives for the key worker not signing."""
    whom = whom_to_ask(paper.stay)
    known = paper.scheme.pack.reasons("substitute_signature")
    return {"reason": whom.absence.kind} if whom and whom.absence.kind in known else {}


def _ask_to_sign(
    request: StaffRequest,
    paper: Plan | WeeklyForm,
    asked: Asked,
    *,
    back: str,
    content: dict[str, Any],
) -> HttpResponse:
    return ask(
        request,
        paper.stay,
        asked.form,
        title=asked.title,
        back=back,
        button="Record the refusal" if asked.refusing else "Sign",
        template="plans/sign.html",
        content=content,
        cancel=back,
        handed=asked.handed,
        pin_url=asked.pin_url,
        refusing=asked.refusing,
    )


def _pin_of(party: str, paper: Plan | WeeklyForm) -> str:
    """Where whoever signs chooses their PIN; a no needs none."""
    if party == "refuse":
        return ""
    if party == "resident":
        return reverse("signatures:resident-pin", args=[paper.stay_id])
    return reverse("signatures:my-pin")


def _thanks(asked: Asked) -> str:
    return "The refusal is recorded." if asked.refusing else "Signed."


def _low(says: str) -> str:
    """Words of a list inside a sentence."""
    return says[:1].lower() + says[1:]
