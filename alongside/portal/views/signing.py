"""Reading, and saying yes or no: a plan, a weekly form, an agreement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.agreements import operations as agreements
from alongside.agreements.queries import agreements_of
from alongside.plans import operations as plans
from alongside.plans.content import content_of_plan, content_of_week
from alongside.portal import queries
from alongside.portal.forms import OwnRefusalForm, OwnSignForm
from alongside.portal.views.guests import own, show
from alongside.portal.views.keeping import asked
from alongside.stays.models import Stay
from alongside.ui.forms import OperationForm

YES, NO = "yes", "no"


@own
@require_safe
def all_agreements(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Every text of the house, and how it stands with them."""
    return show(
        request, stay, "portal/agreements.html", "Agreements", here="agreements",
        texts=[one for one in agreements_of(stay) if one.explained],
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def agreement(request: HttpRequest, stay: Stay, key: str, answer: str = YES) -> HttpResponse:
    """Read one text, and sign it or not."""
    held = queries.own_agreement(stay, key)
    if held is None or held.explained is None:
        raise Http404
    acts: dict[str, Any] = {YES: agreements.sign_for_myself, NO: agreements.refuse_for_myself}
    told = held.explained
    told.stay = stay
    return _sign(
        request, stay, answer, acts, told, title=held.text.says, back="portal:agreements",
        no_url=reverse("portal:refuse-agreement", args=[key]), told=told,
        cannot=acts[YES].refusal(told, by=stay.resident) or (held.yes and "signed"),
        says_state=held.says, only_explained=not held.text.is_signed,
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def sign_plan(request: HttpRequest, stay: Stay, plan_id: UUID, answer: str = YES) -> HttpResponse:
    """Read a version of the plan that a worker has signed, and sign it or not."""
    found = queries.own_plan(stay, plan_id)
    if not found.is_sealed():
        raise Http404
    acts: dict[str, Any] = {YES: plans.agree_as_resident, NO: plans.refuse_plan}
    return _sign(
        request, stay, answer, acts, found, back="portal:plan", content=content_of_plan(found),
        title=f"Your {stay.pack.term('plan').singular}, version {found.number}",
        no_url=reverse("portal:refuse-plan", args=[plan_id]),
        cannot=acts[YES].refusal(found, by=stay.resident),
    )  # fmt: skip


@own
@require_http_methods(["GET", "POST"])
def sign_week(request: HttpRequest, stay: Stay, form_id: UUID, answer: str = YES) -> HttpResponse:
    """Read the weekly form, and sign it or not."""
    found = queries.own_week(stay, form_id)
    acts: dict[str, Any] = {YES: plans.agree_week_as_resident, NO: plans.refuse_week}
    return _sign(
        request, stay, answer, acts, found, back="portal:week", content=content_of_week(found),
        title=f"Your {stay.pack.term('weekly_form').singular}, {found}",
        no_url=reverse("portal:refuse-week", args=[form_id]),
        cannot=acts[YES].refusal(found, by=stay.resident),
    )  # fmt: skip


def _sign(
    request: HttpRequest,
    stay: Stay,
    answer: str,
    acts: dict[str, Any],
    paper: Any,
    *,
    back: str,
    **shown: Any,
) -> HttpResponse:
    form: OperationForm
    if answer == NO:
        form = OwnRefusalForm.from_request(request, pack=stay.pack, today=stay.scheme.today())
        form.draft_key = f"own-no-{paper.pk}"
    else:
        form = OwnSignForm.from_request(request, says=stay.resident.name)
    return asked(
        request, stay, form, acts[answer], subject=paper, template="portal/sign.html",
        then=(back,), back=back, refusing=answer == NO,
        button="I do not sign this" if answer == NO else "Sign it",
        says="Your answer is kept. Somebody talks with you about it."
        if answer == NO
        else "Thank you. It is signed.",
        **shown,
    )  # fmt: skip
