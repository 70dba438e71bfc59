"""Lists of a scheme: referrals, the waiting list, the bed board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from alongside.accommodation.operations import add_bed
from alongside.organisation.models import Scheme
from alongside.referrals import operations, queries
from alongside.referrals.board import bed_board
from alongside.referrals.models import Referral, State
from alongside.ui.pages import StaffRequest, page
from alongside.ui.paging import choices, paged

SORTS = {"received": "received_on", "name": "resident__name_key", "since": "state_since"}
TONES = {
    State.WAITING: "warn",
    State.ACCEPTED: "good",
    State.OFFERED: "stage",
    State.MOVED_IN: "good",
    State.DECLINED: "quiet",
    State.WITHDRAWN: "quiet",
    State.DID_NOT_ATTEND: "quiet",
    State.REDIRECTED: "quiet",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One referral in a list."""

    referral: Referral
    route: str
    days: int
    late: bool
    tone: str


@require_safe
def referrals(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who has been referred: what waits for a decision, and what has waited too long."""
    here = queries.readable_scheme(request.user, scheme)
    named = request.GET.get("q", "")
    found = queries.referrals_shown(here, show=request.GET.get("show", ""), named=named)
    listed = paged(request, found, sorts=SORTS)
    today = here.today()
    context = {
        "scheme": here,
        "words": here.pack.terms,
        "counts": queries.counts_at(here),
        "free": len(queries.free_beds(here, today)),
        "late_note": f"waiting more than {queries.decide_within(here)} days",
        "paged": listed,
        "rows": [row_of(referral, here, today) for referral in listed],
        "filters": choices(request, "show", queries.SHOW, everything="Open now"),
        "named": named,
        "show": request.GET.get("show", ""),
        "cannot_take": operations.register_referral.refusal(here, by=request.user),
    }
    return page(request, "referrals/referrals.html", context, partial="referral-list")


@require_safe
def waiting_list(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who waits for a bed, in order."""
    here = queries.readable_scheme(request.user, scheme)
    today = here.today()
    listed = paged(request, queries.waiting_list(here))
    context = {
        "scheme": here,
        "words": here.pack.terms,
        "paged": listed,
        "rows": [
            (place, row_of(referral, here, today), (today - referral.state_since).days)
            for place, referral in enumerate(listed, listed.first)
        ],
        "free": len(queries.free_beds(here, today)),
    }
    return page(request, "referrals/waiting_list.html", context)


@require_safe
def board(request: StaffRequest, scheme: str) -> HttpResponse:
    """Every bed, by floor. Printed, it shows initials and no names."""
    here = queries.readable_scheme(request.user, scheme)
    context = {
        "scheme": here,
        "words": here.pack.terms,
        "board": bed_board(here),
        "today": here.today(),
        "may_manage": add_bed.refusal(here, by=request.user) is None,
    }
    return page(request, "referrals/bed_board.html", context)


def row_of(referral: Referral, scheme: Scheme, today: date) -> Row:
    """A referral as lists show it."""
    route = scheme.pack.choices("referral_routes").get(referral.route)
    late = queries.is_late(referral, today)
    return Row(
        referral,
        referral.referrer_agency or referral.referrer_name or (route.says if route else ""),
        queries.days_waiting(referral, today),
        late,
        "bad" if late else TONES.get(State(referral.state), ""),
    )
