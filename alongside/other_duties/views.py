"""What colleagues ask of each other here: the list, one of them, and what is written about it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.conversations.queries import words_to_go_on_with
from alongside.organisation.queries import scheme_for
from alongside.other_duties import forms, operations, queries
from alongside.other_duties.models import OtherDuty
from alongside.practice.actions import Action
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import choices, paged, with_

GIVES = Action.GIVE_OTHER_DUTY


@require_safe
def here(request: StaffRequest, scheme: str) -> HttpResponse:
    """What I was asked to do, what I asked for, and, for those who give such, everything."""
    at = scheme_for(request.user, scheme)
    gives = request.user.may(GIVES, at)
    asked, settled = request.GET.get("whose", ""), request.GET.get("show") == "settled"
    offered = {queries.BY_ME: "Asked by me", **({"all": "Everybody’s"} if gives else {})}
    whose = asked if asked in offered else queries.TO_ME
    narrowed = forms.NarrowForm(request.GET, scheme=at).narrowed if whose == "all" else None
    shown = {
        "page_title": "Other duties",
        "at": at,
        "gives": gives,
        "settled": settled,
        "whose": choices(request, "whose", offered, everything="Asked of me"),
        "show": choices(request, "show", {"settled": "Settled"}, everything="Open"),
        "narrowed": narrowed,
        "everybody": with_(request.GET, who=None, late=None, first=None, last=None, page=None),
        "askings": paged(
            request,
            queries.here(request.user, at, whose=whose, settled=settled, narrowed=narrowed),
            size=20,
        ),
        "today": at.today(),
    }
    return page(request, "other_duties/here.html", shown)


@require_http_methods(["GET", "POST"])
def give(request: StaffRequest, scheme: str) -> HttpResponse:
    """Ask a colleague for something."""
    at = scheme_for(request.user, scheme, needs=GIVES)
    form = forms.GiveForm.from_request(
        request, scheme=at, people=queries.people_here(request.user, at),
        initial={
            "to": request.GET.get("to", ""),
            "why": words_to_go_on_with(request.user, request.GET.get("message", "")),
        },
    )  # fmt: skip
    return ask(
        request, form, operations.give_other_duty, at, then=("other_duties:here", at.slug),
        says="It stands on their list.", template="other_duties/ask.html",
        shown={
            "page_title": "Ask a colleague for something", "button": "Ask",
            "back_url": reverse("other_duties:here", args=[at.slug]),
        },
    )  # fmt: skip


@require_safe
def one(request: StaffRequest, other_duty_id: UUID) -> HttpResponse:
    """One of them: what is asked, of whom, by when, and what came of it."""
    found = queries.other_duty_for(request.user, other_duty_id)
    asked, *earlier = queries.askings_of(found)
    answers = queries.answers_of(found)
    duty = queries.duty_of(found)
    mine = request.user in {asked.to, duty.owed_by if duty else None}
    done = [each for each in answers if each.withdrawn_at is None and each.outcome in DONE]
    settled = bool(found.taken_back_at or done)
    gives = request.user.may(GIVES, found)
    shown = {
        "page_title": asked.what,
        "other_duty": found,
        "asked": asked,
        "earlier": earlier,
        "answers": answers,
        "duty": duty,
        "may_answer": mine and not settled,
        "may_change": gives and not settled,
        "may_reopen": bool(done) and (gives or done[0].said_by_id == request.user.pk),
        "settled": settled,
        "today": found.scheme.today(),
    }
    return page(request, "other_duties/one.html", shown)


DONE = operations.DONE


@require_http_methods(["GET", "POST"])
def answer(request: StaffRequest, other_duty_id: UUID) -> HttpResponse:
    """Say that it is done, or whether one attended."""
    found = queries.other_duty_for(request.user, other_duty_id)
    form = forms.AnswerForm.from_request(
        request, other_duty=found, initial={"on": found.scheme.today()}
    )
    return _about(request, form, operations.answer_other_duty, found,
                  title="How did it go?", says="It is written down.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def change(request: StaffRequest, other_duty_id: UUID) -> HttpResponse:
    """Put it right, move its day, or give it to somebody else."""
    found = queries.other_duty_for(request.user, other_duty_id)
    asked = queries.askings_of(found)[0]
    initial = {"to": asked.to_id, "what": asked.what, "why": asked.why, "due_on": asked.due_on}
    form = forms.ChangeForm.from_request(request, scheme=found.scheme, initial=initial)
    return _about(request, form, operations.change_other_duty, found,
                  title="Change it, or ask somebody else", says="It is changed.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def take_back(request: StaffRequest, other_duty_id: UUID) -> HttpResponse:
    """Take it back."""
    found = queries.other_duty_for(request.user, other_duty_id)
    return _about(request, forms.BecauseForm.from_request(request),
                  operations.take_back_other_duty, found,
                  title="Take it back", says="It is taken back.")  # fmt: skip


@require_http_methods(["GET", "POST"])
def reopen(request: StaffRequest, other_duty_id: UUID) -> HttpResponse:
    """Say that it is not done after all."""
    found = queries.other_duty_for(request.user, other_duty_id)
    return _about(request, forms.BecauseForm.from_request(request), operations.reopen_other_duty,
                  found, title="Not done after all", says="It is owed again.")  # fmt: skip


def _about(
    request: StaffRequest, form: OperationForm, act: Any, found: OtherDuty, *, title: str, says: str
) -> HttpResponse:
    asked = queries.askings_of(found)[0]
    shown = {
        "page_title": title,
        "intro": f"{asked.what} ({asked.to.name}, by {asked.due_on:%-d %B %Y})",
        "button": "Save",
        "back_url": reverse("other_duties:one", args=[found.pk]),
    }
    return ask(request, form, act, found, then=("other_duties:one", found.pk), says=says,
               template="other_duties/ask.html", shown=shown)  # fmt: skip
