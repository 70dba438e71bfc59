"""Closed months: what was due, as it stood when a manager closed it, and what differs since."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.duties import queries
from alongside.duties.models import State
from alongside.duties.operations import close_month
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.today.forms import CloseMonthForm
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import AT_MOST, choices, paged

SHOW: dict[str, str] = {
    State.MET: "Met",
    State.MET_LATE: "Met late",
    State.MISSED: "Missed",
    State.OPEN: "Not done by then",
    State.EXCUSED: "Excused",
    State.PAUSED: "Paused",
}


@require_safe
def months(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every closed month with its figures, which nothing changes."""
    here = scheme_for(request.user, scheme, needs=Action.READ_REPORTS)
    shown = paged(request, queries.closed_months(here), size=12)
    context = {
        "scheme": here,
        "months": shown,
        "figures": queries.figures_of(list(shown)),
        "cannot": close_month.refusal(here, by=request.user),
    }
    return page(request, "today/months.html", context)


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, scheme: str) -> HttpResponse:
    """Close a month."""
    here = scheme_for(request.user, scheme, needs=Action.EXCUSE_DUTY)
    form = CloseMonthForm.from_request(request, today=here.today())
    return ask(
        request, form, close_month, here,
        then=("today:months", here.slug), says="The month is closed.",
        template="today/close_month.html", shown={"scheme": here},
    )  # fmt: skip


@require_safe
def month(request: StaffRequest, month_id: UUID) -> HttpResponse:
    """Each duty of one closed month, person by person, and what is otherwise since."""
    closed = queries.closed_month_for(request.user, month_id)
    here = scheme_for(request.user, closed.scheme.slug, needs=Action.READ_REPORTS)
    state = request.GET.get("show", "")
    since = queries.corrected_since(closed)
    context = {
        "scheme": here,
        "closed": closed,
        "figures": queries.figures_of([closed])[0],
        "filters": choices(request, "show", SHOW, everything="Everything"),
        "lines": paged(request, queries.lines_of(closed, state=state), size=25),
        "since": since[:AT_MOST],
        "more": max(len(since) - AT_MOST, 0),
    }
    return page(request, "today/month.html", context)
