"""Who is away: the team's list, one's own leave, and the page of one absence."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.absence import operations
from alongside.absence.models import DAY, Absence
from alongside.absence.queries import (
    absence_for,
    absences_of,
    could_cover,
    covers_asked_of,
    covers_held_by,
    overview,
)
from alongside.cover import forms, queries
from alongside.cover.operations import settle_cover
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for, staff_at
from alongside.practice.actions import Action
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import paged

FORM = "cover/form.html"


@require_safe
def team(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who is away, whom it touches, which sessions are at risk, what is not arranged."""
    here = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    shown = {
        "here": here,
        "words": here.pack.terms,
        "board": queries.team_board(here),
        "decides": request.user.may(Action.DECIDE_LEAVE, here),
        "arranges": request.user.may(Action.ARRANGE_COVER, here),
        "days": int(here.pack.limit("leave_shown_ahead")),
    }
    return page(request, "cover/team.html", shown)


@require_safe
def my_leave(request: StaffRequest) -> HttpResponse:
    """My leave, what I was asked to cover, and for whom I stand in."""
    user, here = request.user, request.chosen_scheme
    shown = {
        "here": here,
        "absences": paged(request, absences_of(user), size=20),
        "asked": covers_asked_of(user)[:50],
        "offers": queries.offers_to(user)[:50],
        "held": covers_held_by(user, here.today())[:50] if here else [],
    }
    return page(request, "cover/my_leave.html", shown)


def _here(request: StaffRequest, scheme: str) -> Scheme:
    return scheme_for(request.user, scheme)


@require_http_methods(["GET", "POST"])
def ask_for_leave(request: StaffRequest, scheme: str) -> HttpResponse:
    """Ask for leave; whoever decides may enter a colleague's."""
    here = _here(request, scheme)
    decides = request.user.may(Action.DECIDE_LEAVE, here)
    form = forms.AskForLeaveForm.from_request(
        request,
        scheme=here,
        workers=staff_at(here) if decides else [request.user],
        initial={"worker": str(request.user.pk), "from_on": here.today() + DAY},
    )
    if made := form.carry_out(operations.ask_for_leave, here, by=request.user):
        return go(request, "cover:absence", made.pk, says="It is asked for.")
    up = reverse("cover:my-leave")
    return page(request, FORM, _asked(form, "Ask for leave", "Ask for it", up))


@require_http_methods(["GET", "POST"])
def report_sick(request: StaffRequest, scheme: str) -> HttpResponse:
    """Somebody has rung in sick."""
    here = _here(request, scheme)
    reports = request.user.may(Action.REPORT_ABSENCE, here)
    form = forms.ReportSickForm.from_request(
        request,
        workers=staff_at(here) if reports else [request.user],
        initial={"worker": "" if reports else str(request.user.pk), "from_on": here.today()},
    )
    if made := form.carry_out(operations.report_sick, here, by=request.user):
        return go(request, "cover:absence", made.pk, says="The team sees it now.")
    up = reverse("cover:team", args=[here.slug]) if reports else reverse("cover:my-leave")
    return page(request, FORM, _asked(form, "Somebody is off sick", "Save", up))


def _asked(form: Any, title: str, button: str, up: str, **more: Any) -> dict[str, Any]:
    return {"page_title": title, "form": form, "button": button, "up": up, **more}


@require_safe
def absence(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """One absence: whom it touches, what was arranged, who stands in, what is at risk."""
    found = absence_for(request.user, absence_id)
    user = request.user
    reads = user.may(Action.READ_FILE, found)
    risky = queries.sessions_at_risk(found) if reads and found.is_in_force() else []
    offers = queries.offers_by_booking(risky) if risky else {}
    shown = {
        "absence": found,
        "own": found.worker_id == user.pk,
        "words": found.scheme.pack.terms,
        "reads": reads,
        "overview": overview(found) if reads else None,
        "prepares": found.kind == "leave",
        "at_risk": [(one, offers.get(one.pk, [])) for one in risky],
        "reads_words": found.worker_id == user.pk or user.may(Action.DECIDE_LEAVE, found),
        "up": reverse("cover:team", args=[found.scheme.slug]) if reads else reverse(
            "cover:my-leave"
        ),
        **_refusals(found, request),
    }  # fmt: skip
    return page(request, "cover/absence.html", shown)


def _refusals(found: Absence, request: StaffRequest) -> dict[str, Any]:
    user = request.user
    own = found.worker_id == user.pk
    decides = user.may(Action.DECIDE_LEAVE, found)
    mine = own or user.may(Action.REPORT_ABSENCE, found)
    return {
        "can_decide": not own and not operations.approve_leave.refusal(found, by=user),
        "can_cancel": (own or decides) and not operations.cancel_absence.refusal(found, by=user),
        "can_end": mine and not operations.come_back.refusal(found, by=user),
        "can_expect": mine and not operations.expect_back.refusal(found, by=user),
        "can_cover": not operations.ask_for_cover.refusal(found, by=user),
        "records": user.may(Action.RECORD_KEY_WORK, found),
    }


def _on(
    request: StaffRequest, found: Absence, form: Any, act: Any, *, says: str, **shown: Any
) -> HttpResponse:
    """One form about an absence: done, or shown again."""
    up = reverse("cover:absence", args=[found.pk])
    context = {"absence": found, "form": form, "up": up, **shown}
    then = ("cover:absence", found.pk)
    return ask(
        request, form, act, found, then=then, says=says, template=FORM, shown=context
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def approve(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """Approve leave."""
    found, form = absence_for(request.user, absence_id), forms.ApproveForm.from_request(request)
    return _on(
        request, found, form, operations.approve_leave,
        page_title="Approve the leave", button="Approve it", says="It is approved.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """Refuse leave, with the reason."""
    found, form = absence_for(request.user, absence_id), forms.RefuseForm.from_request(request)
    return _on(
        request, found, form, operations.refuse_leave,
        page_title="Refuse the leave", button="Refuse it", tone="warning", says="It is refused.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def cancel(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """Cancel an absence."""
    found, form = absence_for(request.user, absence_id), forms.CancelForm.from_request(request)
    return _on(
        request, found, form, operations.cancel_absence,
        page_title="Cancel it", button="Cancel it", tone="warning", says="It is cancelled.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def back(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """They are back."""
    found = absence_for(request.user, absence_id)
    form = forms.BackForm.from_request(request, initial={"back_on": found.scheme.today()})
    return _on(
        request, found, form, operations.come_back,
        page_title="They are back", button="Save", says="They are back; cover has ended.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def expect(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """When they think to be back."""
    found = absence_for(request.user, absence_id)
    form = forms.ExpectForm.from_request(request, initial={"expected_on": found.expected_on})
    return _on(
        request, found, form, operations.expect_back,
        page_title="When they think to be back", button="Save", says="Recorded.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask_for_cover(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """Ask a colleague to stand in, with some or all of the people."""
    found = absence_for(request.user, absence_id)
    people = overview(found).people if request.user.may(Action.READ_FILE, found) else []
    chosen = request.GET.getlist("stay")
    bare = [str(one.stay.pk) for one in people if one.needs_cover()]
    form = forms.AskForCoverForm.from_request(
        request,
        stays=[one.stay for one in people],
        workers=could_cover(found),
        decides=request.user.may(Action.DECIDE_LEAVE, found),
        initial={
            "stays": [key for key in bare if key in chosen] or bare,
            "from_on": max(found.from_on, found.scheme.today()),
            "until_on": found.looks_to(),
        },
    )
    return _on(
        request, found, form, settle_cover,
        page_title="Ask a colleague to stand in", button="Send it", says="They see it at once.",
    )  # fmt: skip
