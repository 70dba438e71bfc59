"""One task of one person: its lines, its evidence, what was decided, what can be decided."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.kit.refusal import Refused
from alongside.practice.actions import Action
from alongside.stages import forms, operations, queries
from alongside.stages.views.sheet import person
from alongside.stays.forms import StayForm
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, page, refused


@dataclass(frozen=True, slots=True)
class Question:
    """One decision about a task: its words, its form, its operation."""

    title: str
    form: type[StayForm]
    act: Callable[..., object]
    intro: str = ""


QUESTIONS = {
    "not-applicable": Question(
        "Set task {} aside", forms.NotApplicableForm, operations.set_not_applicable,
        "It will neither block nor count. Agree this with them first.",
    ),
    "waive": Question("Waive task {}", forms.WaiverForm, operations.waive_task,
                      "You are its approver. It appears in the report of variations."),
    "substitute": Question("Replace task {}", forms.SubstituteForm, operations.substitute_task,
                           "You are its approver. It appears in the report of variations."),
    "apply": Question("Let task {} apply again", forms.ApplyForm, operations.apply_task),
    "lapse": Question("Task {} no longer holds", forms.LapseForm, operations.lapse_task,
                      "The stage does not change until that is decided."),
}  # fmt: skip


def task_for(stay: Stay, code: str) -> str:
    """The code, if the pack has such a task."""
    if not any(code in stage.tasks for stage in stay.scheme.pack.stages):
        raise Http404
    return code


@require_safe
def task(request: StaffRequest, stay_id: UUID, code: str) -> HttpResponse:
    """How a task stands, with everything offered for it and decided of it."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    standing = queries.task_of(stay, task_for(stay, code))
    restricted = request.user.may(Action.READ_RESTRICTED, stay)
    shown = {
        **person(stay, f"Task {code}"),
        "standing": standing,
        "decided": [(one, *queries.reason_of(one, restricted=restricted))
                    for one in reversed(standing.decisions)],
        "may_verify": request.user.may(Action.VERIFY_EVIDENCE, stay),
        "may_vary": request.user.may(Action.WAIVE_TASK, stay),
        "may_set_aside": request.user.may(Action.SET_APPLICABILITY, stay),
    }  # fmt: skip
    return page(request, "stages/task.html", shown)


@require_POST
def verify(request: StaffRequest, stay_id: UUID, code: str) -> HttpResponse:
    """Verify a task."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    try:
        operations.verify_task(stay, by=request.user, task=task_for(stay, code))
    except Refused as refusal:
        return refused(request, refusal)
    level = stay.scheme.pack.stage_of(code).key
    address = f"{reverse('stages:stage-sheet', args=[stay.pk])}?level={level}"
    return go(request, address, says=f"Task {code} is verified.")


@require_http_methods(["GET", "POST"])
def decide(request: StaffRequest, stay_id: UUID, code: str, what: str) -> HttpResponse:
    """Set a task aside, waive, replace, apply it again, or record that it lapsed."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    if (question := QUESTIONS.get(what)) is None:
        raise Http404
    form = question.form.from_request(request, stay=stay)
    shown = {
        **person(stay, question.title.format(task_for(stay, code))),
        "intro": question.intro,
        "back_url": reverse("stages:task", args=[stay.pk, code]),
    }
    act = partial(question.act, task=code)
    then = ("stages:task", stay.pk, code)
    return ask(request, form, act, stay, then=then, says="Recorded.",
               template="stays/ask.html", shown=shown)  # fmt: skip
