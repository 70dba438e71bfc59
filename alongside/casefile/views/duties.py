"""What is owed: everything about one person, and one duty about anything, with the reasons."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.casefile.doors import owed_now
from alongside.casefile.forms import ExcuseForm, MissReasonForm, MovedInForm
from alongside.duties.explanation import (
    closes_says,
    explain_one,
    is_unled,
    owner_says,
    word_gone,
)
from alongside.duties.models import Duty, State
from alongside.duties.operations import excuse, explain_miss, reasons_for
from alongside.duties.queries import (
    duties_of,
    duty_for,
    excuse_among,
    excuse_of,
    excuses_of,
    miss_reason_of,
    moved_dates_about,
    moved_dates_of,
)
from alongside.practice.actions import Action
from alongside.schemes.queries import decided_about
from alongside.stays.header import person_page
from alongside.stays.operations import correct_moved_in
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import paged


@require_safe
def duties(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Everything that was ever owed to one person, and what came of it, with the reason why."""
    stay = stay_for(request.user, stay_id)
    shown = paged(request, duties_of(stay), size=15)
    excused, today = excuses_of(stay), stay.scheme.today()
    pack = stay.pack
    context = {
        **person_page(stay, section="duties"),
        "page_title": "What is owed",
        "duties": shown,
        "rows": [
            (
                duty,
                owner_says(duty, pack),
                closes_says(duty, pack),
                excuse_among(excused, duty),
                duty.step(today),
            )
            for duty in shown
        ],
        "moved": moved_dates_about(stay),
        "today": today,
    }
    return page(request, "casefile/duties.html", context)


@require_safe
def duty(request: StaffRequest, duty_id: UUID) -> HttpResponse:
    """One duty about anything: the rule, the facts, the arithmetic, who is told, what closes it."""
    owed = duty_for(request.user, duty_id)
    today = owed.scheme.today()
    shown = {
        **_about(owed),
        "page_title": owed.says,
        "explained": explain_one(owed),
        "gone": word_gone(owed),
        "decided": decided_about(owed),
        "step": owed.step(today),
        "owed": owed_now(owed, by=request.user, on=today),
        "excused": excuse_of(owed) if owed.state == State.EXCUSED else None,
        "reason": miss_reason_of(owed) if owed.state == State.MISSED else None,
        "moved": moved_dates_of(owed),
        "may_excuse": owed.met_on is None and not excuse.refusal(owed, by=request.user),
        "may_explain": not explain_miss.refusal(owed, by=request.user),
        "may_name": is_unled(owed) and request.user.may(Action.MANAGE_STAFF, owed.scheme),
        "today": today,
    }
    return page(request, "casefile/duty.html", shown)


@require_http_methods(["GET", "POST"])
def excuse_duty(request: StaffRequest, duty_id: UUID) -> HttpResponse:
    """Excuse a duty, with the reason."""
    owed = duty_for(request.user, duty_id)
    form = ExcuseForm.from_request(request)
    return _ask(request, owed, form, excuse, title=f"Excuse: {owed.says}", button="Excuse it")


@require_http_methods(["GET", "POST"])
def why_missed(request: StaffRequest, duty_id: UUID) -> HttpResponse:
    """Say why a week or month was missed."""
    owed = duty_for(request.user, duty_id)
    form = MissReasonForm.from_request(request, reasons=reasons_for(owed))
    return _ask(request, owed, form, explain_miss, title=f"Why missed: {owed.says}", button="Save")


@require_http_methods(["GET", "POST"])
def correct_date(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Put right the day somebody moved in; what is owed moves with it."""
    stay = stay_for(request.user, stay_id)
    form = MovedInForm.from_request(request, initial={"moved_in_on": stay.moved_in_on})
    shown = {
        **person_page(stay, section="details"),
        "page_title": "The day they moved in",
        "intro": "What is owed and still open moves with it. What was done or missed stays.",
        "back_url": reverse("casefile:details", args=[stay.pk]),
    }
    return ask(
        request, form, correct_moved_in, stay,
        then=("casefile:duties", stay.pk), says="The day is put right.",
        template="stays/ask.html", shown=shown,
    )  # fmt: skip


def _ask(
    request: StaffRequest, owed: Duty, form: Any, act: Any, *, title: str, button: str
) -> HttpResponse:
    shown = {**_about(owed), "page_title": title, "button": button}
    return ask(
        request, form, act, owed,
        then=("casefile:duty", owed.pk), says="Written down.",
        template="casefile/ask_of_duty.html", shown=shown,
    )  # fmt: skip


def _about(owed: Duty) -> dict[str, Any]:
    """Whose file the page stands in; a duty about no stay has a page of its own."""
    if owed.stay is None:
        return {"duty": owed, "layout": "casefile/of_the_house.html", "scheme": owed.scheme}
    return {**person_page(owed.stay, section="duties"), "duty": owed, "layout": "stays/person.html"}
