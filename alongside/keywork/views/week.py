"""The pages of a scheme: the service week, the time that is offered, and the sheet for the wall."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.keywork import operations, queries
from alongside.keywork.forms import OfferSlotsForm
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for, staff_who_may
from alongside.practice.actions import Action
from alongside.ui.pages import StaffRequest, go, page, refused


@require_safe
def week(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who has a session this week, who is short, and what else waits."""
    house = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    board = queries.week_board(house, _day(request, house))
    own, booked = queries.self_arranged(house)
    context = {
        "page_title": "The week",
        "here": house,
        "words": house.pack.terms,
        "board": board,
        "earlier": (board.begins_on - timedelta(weeks=1)).isoformat(),
        "later": (board.begins_on + timedelta(weeks=1)).isoformat(),
        "own": own,
        "booked": booked,
        "missing": queries.missing_reports(house),
        "questions": queries.team_questions(house),
    }
    return page(request, "keywork/week.html", context)


def _day(request: StaffRequest, house: Scheme) -> date:
    try:
        return date.fromisoformat(request.GET.get("from", ""))
    except ValueError:
        return house.today()


@require_http_methods(["GET", "POST"])
def slots(request: StaffRequest, scheme: str) -> HttpResponse:
    """Offer time, and see what I offer."""
    house = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    form = OfferSlotsForm.from_request(
        request,
        scheme=house,
        workers=staff_who_may(Action.OFFER_SLOTS, house),
        initial={
            "worker": str(request.user.pk),
            "on": house.today() + timedelta(days=1),
            "minutes": int(house.pack.limit("session_minutes")),
            "weeks": 1,
        },
    )
    if form.carry_out(operations.offer_slots, house, by=request.user):
        return go(request, "keywork:slots", house.slug, says="The time is offered.")
    context = {
        "page_title": "Time I offer",
        "here": house,
        "form": form,
        "slots": queries.slots_ahead(house, request.user)[:100],
        "cannot": operations.offer_slots.refusal(house, by=request.user),
        "up": reverse("keywork:week", args=[house.slug]),
    }
    return page(request, "keywork/slots.html", context)


@require_POST
def withdraw_slot(request: StaffRequest, slot_id: UUID) -> HttpResponse:
    """Take back time that was offered."""
    slot = queries.slot_for(request.user, slot_id)
    try:
        operations.withdraw_slot(slot, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "keywork:slots", slot.scheme.slug, says="It is taken back.")


@require_safe
def booking_sheet(request: StaffRequest, scheme: str) -> HttpResponse:
    """The sheet to print and hang up: nobody's name is on it."""
    house = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    context = {
        "page_title": house.pack.term("booking_form").singular.capitalize(),
        "here": house,
        "shown": queries.slots_to_show(house),
        "venues": house.pack.choices("venues"),
        "up": reverse("keywork:week", args=[house.slug]),
    }
    return page(request, "keywork/booking_sheet.html", context)
