"""Reports on progress: of one person, and of a whole service."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.reviews.forms import TimeForm
from alongside.reviews.printing import progress_paper
from alongside.reviews.queries.progress_report import aggregate, people_between, progress_of
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, page
from alongside.ui.paging import paged_list


@require_safe
def progress(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What became of somebody’s goals, scores, actions and reviews over a time."""
    stay = stay_for(request.user, stay_id)
    form, first, last = _time(request, stay.scheme)
    shown = {
        **person_page(stay, section="reviews"),
        "page_title": "Progress report",
        "form": form,
        "first": first,
        "last": last,
        "report": progress_of([stay], first=first, last=last)[0],
    }
    return page(request, "reviews/progress.html", shown)


@require_safe
def progress_pdf(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The same on paper, to give to the person or to take to a meeting."""
    stay = stay_for(request.user, stay_id)
    _, first, last = _time(request, stay.scheme)
    report = progress_of([stay], first=first, last=last)[0]
    opened(stay, DOCUMENT, "progress")
    return HttpResponse(
        progress_paper(report, first, last),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="progress.pdf"'},
    )


@require_safe
def progress_here(request: StaffRequest, scheme: str) -> HttpResponse:
    """The same of everybody who stayed here in that time, and added up."""
    here = scheme_for(request.user, scheme, needs=Action.READ_REPORTS)
    if not request.user.may(Action.READ_FILE, here):
        raise PermissionDenied
    form, first, last = _time(request, here)
    reports = progress_of(people_between(here, first, last), first=first, last=last)
    shown: dict[str, Any] = {
        "scheme": here,
        "words": here.pack.terms,
        "form": form,
        "first": first,
        "last": last,
        "sum": aggregate(reports),
        "rows": paged_list(request, reports, size=20),
    }
    return page(request, "reviews/progress_here.html", shown)


def _time(request: StaffRequest, scheme: Scheme) -> tuple[TimeForm, date, date]:
    """The time that was asked for; while it makes no sense, as far back as the pack looks."""
    last = scheme.today()
    first = last - timedelta(days=int(scheme.pack.limit("progress_looks_back")))
    asked = {name: request.GET[name] for name in ("first", "last") if name in request.GET}
    form = TimeForm(asked or None, initial={"first": first, "last": last})
    if asked and form.is_valid():
        return form, form.cleaned_data["first"], form.cleaned_data["last"]
    return form, first, last
