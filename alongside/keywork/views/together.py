"""My sessions: a resident's own page, on the tablet that staff hand over.

Handing over signs the member of staff out of this browser: whoever holds the tablet holds
nothing but this page, which asks for the resident's PIN and ends by itself.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from alongside.keywork import operations, queries
from alongside.keywork.forms import PinForm
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page

KEY = "together"
SECONDS = 60


@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask before the tablet changes hands; then sign the member of staff out of it."""
    stay = stay_for(request.user, stay_id)
    refusal = operations.hand_over_tablet.refusal(stay, by=request.user)
    if request.method == "POST" and refusal is None:
        operations.hand_over_tablet(stay, by=request.user)
        logout(request)
        lasts = int(stay.scheme.pack.limit("shared_tablet")) * SECONDS
        request.session[KEY] = {
            "stay": str(stay.pk),
            "until": clock.now().timestamp() + lasts,
            "tries": 0,
            "in": False,
        }
        request.session.set_expiry(lasts)
        return redirect("keywork:together", stay.pk)
    context = {**person_page(stay, section="sessions"), "refusal": refusal}
    return page(
        request, "keywork/hand_over.html", {**context, "page_title": "Hand the tablet over"}
    )


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def together(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """The resident's own page: first their PIN, then their sessions."""
    stay, held = _handed(request, stay_id)
    if not held["in"]:
        return _let_in(request, stay, held)
    return _own_page(request, stay)


def _own_page(request: HttpRequest, stay: Stay, refusal: Refused | None = None) -> HttpResponse:
    context = {
        "page_title": "My sessions",
        "stay": stay,
        "words": stay.scheme.pack.terms,
        "ahead": [one for one in queries.bookings_ahead(stay) if not one.is_past()],
        "slots": queries.free_slots(stay.scheme)[:30],
        "venues": stay.scheme.pack.choices("venues"),
        "moving": request.GET.get("move", ""),
        "refusal": refusal,
    }
    return page(request, "keywork/together.html", context, status=422 if refusal else 200)


def _let_in(request: HttpRequest, stay: Stay, held: dict[str, Any]) -> HttpResponse:
    form = PinForm.from_request(request)
    if form.carry_out(operations.take_tablet, stay, by=stay.resident):
        request.session.cycle_key()
        request.session[KEY] = {**held, "in": True}
        return redirect("keywork:together", stay.pk)
    if form.errors:
        held = {**held, "tries": held["tries"] + 1}
        request.session[KEY] = held
        if held["tries"] >= int(stay.scheme.pack.limit("shared_tablet_tries")):
            return _give_back(request)
    context = {"page_title": "My sessions", "form": form, "stay": stay}
    return page(request, "keywork/pin.html", context)


@login_not_required
@require_POST
def act(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """Book, move or cancel, as the resident."""
    stay, held = _handed(request, stay_id)
    if not held["in"]:
        return redirect("keywork:together", stay.pk)
    try:
        _do(request, stay)
    except Refused as refusal:
        return _own_page(request, stay, refusal)
    return go(request, "keywork:together", stay.pk, says="Done.")


def _do(request: HttpRequest, stay: Stay) -> None:
    """Carry out the one button that was pressed; anything that is not theirs does not exist."""
    me, asked = stay.resident, request.POST
    slots = {str(one.pk): one for one in queries.free_slots(stay.scheme)[:200]}
    mine = {str(one.pk): one for one in queries.bookings_ahead(stay)}
    slot, booking = slots.get(asked.get("slot", "")), mine.get(asked.get("booking", ""))
    if asked.get("slot") and slot is None:
        raise Refused("Somebody has just taken that time.", instead="Choose another one.")
    if asked.get("booking") and booking is None:
        raise Http404
    if slot and booking:
        operations.move_booking(booking, by=me, slot=slot)
    elif slot:
        operations.book_slot(stay, by=me, slot=slot)
    elif booking:
        operations.cancel_booking(booking, by=me)


@login_not_required
@require_POST
def finish(request: HttpRequest, stay_id: UUID) -> HttpResponse:
    """I am finished: nothing is left on the tablet."""
    return _give_back(request)


def _give_back(request: HttpRequest) -> HttpResponse:
    request.session.flush()
    return redirect(settings.LOGIN_URL)


def _handed(request: HttpRequest, stay_id: UUID) -> tuple[Stay, dict[str, Any]]:
    """The stay this tablet was handed over for, while it lasts; to anybody else, nothing."""
    held = request.session.get(KEY)
    if not held or held["stay"] != str(stay_id):
        raise Http404
    if clock.now().timestamp() > held["until"]:
        request.session.flush()
        raise Http404
    return queries.stay_on_tablet(stay_id), held
