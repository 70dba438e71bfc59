"""Nights out of a person; the kitchen's and the door's list of a scheme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.building import forms, operations, queries
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, page, refused

STEPS = {
    "left": operations.check_out,
    "back": operations.check_in,
    "notice": operations.give_notice,
}


@require_safe
def nights_out(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """A person's nights out, and what their stage gives them this week."""
    stay = stay_for(request.user, stay_id, needs=Action.BOOK_NIGHT_OUT)
    shown = {
        **_person(stay),
        "page_title": "Nights out",
        "allowance": queries.allowance(stay, on=stay.scheme.today()),
        "nights": queries.nights_out_of(stay)[:50],
    }
    return page(request, "building/nights_out.html", shown)


@require_http_methods(["GET", "POST"])
def book_night_out(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Book one."""
    stay = stay_for(request.user, stay_id, needs=Action.BOOK_NIGHT_OUT)
    form = forms.BookNightOutForm.from_request(request, stay=stay)
    return _ask(request, stay, form, operations.book_night_out, stay, title="Book a night out")


@require_http_methods(["GET", "POST"])
def cancel_night_out(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Cancel one, with the reason."""
    night = queries.night_out_for(request.user, pk)
    if not request.user.may(Action.BOOK_NIGHT_OUT, night.stay):
        raise PermissionDenied
    form = forms.CancelNightOutForm.from_request(request, stay=night.stay)
    title = f"Cancel the night of {night.night_of:%-d %B}"
    return _ask(request, night.stay, form, operations.cancel_night_out, night, title=title)


@require_POST
def step(request: StaffRequest, pk: UUID, what: str) -> HttpResponse:
    """They have left, they are back, or they were told of a cancellation."""
    if what not in STEPS:
        raise Http404
    night = queries.night_out_for(request.user, pk)
    try:
        STEPS[what](night, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    if "door" in request.POST:
        return go(request, "building:door", night.scheme.slug, says="Recorded.")
    return go(request, "building:nights-out", night.stay_id, says="Recorded.")


@require_safe
def evening_meal(request: StaffRequest, scheme: str) -> HttpResponse:
    """The kitchen's list: names and nothing else of anybody."""
    house = _house(request, scheme, Action.KEEP_REGISTER)
    table = queries.evening_meal(house, on=house.today())
    shown = {
        "at": house,
        "today": house.today(),
        "expected": [one for one in table if one.expected],
        "not_needed": [one for one in table if not one.expected],
    }
    return page(request, "building/evening_meal.html", shown)


@require_safe
def door(request: StaffRequest, scheme: str) -> HttpResponse:
    """The door's list: who is out tonight, who is due back and when."""
    house = _house(request, scheme, Action.BOOK_NIGHT_OUT)
    nights = queries.at_the_door(house, on=house.today())
    return page(request, "building/door.html", {"at": house, "nights": nights})


def _house(request: StaffRequest, slug: str, needs: Action) -> Scheme:
    house = scheme_for(request.user, slug)
    if not request.user.may(needs, house):
        raise PermissionDenied
    return house


def _person(stay: Stay) -> dict[str, Any]:
    return person_page(stay, section="nights-out")


def _ask(
    request: StaffRequest, stay: Stay, form: Any, act: Any, subject: Any, *, title: str
) -> HttpResponse:
    back = reverse("building:nights-out", args=[stay.pk])
    shown = {**_person(stay), "page_title": title, "back_url": back}
    then = ("building:nights-out", stay.pk)
    return ask(
        request, form, act, subject,
        then=then, says="Recorded.", template="stays/ask.html", shown=shown,
    )  # fmt: skip
