"""Answers: to cover, and to one session that is offered."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from alongside.absence.models import Cover
from alongside.absence.operations import decline_cover, end_cover, withdraw_cover
from alongside.absence.queries import cover_for, covers_asked_of
from alongside.cover import forms, operations, queries
from alongside.keywork.queries import booking_for
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.queries import staff_at
from alongside.stays.header import person_page
from alongside.ui.pages import StaffRequest, ask, go, refused


@require_POST
def accept(request: StaffRequest, cover_id: UUID) -> HttpResponse:
    """Yes, I stand in."""
    found = cover_for(request.user, cover_id)
    try:
        operations.take_on(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "cover:my-leave", says=f"You stand in with {found.stay.resident.name}.")


@require_POST
def accept_all(request: StaffRequest, absence_id: UUID) -> HttpResponse:
    """Yes, I stand in with everybody I was asked about."""
    asked = covers_asked_of(request.user).filter(absence_id=absence_id).first()
    if asked is None:
        raise Http404
    try:
        operations.take_on_all(asked.absence, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "cover:my-leave", says=f"You stand in for {asked.absence.worker.name}.")


@require_http_methods(["GET", "POST"])
def decline(request: StaffRequest, cover_id: UUID) -> HttpResponse:
    """No, with a reason; to whoever was not asked, the page says so."""
    found = cover_for(request.user, cover_id)
    if found.to_worker_id != request.user.pk:
        return refused(request, NotPermitted(
            f"{found.to_worker} was asked, not you.", instead="Let them answer for themselves."
        ))  # fmt: skip
    form = forms.DeclineForm.from_request(request, pack=found.scheme.pack)
    shown = {
        "page_title": f"Say no to standing in with {found.stay.resident.name}",
        "button": "Say no",
        "up": reverse("cover:my-leave"),
    }
    return ask(
        request, form, decline_cover, found,
        then=("cover:my-leave",), says="The team leader sees it.", template="cover/form.html",
        shown=shown,
    )  # fmt: skip


@require_POST
def withdraw(request: StaffRequest, cover_id: UUID) -> HttpResponse:
    """Ask no longer."""
    return _step(request, cover_for(request.user, cover_id), withdraw_cover)


@require_POST
def end(request: StaffRequest, cover_id: UUID) -> HttpResponse:
    """End a cover today."""
    return _step(request, cover_for(request.user, cover_id), end_cover)


def _step(request: StaffRequest, found: Cover, act: Any) -> HttpResponse:
    try:
        act(found, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "cover:absence", found.absence_id, says="Recorded.")


@require_http_methods(["GET", "POST"])
def offer_session(request: StaffRequest, booking_id: UUID) -> HttpResponse:
    """Ask a colleague to hold one session."""
    found = booking_for(request.user, booking_id)
    others = staff_at(found.scheme).exclude(pk=found.worker_id)
    form = forms.OfferSessionForm.from_request(request, workers=others)
    up = reverse("keywork:booking", args=[found.pk])
    at = found.starts_at.astimezone(found.scheme.zone)
    shown = {
        **person_page(found.stay, section="sessions"),
        "page_title": "Offer the session to a colleague",
        "intro": f"{at:%A %-d %B, %H:%M}, booked with {found.worker.name}.",
        "button": "Ask them",
        "back_url": up,
    }
    return ask(
        request, form, operations.offer_session, found,
        then=("cover:of-person", found.stay_id), says="They see it at once.",
        template="stays/ask.html", shown=shown,
    )  # fmt: skip


@require_POST
def accept_session(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """Yes, I hold it."""
    return _answer(request, offer_id, operations.accept_session, "The session is booked with you.")


@require_POST
def decline_session(request: StaffRequest, offer_id: UUID) -> HttpResponse:
    """No, I cannot."""
    return _answer(request, offer_id, operations.decline_session, "The team leader sees it.")


def _answer(request: StaffRequest, offer_id: UUID, act: Any, says: str) -> HttpResponse:
    try:
        act(queries.offer_for(request.user, offer_id), by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "cover:my-leave", says=says)
