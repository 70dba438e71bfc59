"""The reviews of a scheme: due, overdue, booked, held; and what the team is asked."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.keywork.operations import answer_report as answer_operation
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.reviews.forms import AnswerForm
from alongside.reviews.queries.decisions import late_decisions
from alongside.reviews.queries.scheme import (
    LATER_SHOWN,
    answered_questions,
    bookings_for,
    owed_reviews,
    report_for,
    scheme_reviews,
    team_questions,
)
from alongside.reviews.queries.windows import late_ids
from alongside.ui.pages import StaffRequest, go, page
from alongside.ui.paging import choices, paged


@require_safe
def reviews(request: StaffRequest, scheme: str) -> HttpResponse:
    """What is due and overdue, what is booked, what was held; one kind or every kind."""
    found = scheme_for(request.user, scheme)
    require_reader(request, found)
    show = request.GET.get("show", "")
    show = show if show in LATER_SHOWN else "due"
    kinds = {kind.key: kind.plural for kind in found.pack.reviews}
    kind = request.GET.get("kind", "")
    kind = kind if kind in kinds else ""
    context: dict[str, Any] = {
        "scheme": found,
        "words": found.pack.terms,
        "show": show,
        "shows": choices(request, "show", LATER_SHOWN, everything="Due"),
        "kinds": choices(request, "kind", kinds, everything="Every kind"),
        "today": found.today(),
        "late_decisions": late_decisions(found)[:20],
        **_listed(request, found, show, kind),
    }
    return page(request, "reviews/scheme.html", context, partial="list")


def require_reader(request: StaffRequest, scheme: Any) -> None:
    """Who reads no files here does not see who is reviewed."""
    if not request.user.may(Action.READ_FILE, scheme):
        raise PermissionDenied


def _listed(request: StaffRequest, scheme: Any, show: str, kind: str) -> dict[str, Any]:
    if show in {"due", "overdue"}:
        sorts = {"due": "due_on", "name": "stay__resident__name_key"}
        rows = paged(request, owed_reviews(scheme, show, kind), sorts=sorts)
        return {"owed": bookings_for(scheme, rows.items), "paged": rows}
    sorts = {"day": "planned_on", "name": "stay__resident__name_key"}
    found = paged(request, scheme_reviews(scheme, show, kind), sorts=sorts)
    return {"listed": found.items, "paged": found, "late": late_ids(found.items)}


@require_safe
def team_agenda(request: StaffRequest, scheme: str) -> HttpResponse:
    """What key workers ask the team in their reports, and what was answered lately."""
    found = scheme_for(request.user, scheme)
    require_reader(request, found)
    context = {
        "scheme": found,
        "words": found.pack.terms,
        "questions": paged(request, team_questions(found)),
        "answered": answered_questions(found)[:10],
    }
    return page(request, "reviews/team_agenda.html", context)


@require_http_methods(["GET", "POST"])
def answer_report(request: StaffRequest, report_id: UUID) -> HttpResponse:
    """Write down what the team says to one question."""
    report = report_for(request.user, report_id)
    form = AnswerForm.from_request(request)
    if form.carry_out(answer_operation, report, by=request.user):
        return go(request, "reviews:team-agenda", report.scheme.slug, says="Answer kept.")
    context = {"scheme": report.scheme, "report": report, "form": form}
    return page(request, "reviews/answer.html", context)
