"""Workshops of a scheme with their register, and what a person takes part in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.organisation.models import Scheme
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.stays.forms import StayForm
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.workshops import forms, models, operations, queries


@dataclass(frozen=True, slots=True)
class Question:
    """One form about a person: its words, its operation, what it hangs on (None: the stay)."""

    title: str
    form: type[StayForm]
    act: Callable[..., object]
    of: Any = None


QUESTIONS = {
    "activity": Question("Add an activity", forms.ActivityForm, operations.record_activity),
    "volunteering": Question(
        "Add volunteering", forms.VolunteeringForm, operations.record_volunteering
    ),
    "course": Question("Add a course", forms.CourseForm, operations.record_course),
    "complete-course": Question(
        "Course completed", forms.CompleteCourseForm, operations.complete_course, models.Course
    ),
    "role": Question("Give a role in the house", forms.HouseRoleForm, operations.begin_house_role),
    "end-role": Question(
        "End this role", forms.EndRoleForm, operations.end_house_role, models.HouseRole
    ),
    "contact": Question("Add to their network", forms.ContactForm, operations.add_contact),
    "confirm-contact": Question(
        "They are in touch",
        forms.ConfirmContactForm,
        operations.confirm_contact,
        models.NetworkContact,
    ),
    "end-contact": Question(
        "No longer in touch", forms.EndContactForm, operations.end_contact, models.NetworkContact
    ),
    "part": Question("Record taking part", forms.PartTakenForm, operations.record_part_taken),
}


@require_safe
def taking_part(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """A person's workshops, activities, volunteering, courses and roles in the house."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    shown = {
        **person_page(stay, section="taking-part"),
        "page_title": "Taking part",
        "house_duties": stay.scheme.pack.has("house_duties"),
        "share": queries.share_of(stay),
        "part": queries.part_of(stay),
        "may_record": request.user.may(Action.KEEP_REGISTER, stay),
    }
    return page(request, "workshops/taking_part.html", shown)


@require_http_methods(["GET", "POST"])
def record(request: StaffRequest, stay_id: UUID, what: str) -> HttpResponse:
    """Add something a person took part in."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    return _ask(request, stay, stay, _question(what, hangs=False))


@require_http_methods(["GET", "POST"])
def follow_up(request: StaffRequest, what: str, pk: UUID) -> HttpResponse:
    """Complete a course, end a role."""
    question = _question(what, hangs=True)
    subject = queries.part_record(request.user, question.of, pk)
    return _ask(request, stay_for(request.user, subject.stay.pk), subject, question)


@require_safe
def workshops(request: StaffRequest, scheme: str) -> HttpResponse:
    """The workshops of a scheme, latest first."""
    house = _house(request, scheme)
    shown = {"at": house, "workshops": queries.workshops_at(house),
             "programmes": queries.programmes_at(house)}  # fmt: skip
    return page(request, "workshops/workshops.html", shown)


@require_http_methods(["GET", "POST"])
def begin_programme(request: StaffRequest, scheme: str) -> HttpResponse:
    """Begin a programme."""
    house = _house(request, scheme)
    form = forms.ProgrammeForm.from_request(request)
    return _ask_house(
        request, house, form, operations.begin_programme, house, title="Begin a programme"
    )


@require_http_methods(["GET", "POST"])
def plan_workshop(request: StaffRequest, scheme: str) -> HttpResponse:
    """Plan a workshop."""
    house = _house(request, scheme)
    form = forms.WorkshopForm.from_request(request, programmes=queries.programmes_at(house))
    subject = form.chosen() if request.method == "POST" else None
    return _ask_house(
        request, house, form, operations.plan_workshop, subject, title="Plan a workshop"
    )


@require_http_methods(["GET", "POST"])
def cancel_workshop(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Cancel a workshop."""
    workshop = _workshop(request, pk)
    form = forms.CancelWorkshopForm.from_request(request)
    title = f"Cancel “{workshop.title}”"
    return _ask_house(
        request, workshop.scheme, form, operations.cancel_workshop, workshop, title=title
    )


@require_http_methods(["GET", "POST"])
def register(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Keep the register of a workshop."""
    workshop = _workshop(request, pk)
    form = forms.RegisterForm.from_request(request, register=queries.register_of(workshop))
    title = f"Register: {workshop.title}, {workshop.held_on:%-d %B %Y}"
    return _ask_house(
        request, workshop.scheme, form, operations.keep_register, workshop, title=title
    )


def _workshop(request: StaffRequest, pk: UUID) -> models.Workshop:
    workshop = queries.workshop_for(request.user, pk)
    if not request.user.may(Action.KEEP_REGISTER, workshop):
        raise PermissionDenied
    return workshop


def _house(request: StaffRequest, slug: str) -> Scheme:
    house = scheme_for(request.user, slug)
    if not request.user.may(Action.KEEP_REGISTER, house):
        raise PermissionDenied
    return house


def _question(what: str, *, hangs: bool) -> Question:
    found = QUESTIONS.get(what)
    if found is None or bool(found.of) is not hangs:
        raise Http404
    return found


def _ask(request: StaffRequest, stay: Stay, subject: Any, question: Question) -> HttpResponse:
    form = question.form.from_request(request, stay=stay)
    shown = {
        **person_page(stay, section="taking-part"),
        "page_title": question.title,
        "back_url": reverse("workshops:taking-part", args=[stay.pk]),
    }
    then = ("workshops:taking-part", stay.pk)
    return ask(
        request, form, question.act, subject,
        then=then, says="Recorded.", template="stays/ask.html", shown=shown,
    )  # fmt: skip


def _ask_house(
    request: StaffRequest, house: Scheme, form: Any, act: Any, subject: Any, *, title: str
) -> HttpResponse:
    back = reverse("workshops:workshops", args=[house.slug])
    shown = {"at": house, "page_title": title, "back_url": back}
    then = ("workshops:workshops", house.slug)
    return ask(
        request, form, act, subject,
        then=then, says="Recorded.", template="workshops/ask.html", shown=shown,
    )  # fmt: skip
