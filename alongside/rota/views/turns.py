"""One line of the rota, my own shifts, and swaps."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.kit.refusal import Refused
from alongside.organisation.queries import staff_at
from alongside.practice.actions import Action
from alongside.rota import forms, operations, queries
from alongside.rota.models import Turn
from alongside.rota.todo import on_shifts
from alongside.ui.pages import StaffRequest, ask, go, page, refused

FORM = "rota/form.html"
AGREE, NO, APPROVE, REFUSE = "agree", "decline", "approve", "refuse"


@require_safe
def my_shifts(request: StaffRequest) -> HttpResponse:
    """My shifts to come, coming and leaving, and what colleagues offer me."""
    turns = list(queries.turns_ahead(request.user)[:40])
    todo, left = on_shifts(request.user, turns, seen_by=request.user)
    shown = {
        "here": request.chosen_scheme,
        "turns": [(turn, _clocked(turn), todo.get(turn.pk, [])) for turn in turns],
        "left": left,
        "offers": queries.swaps_for(request.user)[:30],
    }
    return page(request, "rota/my_shifts.html", shown)


def _clocked(turn: Turn) -> dict[str, object]:
    return {one.what: one.at for one in getattr(turn, "current_clockings", [])}


@require_safe
def turn(request: StaffRequest, turn_id: UUID) -> HttpResponse:
    """One line: who, when, how it came about, when they came and left."""
    found, user = queries.turn_for(request.user, turn_id), request.user
    own = found.worker_id == user.pk
    leads = user.may(Action.KEEP_HOURS, found)
    todo = []
    if found.worker and (own or leads):
        ahead = list(queries.turns_ahead(found.worker)[:40])
        todo = on_shifts(found.worker, ahead, seen_by=user)[0].get(found.pk, [])
    shown = {
        "here": found.scheme,
        "turn": found,
        "todo": todo,
        "own": own,
        "swaps": queries.swaps_of(found)[:20],
        "clockings": queries.clockings_of(found) if own or leads else None,
        "may_write": (own or leads) and not operations.clock_in.refusal(found, by=user),
        "can_take_off": not operations.take_off.refusal(found, by=user),
        "can_swap": own and not operations.offer_swap.refusal(found, by=user),
        "up": reverse("rota:week", args=[found.scheme.slug]) + f"?from={found.on.isoformat()}",
    }
    return page(request, "rota/turn.html", shown)


@require_http_methods(["GET", "POST"])
def take_off(request: StaffRequest, turn_id: UUID) -> HttpResponse:
    """Take somebody off a shift."""
    found = queries.turn_for(request.user, turn_id)
    form = forms.TakeOffForm.from_request(request)
    shown = {
        "page_title": f"Take {found.name} off", "button": "Take them off", "tone": "warning",
        "turn": found, "up": reverse("rota:turn", args=[found.pk]),
    }  # fmt: skip
    return ask(
        request, form, operations.take_off, found,
        then=("rota:week", found.scheme.slug), says="They are off it.", template=FORM, shown=shown,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def offer_swap(request: StaffRequest, turn_id: UUID) -> HttpResponse:
    """Offer my shift to a colleague."""
    found = queries.turn_for(request.user, turn_id)
    form = forms.OfferSwapForm.from_request(
        request,
        workers=staff_at(found.scheme).exclude(pk=request.user.pk),
        turns=queries.turns_to_swap(found)[:100],
    )
    shown = {
        "page_title": "Offer the shift to a colleague", "button": "Offer it", "turn": found,
        "up": reverse("rota:turn", args=[found.pk]),
    }  # fmt: skip
    return ask(
        request, form, operations.offer_swap, found,
        then=("rota:turn", found.pk), says="They see it at once.", template=FORM, shown=shown,
    )  # fmt: skip


@require_POST
def answer(request: StaffRequest, swap_id: UUID, yes_or_no: str) -> HttpResponse:
    """Agree, decline, approve or refuse."""
    if yes_or_no not in (AGREE, NO, APPROVE, REFUSE):
        raise Http404
    swap = queries.swap_for(request.user, swap_id)
    try:
        if yes_or_no in (AGREE, NO):
            operations.answer_swap(swap, by=request.user, agree=yes_or_no == AGREE)
        else:
            operations.decide_swap(swap, by=request.user, approve=yes_or_no == APPROVE)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "rota:week", swap.scheme.slug, says="Recorded.")
