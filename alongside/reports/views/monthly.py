"""Monthly figures, and the people behind each of them."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.reports import queries
from alongside.reports.month import Month
from alongside.ui.pages import StaffRequest, page
from alongside.ui.paging import paged

SORTS = {"name": "resident__name_key", "many": "many"}


@require_safe
def reports(request: StaffRequest, scheme: str) -> HttpResponse:
    """The figures of a month; each opens the people behind it."""
    here = _scheme(request, scheme)
    month = month_asked(request, here)
    context = {
        "scheme": here,
        "month": month,
        "groups": queries.monthly_figures(here, month),
        "later": month.after() if month.days[1] < here.today() else None,
    }
    return page(request, "reports/monthly_figures.html", context)


@require_safe
def people_behind(request: StaffRequest, scheme: str, figure: str) -> HttpResponse:
    """Whose records one figure counted: for whoever may see figures and files."""
    here = _scheme(request, scheme)
    if not request.user.may(Action.READ_FILE, here):
        raise PermissionDenied
    month = month_asked(request, here)
    people = queries.people_behind(here, month, figure)
    if people is None:
        raise Http404
    context = {
        "scheme": here,
        "month": month,
        "says": queries.figure_says(here, month, figure) or "Nobody",
        "people": paged(request, people, sorts=SORTS, size=50),
        "words": here.pack.terms,
    }
    return page(request, "reports/people_behind.html", context)


def _scheme(request: StaffRequest, slug: str) -> Scheme:
    scheme = scheme_for(request.user, slug)
    if not request.user.may(Action.READ_REPORTS, scheme):
        raise PermissionDenied
    return scheme


def month_asked(request: StaffRequest, scheme: Scheme) -> Month:
    """The month that the address names; this one when it names none."""
    return Month.asked(request.GET.get("month", ""), today=scheme.today(), zone=scheme.zone)
