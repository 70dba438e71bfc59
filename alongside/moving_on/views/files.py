"""The three pages of somebody's file about moving on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from alongside.kit import clock
from alongside.moving_on.facts import first_target
from alongside.moving_on.queries import housing as search
from alongside.moving_on.queries import planning
from alongside.moving_on.queries.readiness import readiness_of
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, page
from alongside.ui.paging import Link

PAGES = {
    "moving-on": "The plan",
    "housing": "Looking for a home",
    "new-home": "The new home and the move",
}


def _page(stay: Stay, here: str) -> dict[str, Any]:
    links = [
        Link(says, reverse(f"moving_on:{name}", args=[stay.pk]), name == here)
        for name, says in PAGES.items()
    ]
    return {
        **person_page(stay, section="moving-on"),
        "page_title": PAGES[here],
        "pages": links,
        "today": stay.scheme.today(),
        "now": clock.now(),
    }


@require_safe
def moving_on(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The plan, the day it is for, what stands in the way, the steps, and how ready they are."""
    stay = stay_for(request.user, stay_id, needs=Action.PLAN_MOVE_ON)
    there = planning.way_out(stay)
    plans, targets, barriers = there.plans, there.targets, there.barriers
    target = targets[0].target_on if targets else first_target(stay)
    plan = plans[0] if plans else None
    reasons = stay.scheme.pack.reasons("move_on_target")
    today = stay.scheme.today()
    tasks = list(planning.tasks_of(stay))
    ready = readiness_of(
        stay,
        viewer=request.user,
        barriers=sum(one.closed_on is None for one in barriers),
        late=sum(task.is_late(today) for task in tasks),
    )
    shown = {
        **_page(stay, "moving-on"),
        "plan": plan,
        "earlier": plans[1:],
        "clock": planning.stay_clock(stay, target),
        "days_without": stay.nights(today),
        "target": target,
        "targets": [(one, getattr(reasons.get(one.reason), "says", "")) for one in targets],
        "tasks": tasks,
        "barriers": barriers,
        "ready": ready,
        "may_confirm": request.user.may(Action.CONFIRM_MOVE_ON_PLAN, stay),
        "has_step": any(task.when_on for task in tasks),
        "may_pass_on": request.user.may(Action.ALLOCATE_KEY_WORKER, stay),
    }
    return page(request, "moving_on/moving_on.html", shown)


@require_safe
def housing(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Applications and their rating, missing papers, viewings, offers, where one looked."""
    stay = stay_for(request.user, stay_id, needs=Action.PLAN_MOVE_ON)
    shown = {**_page(stay, "housing"), "housing": search.housing_of(stay)}
    return page(request, "moving_on/housing.html", shown)


@require_safe
def new_home(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What is to be arranged, what workers share, the move, and the papers that go with them."""
    stay = stay_for(request.user, stay_id, needs=Action.PLAN_MOVE_ON)
    moves = search.moves_of(stay)
    shown = {
        **_page(stay, "new-home"),
        "move": next((one for one in moves if one.ended_on is None), None),
        "earlier": [one for one in moves if one.ended_on],
        "documents": search.documents_of(stay) if moves else [],
        "steps": planning.home_steps_of(stay),
        "issues": planning.issues_of(stay),
        "departure": search.departure_of(stay),
        "may_end": request.user.may(Action.END_STAY, stay),
    }
    return page(request, "moving_on/new_home.html", shown)
