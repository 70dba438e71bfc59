"""After the signing: withdrawing, copies, disagreement, and the paper to hand over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.plans import operations, queries
from alongside.plans.content import content_of_plan, content_of_week
from alongside.plans.forms.plans import (
    CopyForm,
    DisagreementForm,
    ReconsiderForm,
    WithdrawForm,
)
from alongside.plans.models import Plan, WeeklyForm
from alongside.plans.queries import pages
from alongside.plans.queries.signing import signers_of
from alongside.plans.views.asking import ask
from alongside.signatures.queries import signatures_on
from alongside.ui.pages import StaffRequest, go
from alongside.ui.pdf import make_pdf

LARGE = "large"


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Record that the person no longer agrees."""
    found = queries.plan_for(request.user, plan_id)
    form = WithdrawForm.from_request(request)
    if form.carry_out(operations.withdraw_agreement, found, by=request.user):
        return go(request, "plans:version", found.pk, says="The agreement is withdrawn.")
    intro = "The plan is then no longer in force, and somebody goes through it with them."
    return ask(
        request, found.stay, form, title="Take back the agreement", intro=intro,
        back=reverse("plans:version", args=[found.pk]), grave=True, button="Record it",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reconsider(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Record what came of going through it again."""
    found = queries.plan_for(request.user, plan_id)
    form = ReconsiderForm.from_request(request)
    if form.carry_out(operations.reconsider_plan, found, by=request.user):
        return go(request, "plans:version", found.pk, says="What came of it is recorded.")
    back = reverse("plans:version", args=[found.pk])
    return ask(request, found.stay, form, title="Gone through again", back=back)


@require_http_methods(["GET", "POST"])
def disagree(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Record that somebody disagrees with the plan, or with one goal."""
    found = queries.plan_for(request.user, plan_id)
    form = DisagreementForm.from_request(request, goals=list(found.goals.all()))
    if form.carry_out(operations.record_disagreement, found, by=request.user):
        return go(request, "plans:version", found.pk, says="The disagreement is recorded.")
    back = reverse("plans:version", args=[found.pk])
    return ask(request, found.stay, form, title="Record a disagreement", back=back)


@require_http_methods(["GET", "POST"])
def offer_copy(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Record the copy that was given, or offered and not wanted."""
    found = queries.plan_for(request.user, plan_id)
    form = CopyForm.from_request(request, pack=found.scheme.pack)
    if form.carry_out(operations.offer_copy, found, by=request.user):
        return go(request, "plans:version", found.pk, says="The copy is recorded.")
    back = reverse("plans:version", args=[found.pk])
    return ask(request, found.stay, form, title="A copy for them", back=back)


@require_safe
def print_plan(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """The copy for the person as a PDF; in large print when asked."""
    found = queries.plan_for(request.user, plan_id)
    opened(found.stay, DOCUMENT, found.pk)
    data = {
        "title": found.stay.pack.term("plan").singular.capitalize(),
        "scheme": found.scheme.name,
        "state": str(found.state.label),
        "large": request.GET.get("print") == LARGE,
        "content": content_of_plan(found),
        "signed": _signed(found),
    }
    return _document("plans/plan.typ", data, named=f"plan-{found.number}")


@require_safe
def print_week(request: StaffRequest, form_id: UUID) -> HttpResponse:
    """The weekly sheet as a PDF, with the line of encouragement that the practice sets."""
    found = pages.weekly_form_for(request.user, form_id)
    opened(found.stay, DOCUMENT, found.pk)
    paper = found.scheme.pack.form("weekly-action")
    data = {
        "title": paper.says,
        "scheme": found.scheme.name,
        "motto": paper.motto,
        "state": found.state,
        "large": request.GET.get("print") == LARGE,
        "starts": f"{found.starts_on:%A %-d %B %Y}",
        "content": content_of_week(found),
        "lines": int(found.scheme.pack.limit("weekly_actions_most")),
        "signed": _signed(found),
    }
    return _document("plans/week.typ", data, named=f"week-{found.starts_on.isoformat()}")


def _document(template: str, data: dict[str, Any], *, named: str) -> HttpResponse:
    return HttpResponse(
        make_pdf(template, data),
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="{named}.pdf"',
            "Cache-Control": "private, no-store",
        },
    )


def _signed(paper: Plan | WeeklyForm) -> list[dict[str, str]]:
    """Every yes and no, and who still has to sign, in the order of the paper."""
    zone, given = paper.scheme.zone, list(signatures_on(paper))
    says = {one.key: one.says for one in signers_of(paper)}
    signed = {one.party for one in given if not one.refused}
    return [
        *(
            {
                "as": says.get(signature.party, signature.party_says),
                "name": signature.name,
                "says": "did not sign" if signature.refused else "signed",
                "at": f"{signature.signed_at.astimezone(zone):%-d %B %Y, %H:%M}",
                "for": str(signature.in_absence_of or ""),
                "strokes": signature.strokes,
            }
            for signature in given
        ),
        *(
            {"as": one.says, "name": "", "says": "", "at": "", "for": "", "strokes": ""}
            for one in signers_of(paper)
            if one.required and one.key not in signed
        ),
    ]
