"""Handing tasks of a plan on; keeping a plan as it is; the order of its goals."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.kit.refusal import Refused
from alongside.organisation.queries import scheme_for
from alongside.plans import operations, queries
from alongside.plans.forms.handing_on import AcceptForm, HandOnForm, LookForm, RankForm, TellForm
from alongside.plans.models import Plan
from alongside.plans.queries.approaches import approaches_at
from alongside.plans.queries.handed_on import task_for, tasks_of_stay
from alongside.plans.queries.order import in_own_order
from alongside.plans.views.asking import ask
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, page, refused
from alongside.ui.paging import paged, paged_list


@require_safe
def tasks(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What was handed on of somebody's plan, and where each task stands."""
    stay = stay_for(request.user, stay_id)
    shown = {
        **person_page(stay, section="plan"),
        "page_title": "Tasks handed on",
        "tasks": paged(request, tasks_of_stay(stay), size=20),
        "today": stay.scheme.today(),
    }
    return page(request, "plans/tasks.html", shown)


@require_http_methods(["GET", "POST"])
def hand_on(request: StaffRequest, action_id: UUID) -> HttpResponse:
    """Hand an action on to a colleague."""
    action = queries.action_for(request.user, action_id)
    initial = {"due_on": action.when_on, "due_time": action.when_time}
    form = HandOnForm.from_request(request, scheme=action.scheme, initial=initial)
    if form.carry_out(operations.hand_on, action, by=request.user):
        return go(request, "plans:tasks", action.stay_id, says="The task is handed on.")
    back = reverse("plans:plan", args=[action.stay_id])
    return ask(
        request, action.stay, form, title="Hand it on", back=back, intro=action.text,
        button="Hand it on",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def accept_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Take on a task, or decline it."""
    task = task_for(request.user, task_id)
    form = AcceptForm.from_request(request)
    if form.carry_out(operations.accept_task, task, by=request.user):
        return go(request, "plans:tasks", task.stay_id, says="Your answer is saved.")
    back = reverse("plans:tasks", args=[task.stay_id])
    intro = f"{task.action.text}. {task.instruction}"
    return ask(request, task.stay, form, title="A task for you", back=back, intro=intro)


@require_http_methods(["GET", "POST"])
def tell_of_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Say that it is done, or what stands in the way."""
    task = task_for(request.user, task_id)
    form = TellForm.from_request(request)
    if form.carry_out(operations.tell_of_task, task, by=request.user):
        return go(request, "plans:tasks", task.stay_id, says="Saved.")
    back = reverse("plans:tasks", args=[task.stay_id])
    intro = f"{task.action.text}. {task.instruction}"
    return ask(request, task.stay, form, title="How did it go?", back=back, intro=intro)


@require_POST
def take_back_task(request: StaffRequest, task_id: UUID) -> HttpResponse:
    """Take a task back."""
    task = task_for(request.user, task_id)
    try:
        operations.take_back_task(task, by=request.user)
    except Refused as no:
        return refused(request, no)
    return go(request, "plans:tasks", task.stay_id, says="The task is taken back.")


@require_http_methods(["GET", "POST"])
def look_at_plan(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Record that a plan was gone through and stays as it is."""
    found = queries.plan_for(request.user, plan_id)
    form = LookForm.from_request(request, initial={"looked_on": found.scheme.today()})
    if form.carry_out(operations.look_at_plan, found, by=request.user):
        return go(request, "plans:version", found.pk, says="It is kept as it is.")
    back = reverse("plans:version", args=[found.pk])
    intro = "Its words stay as they were signed. If something has to change, change the plan."
    title = "Gone through, nothing to change"
    return ask(request, found.stay, form, title=title, back=back, intro=intro)


@require_http_methods(["GET", "POST"])
def rank_goals(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Put the goals of a draft in the order of what matters most."""
    found = queries.plan_for(request.user, plan_id)
    form = RankForm.from_request(request, goals=list(in_own_order(found)))
    if form.carry_out(operations.rank_goals, found, by=request.user):
        return go(request, "plans:version", found.pk, says="The goals stand in that order.")
    back = reverse("plans:version", args=[found.pk])
    title = "What matters most?"
    return ask(request, found.stay, form, title=title, back=back, intro="1 comes first.")


@require_safe
def approaches(request: StaffRequest, scheme: str) -> HttpResponse:
    """How to be with everybody here, as they have agreed it: short cards for who is on shift."""
    here = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    cards = approaches_at(here, reader=request.user)
    shown = {
        "scheme": here,
        "words": here.pack.terms,
        "cards": paged_list(request, cards, size=10),
        "unread": sum(not card.has_read for card in cards),
    }
    return page(request, "plans/approaches.html", shown)


@require_POST
def read_card(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Say that one has read how somebody wants it done."""
    found: Plan = queries.plan_for(request.user, plan_id)
    operations.read_plan(found, by=request.user)
    return go(request, "plans:approaches", found.scheme.slug, says="You have read it.")
