"""Absence in somebody's file: whom they ask, what was agreed, who stands in."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.absence import operations
from alongside.absence.queries import (
    absence_for,
    covers_of,
    encouragements_of,
    held_during,
    leave_of,
    whom_to_ask,
)
from alongside.cover import forms, queries
from alongside.organisation.queries import staff_at
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import paged


def _about(stay: Stay, title: str, **more: Any) -> dict[str, Any]:
    up = reverse("cover:of-person", args=[stay.pk])
    return {**person_page(stay, section="key-worker"), "page_title": title, "up": up,
            "back_url": up, **more}  # fmt: skip


@require_safe
def of_person(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Whom they ask, the leave they are prepared for, and who stood in."""
    stay = stay_for(request.user, stay_id)
    ahead = leave_of(stay)
    told = queries.arrangements_of(stay)
    shown = _about(
        stay,
        "While their worker is away",
        whom=whom_to_ask(stay),
        ahead=[(one, told.get(one.pk)) for one in ahead],
        covers=paged(request, covers_of(stay), size=15),
        told=encouragements_of(stay)[:15],
        answers=stay.scheme.pack.choices("encouragement_answers"),
        offered=stay.scheme.pack.choices("encouragement"),
        cannot_arrange=operations.arrange.refusal(stay, by=request.user),
        cannot_encourage=operations.encourage.refusal(stay, by=request.user),
        cannot_ask=operations.ask_for_session.refusal(stay, by=request.user),
    )
    return page(request, "cover/of_person.html", shown)


@require_http_methods(["GET", "POST"])
def arrange(request: StaffRequest, stay_id: UUID, absence_id: UUID) -> HttpResponse:
    """Write down that they were met, and what was agreed."""
    stay = stay_for(request.user, stay_id)
    absence = absence_for(request.user, absence_id)
    before = queries.arrangements_of(stay).get(absence.pk)
    if before is None and stay.pk not in {one.pk for one in held_during(absence)}:
        raise Http404  # it is not their worker who is away
    form = forms.ArrangeForm.from_request(
        request,
        workers=staff_at(stay.scheme).exclude(pk=absence.worker_id),
        key=f"arrange-{stay.pk}-{absence.pk}",
        initial={
            "met_on": before.met_on if before else stay.scheme.today(),
            "agreed": before.agreed if before else "",
            "with_worker": str(before.with_worker_id) if before else "",
        },
    )
    last = f" to {absence.until_on:%-d %B %Y}" if absence.until_on else ""
    intro = f"{absence.worker.name} is away from {absence.from_on:%-d %B}{last}."
    return ask(
        request, form, _arrange(absence), stay,
        then=("cover:absence", absence.pk), says="It is arranged.", template="stays/ask.html",
        shown=_about(stay, "Before the leave", intro=intro, button="Save what was agreed"),
    )  # fmt: skip


def _arrange(absence: Any) -> Any:
    """The operation, with the absence that the address names."""

    def act(stay: Stay, **asked: Any) -> Any:
        return operations.arrange(stay, absence=absence, **asked)

    return act


@require_http_methods(["GET", "POST"])
def encourage(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Write down what they were encouraged to do."""
    stay = stay_for(request.user, stay_id)
    form = forms.EncourageForm.from_request(
        request,
        pack=stay.pack,
        workers=staff_at(stay.scheme),
        initial={"on": stay.scheme.today()},
    )
    return ask(
        request, form, operations.encourage, stay,
        then=("cover:of-person", stay.pk), says="Recorded.", template="stays/ask.html",
        shown=_about(stay, "Encourage them to have their session", button="Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def ask_for_session(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Ask somebody else for a session, for them."""
    stay = stay_for(request.user, stay_id)
    whom = whom_to_ask(stay)
    first = whom.ask[0] if whom and whom.ask else None
    form = forms.AskForSessionForm.from_request(
        request,
        workers=staff_at(stay.scheme),
        initial={"to_worker": str(first.pk) if first else ""},
    )
    return ask(
        request, form, operations.ask_for_session, stay,
        then=("cover:of-person", stay.pk), says="They see it at once.", template="stays/ask.html",
        shown=_about(stay, "Ask for a session", button="Ask"),
    )  # fmt: skip
