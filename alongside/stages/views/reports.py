"""The reports of a scheme: the stages as its outcome, and every variation."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.stages import queries
from alongside.ui.days import day_in
from alongside.ui.pages import StaffRequest, page


@require_safe
def outcome(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who is at which stage, days at each, moves up and down."""
    house = _house(request, scheme)
    first, last = _period(request, house)
    shown = {"at": house, "first": first, "last": last,
             "outcome": queries.outcome(house, first=first, last=last),
             "lapses": queries.lapses_waiting(house)}  # fmt: skip
    return page(request, "stages/outcome.html", shown)


@require_safe
def variations(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every waiver, substitution, early promotion and skipped stage."""
    house = _house(request, scheme)
    first, last = _period(request, house)
    found = queries.variations(house, first=first, last=last, staff=request.user)
    shown = {"at": house, "first": first, "last": last, "variations": found[:500]}
    return page(request, "stages/variations.html", shown)


def _house(request: StaffRequest, slug: str) -> Scheme:
    house = scheme_for(request.user, slug)
    if not request.user.may(Action.READ_REPORTS, house):
        raise PermissionDenied
    return house


def _period(request: StaffRequest, house: Scheme) -> tuple[date, date]:
    """The days that are asked for; else those that the practice looks back over."""
    today, back = house.today(), house.pack.limit("stage_report_looks_back").number
    first, last = day_in(request.GET.get("from", "")), day_in(request.GET.get("to", ""))
    return first or today - timedelta(days=int(back)), last or today
