"""The doors: the tablet changes hands, the phone has an address, the PIN opens both."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.drafts.answering import answer
from alongside.kit import clock, wall
from alongside.portal import operations, queries
from alongside.portal.forms import PinForm
from alongside.portal.views.guests import Guest, at_the_door, begin, close, keep, own
from alongside.signatures.pins import rests_until
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page


@require_http_methods(["GET", "POST"])
def hand_over(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask before the tablet changes hands; then sign the member of staff out of it."""
    stay = stay_for(request.user, stay_id)
    refusal = operations.hand_over_tablet.refusal(stay, by=request.user)
    if request.method == "POST" and refusal is None:
        operations.hand_over_tablet(stay, by=request.user)
        now = clock.now().timestamp()
        begin(request, Guest(str(stay.pk), reverse("portal:pin"), seen=now), stay)
        return redirect("portal:pin")
    door = queries.address_of(stay)
    shown = {
        **person_page(stay, section="sessions"),
        "page_title": f"{stay.resident.first_name}’s own pages",
        "refusal": refusal,
        "door": door,
        "address": request.build_absolute_uri(reverse("portal:phone", args=[door.code]))
        if door
        else "",
    }
    return page(request, "portal/hand_over.html", shown, status=422 if _posted(request) else 200)


@require_POST
def give_address(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Give a resident an address of their own for their phone."""
    stay = stay_for(request.user, stay_id)
    if operations.give_address.refusal(stay, by=request.user) is None:
        operations.give_address(stay, by=request.user)
    return go(request, "portal:hand-over", stay.pk, says="Write this address down for them.")


@require_POST
def close_address(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Close the address they have."""
    stay = stay_for(request.user, stay_id)
    door = queries.address_of(stay)
    if door and operations.close_address.refusal(door, by=request.user) is None:
        operations.close_address(door, by=request.user)
    return go(request, "portal:hand-over", stay.pk, says="The address no longer opens anything.")


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def pin(request: HttpRequest) -> HttpResponse:
    """The tablet asks for the PIN of the person it was handed to."""
    found = at_the_door(request)
    if found is None:
        return close(request)
    guest, stay = found
    if guest.inside:
        return redirect("portal:home")
    form = PinForm.from_request(request)
    if form.carry_out(operations.let_in, stay, by=stay.resident):
        request.session.cycle_key()
        return _inside(request, guest)
    if form.errors and rests_until(stay.resident, stay.scheme):
        return close(request)
    return _ask(request, stay, form, tablet=True)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def phone(request: HttpRequest, code: str) -> HttpResponse:
    """A resident's own address asks for their PIN."""
    stay = queries.stay_behind(code)
    wall.known(stay.scheme.organisation_id)
    form = PinForm.from_request(request)
    if form.carry_out(operations.let_in, stay, by=stay.resident):
        now = clock.now().timestamp()
        door = reverse("portal:phone", args=[code])
        guest = Guest(str(stay.pk), door, seen=now, phone=True)
        begin(request, guest, stay)
        return _inside(request, Guest(**request.session["guest"]))
    return _ask(request, stay, form, tablet=False)


@login_not_required
@require_POST
def be(request: HttpRequest) -> HttpResponse:
    """Demo mode only: be a resident in one click. Anywhere else there is no such page."""
    if not settings.DEMO:
        raise Http404
    stay = next((one for one in queries.residents_to_try() if str(one.pk) == _asked(request)), None)
    if stay is None:
        raise Http404
    guest = Guest(
        str(stay.pk), reverse(settings.LOGIN_URL), seen=clock.now().timestamp(), phone=True
    )
    begin(request, guest, stay)
    return _inside(request, Guest(**request.session["guest"]))


def _asked(request: HttpRequest) -> str:
    return str(request.POST.get("stay", ""))


@login_not_required
@require_http_methods(["GET", "POST"])
def finish(request: HttpRequest) -> HttpResponse:
    """I am finished: nothing is left in this browser. The page goes here by itself, too."""
    return close(request)


@own
@require_safe
def here(request: HttpRequest, stay: Stay) -> HttpResponse:
    """Somebody is touching the page: it stays open."""
    return HttpResponse(status=204)


@own
@require_http_methods(["GET", "POST", "DELETE"])
def draft(request: HttpRequest, stay: Stay, form: str) -> HttpResponse:
    """What a resident is typing, kept until it is a record."""
    guest = Guest(**request.session["guest"])
    keep(request, replace(guest, writing=True))
    return answer(request, stay.resident, form)


def _inside(request: HttpRequest, guest: Guest) -> HttpResponse:
    keep(request, replace(guest, inside=True, seen=clock.now().timestamp()))
    return redirect("portal:home")


def _ask(request: HttpRequest, stay: Stay, form: PinForm, *, tablet: bool) -> HttpResponse:
    # The address alone says nobody's name: who finds it finds a question.
    shown = {"page_title": "Your own pages", "form": form, "tablet": tablet}
    return page(request, "portal/pin.html", {**shown, "stay": stay if tablet else None})


def _posted(request: HttpRequest) -> bool:
    return request.method == "POST"
