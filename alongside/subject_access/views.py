"""Requests for one's own data: taken, decided line by line, handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.subject_access import forms, operations, queries
from alongside.subject_access.models import AccessRequest
from alongside.ui.pages import StaffRequest, ask, go, page
from alongside.ui.paging import paged

NEEDS = Action.ANSWER_ACCESS_REQUEST


@require_safe
def requests(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Every time somebody asked for everything about them."""
    stay = stay_for(request.user, stay_id, needs=NEEDS)
    shown = {**_about(stay, "Their own data"), "requests": list(queries.requests_of(stay)[:30])}
    return page(request, "subject_access/requests.html", shown)


@require_http_methods(["GET", "POST"])
def take(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Take a request."""
    stay = stay_for(request.user, stay_id, needs=NEEDS)
    today = stay.scheme.today()
    form = forms.RequestForm.from_request(
        request, initial={"received_on": today, "identity_on": today}
    )
    shown = {
        **_about(stay, "They ask for everything about them"),
        "back_url": reverse("subject_access:requests", args=[stay.pk]),
    }
    return ask(
        request, form, operations.take_request, stay,
        then=("subject_access:requests", stay.pk), says="The request is written down.",
        template="stays/ask.html",
        shown=shown,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def one(request: StaffRequest, pk: UUID) -> HttpResponse:
    """One request: where others are named, and the bundle once all of it is decided."""
    found = queries.request_for(request.user, pk)
    _may(request, found)
    form = forms.SureForm.from_request(request)
    return ask(
        request, form, operations.make_bundle, found, then=("subject_access:one", found.pk),
        says="The bundle can be handed over.", template="subject_access/one.html",
        shown=_shown(found),
    )  # fmt: skip


@require_POST
def look_again(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Look through the file once more for words about others."""
    found = queries.request_for(request.user, pk)
    _may(request, found)
    form = forms.SureForm.from_request(request)
    return ask(
        request, form, operations.look_again, found, then=("subject_access:one", found.pk),
        says="The file was looked through again.", template="subject_access/one.html",
        shown=_shown(found),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def words(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Look for words that name somebody else as well."""
    found = queries.request_for(request.user, pk)
    _may(request, found)
    form = forms.NameForm.from_request(request)
    shown = {
        **_about(found.stay, "Look for other words"),
        "back_url": reverse("subject_access:one", args=[found.pk]),
        "button": "Look for them",
    }
    return ask(
        request, form, operations.look_for, found, then=("subject_access:one", found.pk),
        says="They are proposed wherever they stand.", template="stays/ask.html", shown=shown,
    )  # fmt: skip


@require_safe
def passages(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The passages at one place, those that wait first."""
    found = queries.request_for(request.user, pk)
    _may(request, found)
    where = request.GET.get("where", "")
    places = queries.places_of(found)
    place = next((one for one in places if where in {one.where, ""}), None)
    if place is None and where:
        raise Http404
    if place is None:
        return go(request, "subject_access:one", found.pk)
    mentions = paged(request, queries.mentions_at(found, place.where), size=15)
    shown = {
        **_about(found.stay, str(place)),
        "asked": found,
        "place": place,
        "mentions": mentions,
        "shown": queries.shown(found, mentions, request.user),
    }
    return page(request, "subject_access/passages.html", shown)


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Withhold or release one passage about somebody else."""
    found = queries.mention_for(request.user, pk)
    asked = found.request
    _may(request, asked)
    back = (
        f"{reverse('subject_access:passages', args=[asked.pk])}?{urlencode({'where': found.where})}"
    )
    form = forms.DecideForm.from_request(
        request,
        decisions=operations.decisions_for(found),
        same=len(list(operations.same_words(found))),
    )
    (told,) = queries.shown(asked, [found], request.user)
    shown = {**_about(asked.stay, "About somebody else"), "told": told, "back_url": back}
    return ask(
        request, form, operations.decide_mention, found, then=(back,), says="Decided.",
        template="subject_access/decide.html", shown=shown,
    )  # fmt: skip


def _shown(found: AccessRequest) -> dict[str, Any]:
    places = queries.places_of(found)
    return {
        **_about(found.stay, "Their own data"),
        "asked": found,
        "places": places,
        "waiting": sum(one.waiting for one in places),
    }


def _may(request: StaffRequest, found: Any) -> None:
    if not request.user.may(NEEDS, found):
        raise PermissionDenied


def _about(stay: Stay, title: str) -> dict[str, Any]:
    return {**person_page(stay, section="own-data"), "page_title": title}
