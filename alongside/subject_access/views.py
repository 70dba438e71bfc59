"""Requests for one's own data: taken, decided line by line, handed over."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.subject_access import forms, operations, queries
from alongside.subject_access.models import Mention
from alongside.ui.pages import StaffRequest, ask, page
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
    """One request: what is about others, and the bundle once all of it is decided."""
    found = queries.request_for(request.user, pk)
    _may(request, found)
    form = forms.SureForm.from_request(request)
    shown = {
        **_about(found.stay, "Their own data"),
        "asked": found,
        "mentions": paged(request, queries.mentions_of(found), size=15),
        "waiting": found.mentions.filter(decision="").count(),
    }
    return ask(
        request, form, operations.make_bundle, found, then=("subject_access:one", found.pk),
        says="The bundle can be handed over.", template="subject_access/one.html", shown=shown,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Withhold or release one passage about somebody else."""
    found = queries.mention_for(request.user, pk)
    _may(request, found.request)
    form = forms.DecideForm.from_request(request)
    shown = {
        **_about(found.request.stay, "About somebody else"),
        "intro": _sealed_words(found)
        if found.sealed_id
        else (f"“{found.words}” stands in: {found.place}. {found.context}"),
        "back_url": reverse("subject_access:one", args=[found.request_id]),
    }
    return ask(
        request, form, operations.decide_mention, found,
        then=("subject_access:one", found.request_id), says="Decided.", template="stays/ask.html",
        shown=shown,
    )  # fmt: skip


def _sealed_words(found: Mention) -> str:
    """Which it is, never what it says: that is read where it stands, and written down there."""
    return (
        f"{found.words}. Read it under Sealed first, if your role reads that kind; nobody else "
        "can decide about it."
    )


def _may(request: StaffRequest, found: Any) -> None:
    if not request.user.may(NEEDS, found):
        raise PermissionDenied


def _about(stay: Stay, title: str) -> dict[str, Any]:
    return {**person_page(stay, section="own-data"), "page_title": title}
