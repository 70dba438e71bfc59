"""When people came and left, and what that comes to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.rota import forms, operations, queries
from alongside.rota.delivered import delivered
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, page, refused
from alongside.ui.paging import paged_list

FORM = "rota/form.html"
ACTS: dict[str, Any] = {"came": operations.clock_in, "left": operations.clock_out}


@require_safe
def report(request: StaffRequest, scheme: str) -> HttpResponse:
    """Hours needed, planned and worked. Whoever keeps the rota sees everybody's, others theirs."""
    here = scheme_for(request.user, scheme)
    keeps = request.user.may(Action.KEEP_ROTA, here)
    form = _period(request, here)
    found = None
    if form.is_valid():
        found = queries.hours_report(
            here, form.cleaned_data["first"], form.cleaned_data["last"],
            only=None if keeps else request.user,
        )  # fmt: skip
    shown = {
        "here": here, "form": form, "report": found, "keeps": keeps,
        "within": int(here.pack.limit("punctual_within")),
    }  # fmt: skip
    return page(request, "rota/hours.html", shown)


def _period(request: StaffRequest, here: Scheme) -> forms.PeriodForm:
    """The time that was asked for; the usual one when it was not."""
    back = timedelta(days=int(here.pack.limit("hours_report_looks_back")))
    usual = {"first": (here.today() - back).isoformat(), "last": here.today().isoformat()}
    asked = {key: value for key, value in request.GET.items() if key in usual}
    return forms.PeriodForm({**usual, **asked})


@require_safe
def contracted(request: StaffRequest, scheme: str) -> HttpResponse:
    """Hours of support contracted and delivered, person by person."""
    here = scheme_for(request.user, scheme, needs=Action.KEEP_ROTA)
    form = _period(request, here)
    rows = None
    if form.is_valid():
        rows = delivered(here, form.cleaned_data["first"], form.cleaned_data["last"])
    shown = {
        "here": here, "form": form, "words": here.pack.terms,
        "rows": paged_list(request, rows) if rows is not None else None,
    }  # fmt: skip
    return page(request, "rota/contracted.html", shown)


@require_http_methods(["GET", "POST"])
def contract(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """How many hours of support somebody is to have each week, from a day on."""
    stay = stay_for(request.user, stay_id, needs=Action.KEEP_ROTA)
    form = forms.ContractForm.from_request(request, initial={"from_on": stay.scheme.today()})
    shown = {
        **person_page(stay, section="details"),
        "page_title": "Contracted hours", "button": "Save",
        "intro": "How much support they are to have each week. What held before stays.",
        "back_url": reverse("rota:contracted", args=[stay.scheme.slug]),
    }  # fmt: skip
    return ask(
        request, form, operations.contract_hours, stay,
        then=("rota:contracted", stay.scheme.slug), says="Kept.", template="stays/ask.html",
        shown=shown,
    )  # fmt: skip


@require_POST
def came(request: StaffRequest, turn_id: UUID) -> HttpResponse:
    """I am here."""
    return _now(request, turn_id, "came")


@require_POST
def left(request: StaffRequest, turn_id: UUID) -> HttpResponse:
    """I go home."""
    return _now(request, turn_id, "left")


def _now(request: StaffRequest, turn_id: UUID, what: str) -> HttpResponse:
    found = queries.turn_for(request.user, turn_id)
    try:
        ACTS[what](found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    if found.worker_id == request.user.pk:
        return go(request, "rota:my-shifts", says="Written down.")
    return go(request, "rota:turn", found.pk, says="Written down.")


@require_http_methods(["GET", "POST"])
def at(request: StaffRequest, turn_id: UUID, clocked: str) -> HttpResponse:
    """They came, or left, at a time that is past."""
    if clocked not in ACTS:
        raise Http404
    found = queries.turn_for(request.user, turn_id)
    planned = found.starts_here if clocked == "came" else found.ends_here
    form = forms.TimeForm.from_request(
        request, scheme=found.scheme, initial={"day": planned.date(), "time": planned.time()}
    )
    shown = {
        "page_title": f"When {found.name} {clocked}", "button": "Save", "turn": found,
        "up": reverse("rota:turn", args=[found.pk]),
    }  # fmt: skip
    return ask(
        request, form, ACTS[clocked], found,
        then=("rota:turn", found.pk), says="Written down.", template=FORM, shown=shown,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def correct(request: StaffRequest, clocking_id: UUID) -> HttpResponse:
    """Put a time right."""
    found = queries.clocking_for(request.user, clocking_id)
    here = found.at.astimezone(found.scheme.zone)
    form = forms.CorrectTimeForm.from_request(
        request, scheme=found.scheme, initial={"day": here.date(), "time": here.time()}
    )
    shown = {
        "page_title": f"Put right when {found.turn.name} {found.what}", "button": "Save",
        "turn": found.turn, "up": reverse("rota:turn", args=[found.turn_id]),
    }  # fmt: skip
    return ask(
        request, form, operations.correct_clocking, found,
        then=("rota:turn", found.turn_id), says="Put right.", template=FORM, shown=shown,
    )  # fmt: skip
