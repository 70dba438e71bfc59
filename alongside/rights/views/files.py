"""Pages about who may open a file, and about emergencies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.queries import everybody_in
from alongside.practice.actions import Action
from alongside.rights import forms, operations, queries
from alongside.rights.views.around import about
from alongside.stays.looking import looks
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import choices, paged

if TYPE_CHECKING:
    from uuid import UUID


@require_safe
def access(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The two lists of a file: only these, never these."""
    stay = stay_for(request.user, stay_id)
    limits = request.user.may(Action.LIMIT_FILE, stay)
    shown = about(
        stay, "access", "Who may open it", limits=limits,
        lines=queries.limits_of(stay) if limits else [],
    )  # fmt: skip
    return page(request, "rights/access.html", shown)


@require_http_methods(["GET", "POST"])
def limit(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Put people on a list."""
    stay = stay_for(request.user, stay_id, needs=Action.LIMIT_FILE)
    form = forms.LimitForm.from_request(
        request, colleagues=everybody_in(stay.scheme.organisation_id), initial={"kind": "only"}
    )
    return ask(
        request, form, operations.limit_file, stay, then=("rights:access", stay.pk),
        says="It holds from now on.", template="stays/ask.html",
        shown=about(stay, "access", "Limit who may open this file"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def declare(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Say that this person is close to oneself."""
    stay = stay_for(request.user, stay_id)
    form = forms.BecauseForm.from_request(request)
    intro = (
        "From then on you cannot open their file, and only a colleague can undo it. Where they are "
        "yours to work with, whoever names somebody else sees it on Today."
    )
    return ask(
        request, form, operations.declare_relation, stay, then=("today:today",),
        says="Thank you for saying so. Their file is closed to you.", template="stays/ask.html",
        shown=about(stay, "access", "This person is close to me", intro=intro, grave=True),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def end_limit(request: StaffRequest, stay_id: UUID, limit_id: UUID) -> HttpResponse:
    """Take somebody off a list."""
    stay = stay_for(request.user, stay_id, needs=Action.LIMIT_FILE)
    line = queries.limit_for(stay, limit_id)
    form = forms.BecauseForm.from_request(request)
    if form.carry_out(operations.end_limit, stay, by=request.user, limit=line):
        return go(request, "rights:access", stay.pk, says="Taken off the list.")
    title = f"Take {line.staff.name} off the list"
    shown = about(stay, "access", title, form=form, intro=line.get_kind_display())
    return page(request, "stays/ask.html", shown)


@require_http_methods(["GET", "POST"])
def emergency(request: StaffRequest) -> HttpResponse:
    """Open one file for a time, with a reason; and the one that is open."""
    if not request.user.may_anywhere(Action.BREAK_GLASS):
        raise PermissionDenied
    form = forms.EmergencyForm.from_request(request)
    if made := form.carry_out(operations.seek_in_emergency, request.user, by=request.user):
        says = "The file is open to you. Others are told, and will look at it."
        return go(request, "casefile:casefile", made.stay_id, says=says)
    asked = getattr(form, "cleaned_data", {})
    shown = {
        "form": form,
        "open": queries.my_opening(request.user),
        "already": queries.open_already(request.user, asked["name"], asked["born_on"])
        if {"name", "born_on"} <= asked.keys()
        else None,
        **queries.said_beforehand(request.user.organisation_id),
    }
    return page(request, "rights/emergency.html", shown)


@require_http_methods(["GET", "POST"])
def close(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """Close it before its time is over."""
    opening = queries.opening_for(request.user, opening_id)
    form = forms.SureForm.from_request(request)
    return ask(
        request, form, operations.close_opening, opening, then=("rights:emergency",),
        says="It is closed.", template="rights/close.html", shown={"opening": opening},
    )  # fmt: skip


@require_safe
def reviews(request: StaffRequest) -> HttpResponse:
    """Files that were opened in an emergency and that somebody else must look at."""
    if not request.user.may_anywhere(Action.REVIEW_BREAK_GLASS):
        raise PermissionDenied
    done = request.GET.get("show") == "done"
    shown = {
        "paged": paged(request, queries.openings_shown(request.user, reviewed=done)),
        "show": choices(request, "show", {"done": "Looked at"}, everything="To look at"),
        "done": done,
    }
    return page(request, "rights/reviews.html", shown)


@require_http_methods(["GET", "POST"])
def review(request: StaffRequest, opening_id: UUID) -> HttpResponse:
    """Who opened what, when and why; what of it they read; and what somebody else found."""
    opening = queries.opening_for(request.user, opening_id)
    form = forms.ReviewForm.from_request(request, scheme=opening.scheme)
    refusal = operations.review_opening.refusal(opening, by=request.user)
    own = opening.staff_id == request.user.pk
    verdicts = opening.scheme.pack.choices("emergency_verdicts")
    if made := form.carry_out(operations.review_opening, opening, by=request.user):
        if verdicts[made.verdict].needs_text:  # The page leads on to reporting a data breach.
            return go(request, "rights:review", opening.pk, says="Written down.")
        return go(request, "rights:reviews", says="Written down.")
    verdict = verdicts.get(opening.verdict)
    read = paged(request, queries.read_during(opening), size=25)
    shown = {
        "form": form, "opening": opening, "verdict": verdict, "read": read,
        "offered": refusal is None and not own, "looks": list(looks(opening.stay, read)),
        "leads_on": bool(verdict and verdict.needs_text) and not own,
    }  # fmt: skip
    return page(request, "rights/review.html", shown)
