"""One form on one page, for everything that is added to a file about moving on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from alongside.moving_on import models, operations
from alongside.moving_on.forms import housing, leaving, planning
from alongside.moving_on.queries.housing import evidence_for
from alongside.moving_on.queries.planning import of_a_stay
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.practice.parts import switched_off
from alongside.stays.forms import StayForm
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask

SECTION = "moving-on"


def departure_for(staff: Staff, pk: UUID) -> models.Departure:
    """That departure, where this person reads files."""
    return of_a_stay(staff, models.Departure, pk)


def of(model: Any) -> Callable[[Staff, UUID], Any]:
    """Who finds a record of that kind."""
    return lambda staff, pk: of_a_stay(staff, model, pk)


@dataclass(frozen=True, slots=True)
class Question:
    """One form: its words, its operation, the page it belongs to, and who finds its record.

    `finds` is None when it hangs on the stay itself.
    """

    title: str
    form: type[StayForm]
    act: Callable[..., object]
    page: str
    finds: Callable[[Staff, UUID], Any] | None = None
    intro: str = ""
    button: str = "Save"
    grave: bool = False


PLAN, HOUSING, HOME = "moving-on", "housing", "new-home"
QUESTIONS = {
    "plan": Question("The plan for moving on", planning.PlanForm, operations.write_plan, PLAN),
    "target": Question(
        "Set another day", planning.TargetForm, operations.set_target, PLAN,
        intro="Staying longer is nobody’s fault. Say why, so that we can see what holds people up.",
    ),
    "barrier": Question("Add a barrier", planning.BarrierForm, operations.name_barrier, PLAN),
    "step": Question("Agree a step", planning.TaskForm, operations.add_task, PLAN),
    "application": Question(
        "Record an application", housing.ApplicationForm, operations.apply_for_home, HOUSING
    ),
    "viewing": Question("Plan a viewing", housing.ViewingForm, operations.plan_viewing, HOUSING),
    "offer": Question("Record an offer", housing.OfferForm, operations.record_offer, HOUSING),
    "search": Question(
        "Record where you looked", housing.SearchForm, operations.record_search, HOUSING
    ),
    "home-step": Question(
        "Add something to arrange", planning.HomeStepForm, operations.plan_home_step, HOME
    ),
    "issue": Question("Share something", planning.IssueForm, operations.raise_issue, HOME),
    "move": Question(
        "Set the day of the move", leaving.MoveForm, operations.set_move, HOME,
        intro="The bed is shown as free from the day they leave. The stay itself ends when you "
        "record that they have moved on.",
    ),
    "departure": Question(
        "They left unplanned", leaving.DepartureForm, operations.record_departure, HOME,
        intro="This ends the stay.", button="End the stay", grave=True,
    ),
    "confirm": Question(
        "Clear and achievable", planning.ConfirmForm, operations.confirm_plan, PLAN,
        of(models.MoveOnPlan), button="Confirm the plan",
    ),
    "close-barrier": Question(
        "The barrier is out of the way", planning.CloseBarrierForm, operations.close_barrier, PLAN,
        of(models.Barrier),
    ),
    "rating": Question(
        "Record the rating", housing.RatingForm, operations.rate_application, HOUSING,
        of(models.Application),
    ),
    "evidence": Question(
        "Add a missing paper", housing.EvidenceForm, operations.ask_for_evidence, HOUSING,
        of(models.Application),
    ),
    "result": Question(
        "What came of it", housing.EndApplicationForm, operations.end_application, HOUSING,
        of(models.Application),
    ),
    "sent": Question(
        "The paper was sent", housing.SentForm, operations.send_evidence, HOUSING, evidence_for
    ),
    "coach": Question(
        "Talked through beforehand", housing.CoachForm, operations.coach_for_viewing, HOUSING,
        of(models.Viewing),
    ),
    "viewed": Question(
        "How the viewing went", housing.ViewingResultForm, operations.record_viewing, HOUSING,
        of(models.Viewing),
    ),
    "answer": Question(
        "The answer to the offer", housing.AnswerForm, operations.answer_offer, HOUSING,
        of(models.Offer),
    ),
    "arranged": Question(
        "It is arranged", planning.DoHomeStepForm, operations.do_home_step, HOME,
        of(models.HomeStep),
    ),
    "comment": Question(
        "Add a comment", planning.CommentForm, operations.comment_on_issue, HOME, of(models.Issue)
    ),
    "settled": Question(
        "It is settled", planning.SettleIssueForm, operations.settle_issue, HOME, of(models.Issue)
    ),
    "fell-through": Question(
        "The move fell through", leaving.FellThroughForm, operations.move_fell_through, HOME,
        of(models.Move), intro="They keep their bed.",
    ),
    "given": Question(
        "The paper was given", leaving.GivenForm, operations.give_document, HOME,
        of(models.HandoverDocument),
    ),
    "risk": Question(
        "Somebody was told of a risk", leaving.RiskForm, operations.tell_of_risk, HOME,
        departure_for,
    ),
}  # fmt: skip


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, stay_id: UUID, what: str) -> HttpResponse:
    """Add something of its own to a file."""
    stay = stay_for(request.user, stay_id, needs=Action.PLAN_MOVE_ON)
    question = QUESTIONS.get(what)
    if question is None or question.finds:
        raise Http404
    return _ask(request, stay, stay, question)


@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, what: str, pk: UUID) -> HttpResponse:
    """Say what became of something on a file."""
    question = QUESTIONS.get(what)
    if question is None or question.finds is None:
        raise Http404
    subject = question.finds(request.user, pk)
    stay = stay_for(request.user, subject.stay.pk, needs=Action.PLAN_MOVE_ON)
    if switched_off("moving_on", stay.scheme.pack):
        raise Http404
    return _ask(request, stay, subject, question)


def _ask(request: StaffRequest, stay: Stay, subject: Any, question: Question) -> HttpResponse:
    form = question.form.from_request(request, stay=stay)
    page = f"moving_on:{question.page}"
    shown = {
        **person_page(stay, section=SECTION),
        "page_title": question.title,
        "back_url": reverse(page, args=[stay.pk]),
        "intro": question.intro,
        "button": question.button,
        "grave": question.grave,
    }
    return ask(
        request, form, question.act, subject,
        then=(page, stay.pk), says="Recorded.", template="stays/ask.html", shown=shown,
    )  # fmt: skip
