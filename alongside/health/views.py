"""The health page, and what is added to it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.health import forms, operations, queries
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import paged


@require_safe
def health(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """A person's registrations, and the medical reasons for those who may read them."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    observations = paged(request, queries.observations_of(stay), size=10)
    for one in observations:
        one.stay = stay
    shown = {
        **person_page(stay, section="health"),
        "page_title": "Health",
        "observations": observations,
        "observes": bool(stay.scheme.pack.choices("observation_kinds")),
        "may_observe": request.user.may(Action.WRITE_NOTE, stay) and stay.is_current(),
        "registrations": queries.registrations_of(stay, staff=request.user),
        "medical_reasons": queries.medical_reasons_of(stay, staff=request.user),
        "may_edit": request.user.may(Action.EDIT_RESIDENT, stay),
    }
    return page(request, "health/health.html", shown)


@require_http_methods(["GET", "POST"])
def register_with(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Add a registration."""
    stay = stay_for(request.user, stay_id, needs=Action.EDIT_RESIDENT)
    form = forms.RegistrationForm.from_request(request, stay=stay)
    return _ask(request, stay, form, operations.register_with, stay, title="Add a registration")


@require_http_methods(["GET", "POST"])
def end_registration(request: StaffRequest, pk: UUID) -> HttpResponse:
    """End a registration."""
    subject = queries.registration_for(request.user, pk)
    form = forms.EndRegistrationForm.from_request(request, stay=subject.stay)
    title = f"No longer with {subject.name}"
    return _ask(request, subject.stay, form, operations.end_registration, subject, title=title)


@require_http_methods(["GET", "POST"])
def medical_reason(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Add a medical reason."""
    stay = stay_for(request.user, stay_id, needs=Action.EDIT_RESIDENT)
    form = forms.MedicalReasonForm.from_request(request, stay=stay)
    return _ask(request, stay, form, operations.record_medical_reason, stay, title="Medical reason")


@require_http_methods(["GET", "POST"])
def observe(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Record how sleep, eating, hygiene or medication stands."""
    stay = stay_for(request.user, stay_id, needs=Action.WRITE_NOTE)
    kind = request.GET.get("kind", "")
    initial = {"seen_on": stay.scheme.today(), "kind": kind}
    form = forms.ObservationForm.from_request(request, stay=stay, initial=initial)
    return _ask(request, stay, form, operations.record_observation, stay, title="What we see")


def _ask(
    request: StaffRequest, stay: Stay, form: Any, act: Any, subject: Any, *, title: str
) -> HttpResponse:
    shown = {
        **person_page(stay, section="health"),
        "page_title": title,
        "back_url": reverse("health:health", args=[stay.pk]),
    }
    return ask(
        request, form, act, subject,
        then=("health:health", stay.pk), says="Recorded.", template="stays/ask.html", shown=shown,
    )  # fmt: skip
