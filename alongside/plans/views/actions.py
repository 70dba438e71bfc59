"""Writing actions, and telling what came of them."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from alongside.allocations.queries import holder
from alongside.kit.refusal import Refused
from alongside.plans import operations, queries
from alongside.plans.forms.actions import (
    ActionForm,
    AnswerForm,
    OutcomeForm,
    ReportForm,
    StopForm,
    VerifyForm,
    WriteActionForm,
    held_in,
)
from alongside.plans.views.asking import ask
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, go, refused

# What can be told of an action: the form, the operation, and the words of its page.
TELLING: dict[str, tuple[Any, Any, str, str]] = {
    "answer": (AnswerForm, operations.answer_proposal, "What is their answer?", "Save the answer"),
    "report": (ReportForm, operations.report_action, "Report it as done", "Report it"),
    "verify": (VerifyForm, operations.verify_action, "What came of it?", "Save"),
    "stop": (StopForm, operations.stop_action, "No longer wanted", "Let it go"),
    "outcome": (OutcomeForm, operations.reach_outcome, "The outcome was reached", "Save"),
}


@require_http_methods(["GET", "POST"])
def tell(request: StaffRequest, action_id: UUID, what: str) -> HttpResponse:
    """Tell what came of an action: answer, report, verify, stop, outcome."""
    action = queries.action_for(request.user, action_id)
    if what not in TELLING:
        raise Http404
    form_of, act, title, button = TELLING[what]
    form = form_of.from_request(request)
    if form.carry_out(act, action, by=request.user):
        return go(request, "plans:plan", action.stay_id, says="Saved.")
    back = reverse("plans:plan", args=[action.stay_id])
    said = f"{action.text} ({action.when})" if action.when else action.text
    return ask(request, action.stay, form, title=title, button=button, back=back, intro=said)


@require_POST
def start(request: StaffRequest, action_id: UUID) -> HttpResponse:
    """Say that they have begun."""
    action = queries.action_for(request.user, action_id)
    try:
        operations.start_action(action, by=request.user)
    except Refused as no:
        return refused(request, no)
    return go(request, "plans:plan", action.stay_id, says="It is noted that they have begun.")


@require_http_methods(["GET", "POST"])
def propose(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Write down an action for somebody, outside a version that is being written."""
    stay = stay_for(request.user, stay_id)
    initial = {"task": request.GET.get("task", ""), "staff": holder(stay)}
    form = WriteActionForm.from_request(request, scheme=stay.scheme, initial=initial)
    back = reverse("plans:plan", args=[stay.pk])
    draft = queries.unsettled_plan(stay)
    if draft and not draft.is_sealed():
        made = form.carry_out(operations.write_action, draft, by=request.user)
    else:
        made = form.carry_out(operations.add_action, stay, by=request.user)
    if made:
        return go(request, "plans:plan", stay.pk, says="The action is written down.")
    return ask(request, stay, form, title="Write down an action", back=back)


@require_http_methods(["GET", "POST"])
def write_action(request: StaffRequest, plan_id: UUID) -> HttpResponse:
    """Write an action into a draft, under the goal that `?goal=` names."""
    plan = queries.plan_for(request.user, plan_id)
    goal_id = request.GET.get("goal", "")
    goal = next((goal for goal in plan.goals.all() if str(goal.pk) == goal_id), None)
    initial: dict[str, Any] = {"staff": holder(plan.stay)}
    if goal:
        initial |= {"need": goal.need, "outcome": goal.outcome}
    form = WriteActionForm.from_request(request, scheme=plan.scheme, initial=initial)
    if form.carry_out(operations.write_action, plan, by=request.user, goal=goal):
        return go(request, "plans:version", plan.pk, says="The action is in the plan.")
    back = reverse("plans:version", args=[plan.pk])
    intro = f"For the goal: {goal.words}" if goal else ""
    return ask(request, plan.stay, form, title="Write an action", back=back, intro=intro)


@require_http_methods(["GET", "POST"])
def rewrite_action(request: StaffRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """Put an action of a draft into other words."""
    plan = queries.plan_for(request.user, plan_id)
    action = queries.action_beside(plan, request.user, action_id)
    form = ActionForm.from_request(request, scheme=plan.scheme, initial=held_in(action))
    if form.carry_out(operations.rewrite_action, plan, by=request.user, action=action):
        return go(request, "plans:version", plan.pk, says="The action is saved.")
    back = reverse("plans:version", args=[plan.pk])
    return ask(request, plan.stay, form, title="Change an action", back=back)


@require_POST
def take_out_action(request: StaffRequest, plan_id: UUID, action_id: UUID) -> HttpResponse:
    """Take an action out of a draft."""
    plan = queries.plan_for(request.user, plan_id)
    action = queries.action_beside(plan, request.user, action_id)
    try:
        operations.take_out_action(plan, by=request.user, action=action)
    except Refused as no:
        return refused(request, no)
    return go(request, "plans:version", plan.pk, says="The action is out of this version.")
