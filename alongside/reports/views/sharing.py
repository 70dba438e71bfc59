"""The pages of figures that others are shown: which months are fixed, and what each says."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.reports.forms import FixFiguresForm
from alongside.reports.operations import fix_figures
from alongside.reports.queries import shared_figures, shared_figures_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import paged


@require_safe
def to_share(request: StaffRequest, scheme: str) -> HttpResponse:
    """The months that are fixed, latest first."""
    here = scheme_for(request.user, scheme, needs=Action.READ_REPORTS)
    context = {"scheme": here, "months": paged(request, shared_figures(here), size=12)}
    return page(request, "reports/figures_to_share.html", context)


@require_http_methods(["GET", "POST"])
def fix(request: StaffRequest, scheme: str) -> HttpResponse:
    """Fix a month."""
    here = scheme_for(request.user, scheme, needs=Action.READ_REPORTS)
    form = FixFiguresForm.from_request(request, today=here.today())
    return ask(
        request, form, fix_figures, here,
        then=("reports:figures-to-share", here.slug), says="The figures are fixed.",
        template="reports/fix_figures.html", shown={"scheme": here},
    )  # fmt: skip


@require_safe
def shared(request: StaffRequest, figures_id: UUID) -> HttpResponse:
    """What others are told of one month."""
    fixed = shared_figures_for(request.user, figures_id)
    here = scheme_for(request.user, fixed.scheme.slug, needs=Action.READ_REPORTS)
    return page(request, "reports/shared_figures.html", {"scheme": here, "fixed": fixed})
