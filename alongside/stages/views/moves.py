"""Moves: confirming a promotion, by exception, back, staying; telling; history; certificate."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.kit import clock
from alongside.practice.actions import Action
from alongside.stages import forms, operations, queries
from alongside.stages.printing import certificate_of
from alongside.stages.views.sheet import person
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page

MOVES: dict[str, tuple[Action, Callable[..., object], str]] = {
    "promote": (Action.PROMOTE, operations.promote, "Confirm the promotion"),
    "by-exception": (Action.WAIVE_TASK, operations.promote_early, "Promote by exception"),
    "back": (Action.DEMOTE, operations.demote, "Move back"),
    "keep": (Action.DEMOTE, operations.keep_stage, "Keep the stage"),
}


@require_safe
def history(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Every move, latest first, with its reason and the answer to it."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    restricted = request.user.may(Action.READ_RESTRICTED, stay)
    answers = queries.answers_to_moves(stay)
    shown = {
        **person(stay, "History of the stages"),
        "moves": [
            (one, *queries.reason_of_move(one, restricted=restricted), answers.get(one.pk, ()))
            for one in queries.moves_of(stay)[:100]
        ],
        "may_demote": request.user.may(Action.DEMOTE, stay),
        "may_tell": request.user.may(Action.VERIFY_EVIDENCE, stay),
    }
    return page(request, "stages/history.html", shown)


@require_http_methods(["GET", "POST"])
def move(request: StaffRequest, stay_id: UUID, what: str) -> HttpResponse:
    """Promote, promote by exception, move back, or keep the stage."""
    if what not in MOVES:
        raise Http404
    needs, act, title = MOVES[what]
    stay = stay_for(request.user, stay_id, needs=needs)
    shown = {**person(stay, title), "grave": what == "back", "button": title}
    return ask(request, _form(request, stay, what), act, stay,
               then=("stages:stage-sheet", stay.pk), says="Recorded. Tell them, and note it.",
               template="stays/ask.html", shown=shown)  # fmt: skip


def _form(request: StaffRequest, stay: Stay, what: str) -> Any:
    today = stay.scheme.today()
    if what == "promote":
        return forms.PromoteForm.from_request(request, stay=stay, initial={"promoted_on": today})
    if what == "keep":
        return forms.KeepForm.from_request(request, stay=stay)
    above, below = queries.stages_around(stay)
    if what == "by-exception":
        return forms.PromoteEarlyForm.from_request(
            request, stay=stay, stages=above, initial={"promoted_on": today}
        )
    if not below:
        raise Http404  # there is nothing beneath the first stage, and no button leads here
    now = clock.now().astimezone(stay.scheme.zone).replace(second=0, microsecond=0)
    return forms.DemoteForm.from_request(
        request, stay=stay, stages=below, lapsed=queries.lapsed_choices(stay),
        initial={"starts_at": now},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def told(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Record that they were told, and what they said."""
    return _about(request, pk, forms.ToldForm, operations.tell_of_move, "They have been told")


@require_http_methods(["GET", "POST"])
def lift(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Lift the reason of a move back."""
    return _about(request, pk, forms.LiftForm, operations.lift_reason, "Lift the reason")


def _about(request: StaffRequest, pk: UUID, form: Any, act: Any, title: str) -> HttpResponse:
    one = queries.move_for(request.user, pk)
    shown = {**person(one.stay, title),
             "back_url": reverse("stages:history", args=[one.stay_id])}  # fmt: skip
    return ask(request, form.from_request(request, stay=one.stay), act, one,
               then=("stages:history", one.stay_id), says="Recorded.",
               template="stays/ask.html", shown=shown)  # fmt: skip


@require_safe
def certificate(request: StaffRequest, pk: UUID) -> HttpResponse:
    """The certificate of a promotion, as a PDF."""
    one = queries.move_for(request.user, pk)
    if not one.is_promotion():
        raise Http404
    opened(one.stay, DOCUMENT, one.pk)
    return HttpResponse(certificate_of(one), content_type="application/pdf")
