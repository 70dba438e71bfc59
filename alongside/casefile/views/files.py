"""Somebody's file, the list of people, and the search over both."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.queries import readings_of
from alongside.audit.reading import DOCUMENT, opened
from alongside.casefile import queries
from alongside.casefile.doors import owed_now, quick_doors
from alongside.casefile.forms import ContactForm, DetailsForm
from alongside.casefile.people import SHOW, SORTS, people_at
from alongside.moments.search import search as search_moments
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.residents.operations import IDENTITY, add_contact, amend_resident
from alongside.rights.queries import emergencies_of, sealed_in
from alongside.rota.operations import contract_hours
from alongside.stays.header import person_page
from alongside.stays.looking import looks, paper_of
from alongside.stays.models import Stay
from alongside.stays.operations import correct_moved_in
from alongside.stays.queries import stay_for
from alongside.ui.addresses import address_about
from alongside.ui.pages import StaffRequest, go, page
from alongside.ui.paging import choices, paged

LINES = 20


@require_safe
def residents(request: StaffRequest, scheme: str) -> HttpResponse:
    """Everybody at a scheme, with the few facts one looks for in a list."""
    here = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    words, show = request.GET.get("q", ""), request.GET.get("show", "")
    people = paged(
        request,
        people_at(here, viewer=request.user, show=show, words=words),
        sorts=SORTS,
        size=50,
    )
    stages = here.pack.stages
    rows = [
        (stay, stages.get(stay.stage_key or ""), address_about("casefile:casefile", stay.pk))
        for stay in people
    ]
    offered = {value: says for value, says in SHOW.items() if value}
    context = {
        "scheme": here,
        "people": people,
        "rows": rows,
        "words": here.pack.terms,
        "q": words,
        "show": choices(request, "show", offered, everything=SHOW[""]),
        "takes_out": request.user.may(Action.READ_REPORTS, here),
    }
    return page(request, "casefile/residents.html", context, partial="people")


@require_safe
def casefile(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Everything about one person: what is next, what is owed, and all that happened."""
    stay = stay_for(request.user, stay_id)
    kind = request.GET.get("kind", "")
    words = request.GET.get("q", "").strip()
    lines = queries.timeline(stay, viewer=request.user, kind=kind, words=words)
    shown = queries.overview(stay, viewer=request.user)
    today = stay.scheme.today()
    context = {
        **person_page(stay, section="overview"),
        "page_title": "Overview",
        "q": words,
        "kind": kind,
        "overview": shown,
        "owed": [owed_now(duty, by=request.user, on=today) for duty in shown.duties],
        "today": today,
        "lines": paged(request, lines, size=LINES),
        "kinds": choices(request, "kind", queries.KINDS),
        "stays": shown.other_stays,
        "files": queries.other_files(stay, viewer=request.user),
        "doors": list(quick_doors(stay, request.user)),
    }
    return page(request, "casefile/casefile.html", context, partial="timeline")


@require_safe
def details(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Who somebody is, and whom to call."""
    stay = stay_for(request.user, stay_id)
    context = {
        **person_page(stay, section="details"),
        "page_title": "Details",
        "known": _known(stay),
        "contacts": queries.contacts_of(stay.resident),
        "sealed": sealed_in(stay, staff=request.user),
        "cannot_amend": amend_resident.refusal(stay.scheme, by=request.user),
        "cannot_correct": correct_moved_in.refusal(stay, by=request.user),
        "cannot_contract": contract_hours.refusal(stay, by=request.user),
    }
    return page(request, "casefile/details.html", context)


@require_http_methods(["GET", "POST"])
def amend_details(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Put right, or add to, who somebody is."""
    stay = stay_for(request.user, stay_id)
    asked = {name: getattr(stay.resident, name) for name in IDENTITY}
    form = DetailsForm.from_request(request, initial=asked)
    if form.carry_out(amend_resident, stay.scheme, by=request.user, resident=stay.resident):
        return go(request, "casefile:details", stay.pk, says="Details saved.")
    context = {**person_page(stay_for(request.user, stay_id), section="details"), "form": form}
    return page(request, "casefile/amend_details.html", {**context, "page_title": "Details"})


@require_http_methods(["GET", "POST"])
def new_contact(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Add somebody to call."""
    stay = stay_for(request.user, stay_id)
    form = ContactForm.from_request(request)
    if form.carry_out(add_contact, stay.scheme, by=request.user, resident=stay.resident):
        return go(request, "casefile:details", stay.pk, says="Contact added.")
    context = {**person_page(stay, section="details"), "form": form, "page_title": "Contact"}
    return page(request, "casefile/new_contact.html", context)


@require_safe
def who_looked(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Who opened somebody's file, and what of it."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_JOURNAL)
    shown = paged(request, readings_of(stay.resident_id), size=25)
    context = {
        **person_page(stay, section="who-looked"),
        "page_title": "Who looked",
        "readings": shown,
        "looks": list(looks(stay, shown, emergencies_of(stay.resident_id))),
    }
    return page(request, "casefile/who_looked.html", context)


@require_safe
def who_looked_paper(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The same list on paper, for the person to keep."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_JOURNAL)
    opened(stay, DOCUMENT, "who-looked")
    return HttpResponse(
        paper_of(stay, emergencies_of(stay.resident_id)),
        content_type="application/pdf",
        headers={"Content-Disposition": 'inline; filename="who-looked.pdf"'},
    )


@require_safe
def search(request: StaffRequest) -> HttpResponse:
    """People by name, and words in everything written about the people I work with."""
    words = request.GET.get("q", "").strip()
    found = search_moments(words, viewer=request.user).select_related("resident")
    context = {
        "q": words,
        "people": queries.everybody_named(words, viewer=request.user),
        "moments": paged(request, found, size=LINES, dear=True) if words else None,
    }
    return page(request, "casefile/search.html", context, partial="found")


def _known(stay: Stay) -> list[tuple[str, Any]]:
    resident = stay.resident
    rows = [
        ("Name on papers", resident.legal_name),
        ("Known as", resident.known_as),
        ("How to say it", resident.say_it_like),
        ("Pronouns", resident.pronouns),
        ("Gender", resident.gender),
        ("Born", resident.born_on or resident.born_words),
        ("Languages", resident.languages),
        ("Phone", resident.phone),
        ("E-mail", resident.email),
        ("National Insurance number", resident.national_number),
        ("Reference", resident.reference),
        ("Doctor", resident.doctor),
        ("Next of kin", resident.next_of_kin),
    ]
    return [(label, value) for label, value in rows if value]
