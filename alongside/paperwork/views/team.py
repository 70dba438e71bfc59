"""Forms about the service and about colleagues, what a role asks for, and what a file holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import answers_to, scheme_for, staff_at
from alongside.paperwork import operations, queries
from alongside.paperwork.forms import questions_of_the_team
from alongside.practice.actions import Action
from alongside.practice.sheets import About
from alongside.sheets.forms import WHICH
from alongside.sheets.reading import parts_of
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import go, page

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.organisation.models import Scheme, Staff
    from alongside.practice.sheets import Sheet as Asked
    from alongside.ui.pages import StaffRequest


@require_safe
def team(request: StaffRequest, scheme: str) -> HttpResponse:
    """Supervision, audits, the policy: each form with when it was last done; and the gates."""
    here = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    gates = [
        (gate, [here.pack.role(role).says for role in gate.roles if role in here.pack.roles])
        for gate in here.pack.training_gates
    ]
    shown = {
        "scheme": here,
        "service": queries.about_the_service(here),
        "colleagues": queries.about_the_team(here, reader=request.user),
        "trained": queries.trained(here, reader=request.user),
        "gates": gates,
        "may_write": request.user.may(Action.MANAGE_STAFF, here),
    }
    return page(request, "paperwork/team.html", shown)


@require_http_methods(["GET", "POST"])
def of_the_service(request: StaffRequest, scheme: str, key: str) -> HttpResponse:
    """Fill in a form about the service."""
    here = scheme_for(request.user, scheme, needs=Action.MANAGE_STAFF)
    return _fill_in(request, here, _asked(here, key, About.SCHEME), None)


@require_http_methods(["GET", "POST"])
def of_one(request: StaffRequest, scheme: str, key: str, staff_id: UUID) -> HttpResponse:
    """Fill in a form about a colleague one leads, or about oneself."""
    here = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    worker = get_object_or_404(staff_at(here), pk=staff_id)
    leads = request.user.may(Action.MANAGE_STAFF, here) or answers_to(worker, request.user, here)
    if worker.pk != request.user.pk and not leads:
        raise PermissionDenied
    return _fill_in(request, here, _asked(here, key, About.STAFF), worker)


@require_safe
def team_form(request: StaffRequest, sheet_id: UUID) -> HttpResponse:
    """One such form, as it was answered."""
    sheet = queries.team_form_for(request.user, sheet_id)
    shown = {
        "scheme": sheet.scheme,
        "sheet": sheet,
        "asked": sheet.asked,
        "parts": parts_of(sheet, reader=request.user),
        "about": str(sheet.worker or sheet.scheme),
    }
    return page(request, "paperwork/team_form.html", shown)


@require_safe
def checklist(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What the practice says a file holds: each document, when it is needed, who has a copy."""
    stay = stay_for(request.user, stay_id)
    shown = {
        **person_page(stay, section="forms"),
        "page_title": "What the file holds",
        "entries": stay.scheme.pack.file_checklist,
    }
    return page(request, "paperwork/checklist.html", shown)


def _fill_in(
    request: StaffRequest, here: Scheme, asked: Asked, worker: Staff | None
) -> HttpResponse:
    questions = questions_of_the_team(asked, here, worker, reader=request.user)
    named = {WHICH: request.GET["answers"]} if "answers" in request.GET else {}
    form = questions.from_request(request, whole=True, initial=named)
    leads = request.user.may(Action.MANAGE_STAFF, here)
    oneself = worker is not None and worker.pk == request.user.pk and not leads
    more: dict[str, Any] = {"key": asked.key, **({} if oneself else {"worker": worker})}
    act: Any = operations.fill_in_about_who_answers_to_me
    if leads or oneself:
        act = operations.fill_in_about_the_team if leads else operations.fill_in_about_myself
    if made := form.carry_out(act, here, by=request.user, **more):
        return go(request, "paperwork:team-form", made.pk, says="Finished.")
    shown = {"scheme": here, "asked": asked, "form": form, "about": str(worker or here)}
    return page(request, "paperwork/team_fill_in.html", shown)


def _asked(here: Scheme, key: str, about: About) -> Asked:
    asked = here.pack.sheets.get(key)
    if asked is None or asked.about is not about:
        raise Http404
    return asked
