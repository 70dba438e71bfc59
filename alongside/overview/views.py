"""The whole picture of somebody, who does what for them, and how current every file is."""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.admissions.visiting import record_visit
from alongside.audit.reading import DOCUMENT, opened
from alongside.organisation.queries import scheme_for
from alongside.overview.forms import VisitForm
from alongside.overview.printing import answers_on_paper
from alongside.overview.queries.answering import MOST, answers_about, unowned_at
from alongside.overview.queries.arrival import arrival_of
from alongside.overview.queries.currency import HEADS, current_files
from alongside.overview.queries.together import board_of
from alongside.overview.queries.voice import voice_of
from alongside.overview.queries.whole import whole_picture
from alongside.practice.actions import Action
from alongside.referrals.queries import referral_for
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page
from alongside.ui.paging import choices, paged_list, with_

A_PART = re.compile(r"[1-9][0-9]{0,2}")


@require_safe
def whole(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """All that bears on somebody’s life, each part with its day; plan and risks side by side."""
    stay = stay_for(request.user, stay_id)
    context = {
        **person_page(stay, section="whole"),
        "page_title": "The whole picture",
        "whole": whole_picture(stay, reader=request.user),
    }
    return page(request, "overview/whole.html", context)


@require_safe
def together(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Who works with somebody by day and by night, who does what, what is asked, what is next."""
    stay = stay_for(request.user, stay_id)
    context = {
        **person_page(stay, section="together"),
        "page_title": "Who does what",
        "board": board_of(stay),
    }
    return page(request, "overview/together.html", context)


@require_safe
def answers(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Who answers for what is open about somebody; what nobody answers for first."""
    stay, part = stay_for(request.user, stay_id), _part(request)
    told = answers_about(stay, viewer=request.user, part=part)
    context = {
        **person_page(stay, section="answers"),
        "page_title": "Who answers for what",
        "rows": paged_list(request, told, size=25),
        "parts": _parts(request, part, told.more),
    }
    return page(request, "overview/answers.html", context)


@require_safe
def answers_paper(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The same on paper, all of it."""
    stay = stay_for(request.user, stay_id)
    opened(stay, DOCUMENT, "answers")
    return HttpResponse(
        answers_on_paper(stay, viewer=request.user),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="who-answers-for-what.pdf"'},
    )


@require_safe
def unowned(request: StaffRequest, scheme: str) -> HttpResponse:
    """What is open at a scheme and has nobody who answers for it, for those who can mend it."""
    here = scheme_for(request.user, scheme, needs=Action.ALLOCATE_KEY_WORKER)
    part = _part(request)
    told = unowned_at(here, viewer=request.user, part=part)
    context = {
        "scheme": here,
        "rows": paged_list(request, told, size=25),
        "parts": _parts(request, part, told.more),
    }
    return page(request, "overview/unowned.html", context)


def _part(request: StaffRequest) -> int:
    """Which part is looked at, from 0; what is no number is the first."""
    asked = A_PART.fullmatch(request.GET.get("part", ""))
    return int(asked[0]) - 1 if asked else 0


def _parts(request: StaffRequest, part: int, more: bool) -> dict[str, Any] | None:  # noqa: FBT001
    """How many of one kind a part holds, and the ways to the one before and the next; None where
    one part holds all."""
    if not part and not more:
        return None
    return {
        "most": MOST,
        "number": part + 1,
        "before": with_(request.GET, part=part, page=None) if part else "",
        "next": with_(request.GET, part=part + 2, page=None) if more else "",
    }


@require_safe
def current(request: StaffRequest, scheme: str) -> HttpResponse:
    """How current the file of everybody staying here is."""
    here = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    late = request.GET.get("show", "") == "late"
    context = {
        "scheme": here,
        "words": here.pack.terms,
        "heads": list(HEADS.values()),
        "rows": paged_list(request, current_files(here, late=late), size=20),
        "filters": choices(request, "show", {"late": "Something is too old"}),
    }
    return page(request, "overview/current.html", context)


@require_safe
def voice(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What somebody said of what they want and feel, wherever it was told, and what we did."""
    stay = stay_for(request.user, stay_id)
    context = {
        **person_page(stay, section="voice"),
        "page_title": "In their own words",
        "said": paged_list(request, voice_of(stay, reader=request.user), size=20),
    }
    return page(request, "overview/voice.html", context)


@require_safe
def visits(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """The visits before somebody moves in, and who is there for them on the day."""
    referral = referral_for(request.user, referral_id)
    context = {
        "referral": referral,
        "scheme": referral.scheme,
        "words": referral.scheme.pack.terms,
        "arrival": arrival_of(referral),
        "cannot": record_visit.refusal(referral, by=request.user),
    }
    return page(request, "overview/visits.html", context)


@require_http_methods(["GET", "POST"])
def new_visit(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Record a visit before moving in."""
    referral = referral_for(request.user, referral_id)
    known = arrival_of(referral)
    form = VisitForm.from_request(
        request, scheme=referral.scheme, initial={"key_worker": known.worker}
    )
    if form.carry_out(record_visit, referral, by=request.user):
        return go(request, "overview:visits", referral.pk, says="The visit is recorded.")
    context = {"referral": referral, "scheme": referral.scheme, "form": form}
    return page(request, "overview/new_visit.html", context)
