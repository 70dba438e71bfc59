"""Choosing the PIN one signs with on a shared screen."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.organisation.operations import set_signing_pin
from alongside.residents.operations import set_resident_pin
from alongside.signatures.forms import PinForm
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.addresses import address_about
from alongside.ui.pages import StaffRequest, go, page


@require_http_methods(["GET", "POST"])
def my_pin(request: StaffRequest) -> HttpResponse:
    """A member of staff chooses their own PIN."""
    form = PinForm.from_request(request)
    if form.carry_out(set_signing_pin, request.user, by=request.user):
        return go(request, "signatures:my-pin", says="Your PIN is set. You can sign with it now.")
    return page(request, "signatures/my_pin.html", {"form": form})


@require_http_methods(["GET", "POST"])
def resident_pin(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """A resident chooses the PIN they sign with, on the screen that is handed to them.

    With `own`, on the way to their own pages, and then back there.
    """
    stay = stay_for(request.user, stay_id)
    own = address_about("portal:hand-over", stay.pk) if "own" in request.GET else ""
    section, up = ("sessions", own) if own else ("plan", reverse("plans:plan", args=[stay.pk]))
    form = PinForm.from_request(request)
    if form.carry_out(set_resident_pin, stay.scheme, by=request.user, resident=stay.resident):
        return go(request, up, says="The PIN is set.")
    shown = {**person_page(stay, section=section), "form": form, "up": up}
    return page(request, "signatures/resident_pin.html", shown)
