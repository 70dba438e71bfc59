"""Time away: the page of a file, and what is added to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.stays.forms import StayForm
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.time_away import forms, operations, queries
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import paged

SECTION = "time-away"
BACK, RIGHT, ERROR = "back", "right", "error"
ACTS: dict[str, tuple[str, type[StayForm], Callable[..., object]]] = {
    BACK: ("They are back", forms.BackForm, operations.record_back),
    RIGHT: ("Put it right", forms.CorrectForm, operations.correct_away),
    ERROR: ("It was an error", forms.WithdrawForm, operations.withdraw_away),
}


@require_safe
def time_away(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Every time somebody was away, and what stood still meanwhile."""
    stay = stay_for(request.user, stay_id)
    shown = {
        **person_page(stay, section=SECTION),
        "page_title": "Time away",
        "rows": paged(request, queries.time_away_of(stay), size=20),
        "today": stay.scheme.today(),
        "cannot": operations.record_away.refusal(stay, by=request.user),
    }
    return page(request, "time_away/time_away.html", shown)


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Record that somebody is away."""
    stay = stay_for(request.user, stay_id)
    form = forms.AwayForm.from_request(request, stay=stay, initial={"left_on": stay.scheme.today()})
    return ask(
        request, form, operations.record_away, stay,
        then=("time_away:time-away", stay.pk), says="Recorded. What can wait stands still.",
        template="stays/ask.html", shown=_shown(stay, "Somebody is away"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, pk: UUID, what: str) -> HttpResponse:
    """Say that they are back, put an entry right, or take it back."""
    if what not in ACTS:
        raise Http404
    away = queries.away_for(request.user, pk)
    stay = stay_for(request.user, away.stay_id)
    title, form_class, act = ACTS[what]
    form = form_class.from_request(request, stay=stay, initial=_initial(what, away))
    return ask(
        request, form, act, away,
        then=("time_away:time-away", stay.pk), says="Recorded.",
        template="stays/ask.html", shown={**_shown(stay, title), "grave": what == ERROR},
    )  # fmt: skip


def _initial(what: str, away: Any) -> dict[str, Any]:
    if what == BACK:
        return {"back_on": away.scheme.today()}
    return {name: getattr(away, name) for name in ("kind", "left_on", "back_on", "words")}


def _shown(stay: Stay, title: str) -> dict[str, Any]:
    return {
        **person_page(stay, section=SECTION),
        "page_title": title,
        "back_url": reverse("time_away:time-away", args=[stay.pk]),
    }
