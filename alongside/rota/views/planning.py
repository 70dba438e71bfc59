"""The week of a scheme, what is short, and the plans for when something fails."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.keywork.queries.week import begins_on
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for, staff_at
from alongside.practice.actions import Action
from alongside.rota import forms, operations, queries
from alongside.rota.times import DAY
from alongside.ui.days import day_in
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import paged_list

FORM = "rota/form.html"


def day_of(text: str, fallback: date) -> date:
    """The day that an address names, or the fallback."""
    return day_in(text) or fallback


@require_safe
def week(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who works when, shift by shift and day by day; and what is short."""
    here = scheme_for(request.user, scheme)
    first = begins_on(here, day_of(request.GET.get("from", ""), here.today()))
    days = queries.days_of(here, first, first + DAY * 6)
    keeps = request.user.may(Action.KEEP_ROTA, here)
    shown = {
        "here": here,
        "days": days,
        "short": sum(day.short for day in days),
        "away": len({one.worker_id for day in days for one in day.away}),
        "keeps": keeps,
        "swaps": queries.swaps_to_decide(here)[:30] if keeps else [],
        "first": first,
        "earlier": (first - timedelta(weeks=1)).isoformat(),
        "later": (first + timedelta(weeks=1)).isoformat(),
    }
    return page(request, "rota/week.html", shown)


@require_safe
def shortages(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every shift to come that has too few people."""
    here = scheme_for(request.user, scheme)
    shown = {
        "here": here,
        "cells": paged_list(request, queries.shortages(here)),
        "days": int(here.pack.limit("rota_looks_ahead")),
        "keeps": request.user.may(Action.KEEP_ROTA, here),
    }
    return page(request, "rota/shortages.html", shown)


def _asked(here: Scheme, title: str, button: str, **more: Any) -> dict[str, Any]:
    up = reverse("rota:week", args=[here.slug])
    return {"here": here, "page_title": title, "button": button, "up": up, **more}


@require_http_methods(["GET", "POST"])
def put_down(request: StaffRequest, scheme: str) -> HttpResponse:
    """Put somebody down for a shift."""
    here = scheme_for(request.user, scheme, needs=Action.KEEP_ROTA)
    on = day_of(request.GET.get("on", ""), here.today())
    form = forms.PutDownForm.from_request(
        request,
        scheme=here,
        workers=staff_at(here),
        initial={"on": on, "shift": request.GET.get("shift", "")},
    )
    if made := form.carry_out(operations.put_down, here, by=request.user):
        address = f"{reverse('rota:week', args=[here.slug])}?from={made.on.isoformat()}"
        return go(request, address, says=f"{made.name} is down for it.")
    return page(request, FORM, _asked(here, "Put somebody down", "Put them down", form=form))


@require_http_methods(["GET", "POST"])
def copy_week(request: StaffRequest, scheme: str) -> HttpResponse:
    """Copy a week to a later one."""
    here = scheme_for(request.user, scheme, needs=Action.KEEP_ROTA)
    first = begins_on(here, day_of(request.GET.get("from", ""), here.today()))
    form = forms.CopyWeekForm.from_request(request, initial={"to_on": first + timedelta(weeks=1)})
    if form.is_valid():
        to_on = begins_on(here, form.cleaned_data["to_on"])
        form.cleaned_data["to_on"] = to_on
        if form.carry_out(operations.copy_week, here, by=request.user, from_on=first):
            return _week_of(request, here, to_on)
    title = f"Copy the week of {first:%-d %B %Y}"
    return page(request, FORM, _asked(here, title, "Copy it", form=form))


def _week_of(request: StaffRequest, here: Scheme, first: date) -> HttpResponse:
    address = f"{reverse('rota:week', args=[here.slug])}?from={first.isoformat()}"
    return go(request, address, says="The week is copied. Whoever is away was passed over.")


@require_http_methods(["GET", "POST"])
def set_level(request: StaffRequest, scheme: str) -> HttpResponse:
    """How many people a shift needs here."""
    here = scheme_for(request.user, scheme, needs=Action.KEEP_ROTA)
    form = forms.LevelForm.from_request(request, scheme=here, initial={"from_on": here.today()})
    shown = _asked(
        here, "How many people a shift needs", "Save", form=form, held=queries.levels_now(here)
    )
    return ask(
        request, form, operations.set_level, here, then=("rota:week", here.slug),
        says="The rota counts with it.", template="rota/levels.html", shown=shown,
    )  # fmt: skip


@require_safe
def contingency(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every plan for when something fails, on one page to print."""
    here = scheme_for(request.user, scheme)
    shown = {
        "here": here,
        "plans": list(queries.contingency_plans(here)[:50]),
        "writes": request.user.may(Action.WRITE_CONTINGENCY_PLAN, here),
    }
    return page(request, "rota/contingency.html", shown)


@require_safe
def contingency_plan(request: StaffRequest, contingency_id: UUID) -> HttpResponse:
    """One plan, also one that was replaced."""
    found = queries.contingency_for(request.user, contingency_id)
    shown = {"here": found.scheme, "plans": [found], "writes": False, "one": True}
    return page(request, "rota/contingency.html", shown)


@require_http_methods(["GET", "POST"])
def write_contingency(request: StaffRequest, scheme: str) -> HttpResponse:
    """Write a plan, or write it anew."""
    here = scheme_for(request.user, scheme, needs=Action.WRITE_CONTINGENCY_PLAN)
    scenario = request.GET.get("scenario", "")
    plans = list(queries.contingency_plans(here)[:50])
    held = next((one for one in plans if one.scenario == scenario), None)
    calls = "\n".join(
        ", ".join(filter(None, (one["name"], one["number"], one["what_for"])))
        for one in (held.calls if held else ())
    )
    form = forms.ContingencyForm.from_request(
        request,
        scheme=here,
        key=f"contingency-{here.slug}",
        initial={"scenario": scenario, "steps": held.steps if held else "", "calls": calls},
    )
    shown = _asked(here, "When something fails", "Save the plan", form=form)
    shown["up"] = reverse("rota:contingency", args=[here.slug])
    return ask(
        request, form, operations.write_contingency_plan, here,
        then=("rota:contingency", here.slug), says="The plan is saved.", template=FORM, shown=shown,
    )  # fmt: skip
