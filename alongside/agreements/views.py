"""Pages of agreements: a person's texts, one text, signing, breaches; and a scheme's texts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.agreements import operations, queries
from alongside.agreements.forms import (
    BreachForm,
    ExplainForm,
    GiveCopyForm,
    PublishForm,
    ResolveForm,
    TalkForm,
)
from alongside.agreements.printing import copy_of
from alongside.audit.reading import DOCUMENT, opened
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.signatures.forms import RefuseToSignForm, SignForm
from alongside.signatures.queries import signatures_by_record, signatures_on
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import go, page, refused
from alongside.ui.paging import paged_list

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.agreements.models import Explanation
    from alongside.agreements.texts import Text
    from alongside.organisation.models import Scheme
    from alongside.stays.models import Stay
    from alongside.ui.pages import StaffRequest

SECTION = "agreements"


@require_safe
def agreements(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Every text, how it stands for this person, and the standing it gives them."""
    stay = stay_for(request.user, stay_id)
    breaches = list(queries.breaches_of(stay))
    return _person(
        request,
        "agreements/agreements.html",
        stay,
        "Agreements",
        held=queries.agreements_of(stay),
        standings=queries.standings_of(stay),
        counts=queries.counts_by_clause(breaches, stay.scheme),
        unresolved=[breach for breach in breaches if breach.resolved_at is None],
        cannot_explain=operations.explain.refusal(stay, by=request.user),
        cannot_record_breach=operations.record_breach.refusal(stay, by=request.user),
    )


@require_safe
def agreement(request: StaffRequest, stay_id: UUID, key: str) -> HttpResponse:
    """One text in full, every time it was explained to this person, and what they said."""
    stay = stay_for(request.user, stay_id)
    text = _text(stay.scheme, key)
    told = list(queries.explanations_of(stay, key))
    marks = signatures_by_record(one.pk for one in told)
    return _person(
        request,
        "agreements/agreement.html",
        stay,
        text.says,
        text=text,
        told=[(one, marks.get(one.pk, [])) for one in told],
        drill=queries.last_drill(stay) if key == queries.FIRE else None,
        held=next(held for held in queries.agreements_of(stay) if held.text.key == key),
        cannot_explain=operations.explain.refusal(stay, by=request.user),
        cannot_answer=told and operations.sign_as_resident.refusal(told[0], by=request.user),
    )


@require_http_methods(["GET", "POST"])
def explain(request: StaffRequest, stay_id: UUID, key: str) -> HttpResponse:
    """Read it together, then record how it went; signing comes next."""
    stay = stay_for(request.user, stay_id)
    text = _text(stay.scheme, key)
    initial = {"language": stay.resident.languages}
    form = ExplainForm.from_request(
        request, pack=stay.pack, today=stay.scheme.today(), text=text, initial=initial
    )

    told = form.carry_out(operations.explain, stay, by=request.user, key=key)
    if told and text.is_signed:
        return go(request, "agreements:sign", told.pk)
    if told:
        return go(request, "agreements:agreements", stay.pk, says=f"{text.says} explained.")
    return _person(request, "agreements/explain.html", stay, text.says, text=text, form=form)


@require_http_methods(["GET", "POST"])
def sign(request: StaffRequest, explanation_id: UUID) -> HttpResponse:
    """The resident signs the words that were explained; then it is our turn."""
    told = queries.explanation_for(request.user, explanation_id)
    if request.method == "GET" and (
        no := operations.sign_as_resident.refusal(told, by=request.user)
    ):
        return refused(request, no)
    form = SignForm.from_request(request, says=told.stay.resident.name)
    if form.carry_out(operations.sign_as_resident, told, by=request.user):
        if _text(told.scheme, told.key).worker_signs:
            return go(request, "agreements:countersign", told.pk)
        return _signed(request, told)
    return _signing(request, told, form, handed=told.stay.resident.first_name)


@require_http_methods(["GET", "POST"])
def countersign(request: StaffRequest, explanation_id: UUID) -> HttpResponse:
    """Our own signature beside theirs."""
    told = queries.explanation_for(request.user, explanation_id)
    form = SignForm.from_request(request, says=request.user.name)
    if form.carry_out(operations.sign_as_worker, told, by=request.user):
        return _signed(request, told)
    return _signing(request, told, form, handed="")


@require_http_methods(["GET", "POST"])
def refuse(request: StaffRequest, explanation_id: UUID) -> HttpResponse:
    """They do not want to sign: why, who was there, and when we ask again."""
    told = queries.explanation_for(request.user, explanation_id)
    scheme = told.scheme
    form = RefuseToSignForm.from_request(request, pack=scheme.pack, today=scheme.today())
    if form.carry_out(operations.refuse, told, by=request.user):
        says = f"{told.says}: explained, refused. It stands on the list of what was refused."
        return go(request, "agreements:agreement", told.stay_id, told.key, says=says)
    return _person(request, "agreements/refuse.html", told.stay, told.says, told=told, form=form)


@require_http_methods(["GET", "POST"])
def give_copy(request: StaffRequest, explanation_id: UUID) -> HttpResponse:
    """Record that they were given a copy later on."""
    told = queries.explanation_for(request.user, explanation_id)
    form = GiveCopyForm.from_request(request, initial={"given_on": told.scheme.today()})
    if form.carry_out(operations.give_copy, told, by=request.user):
        return go(request, "agreements:agreement", told.stay_id, told.key, says="Copy given.")
    return _person(request, "agreements/give_copy.html", told.stay, told.says, told=told, form=form)


@require_safe
def copy(request: StaffRequest, explanation_id: UUID) -> HttpResponse:
    """The person's own copy as PDF, with the signatures; `?large` for large print."""
    told = queries.explanation_for(request.user, explanation_id)
    opened(told.stay, DOCUMENT, told.pk)
    made = copy_of(told, list(signatures_on(told)), large="large" in request.GET)
    name = f"{told.key}-{told.explained_on.isoformat()}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}"'},
    )


@require_safe
def breaches(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What was not kept, clause by clause, and what came of it."""
    stay = stay_for(request.user, stay_id)
    found = list(queries.breaches_of(stay))
    return _person(
        request,
        "agreements/breaches.html",
        stay,
        "Breaches",
        breaches=found,
        counts=queries.counts_by_clause(found, stay.scheme),
        cannot_record=operations.record_breach.refusal(stay, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def record_breach(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Record which clause was not kept."""
    stay = stay_for(request.user, stay_id)
    texts = [held.text for held in queries.agreements_of(stay)]
    form = BreachForm.from_request(request, texts=texts, today=stay.scheme.today())
    if form.carry_out(operations.record_breach, stay, by=request.user):
        return go(request, "agreements:breaches", stay.pk, says="Recorded.")
    return _person(request, "agreements/record_breach.html", stay, "Record a breach", form=form)


@require_http_methods(["GET", "POST"])
def breach(request: StaffRequest, stay_id: UUID, breach_id: UUID) -> HttpResponse:
    """One breach: the talk about it, then how it was resolved."""
    found = queries.breach_for(request.user, breach_id)
    if found.stay_id != stay_id:
        raise Http404
    talk = found.talked_on is None and request.POST.get("step") != "resolve"
    kind, act = (
        (TalkForm, operations.talk_about_breach)
        if talk
        else (ResolveForm, operations.resolve_breach)
    )
    form = kind.from_request(request)
    if form.carry_out(act, found, by=request.user):
        return go(request, "agreements:breach", stay_id, breach_id, says="Recorded.")
    return _person(
        request,
        "agreements/breach.html",
        found.stay,
        "Breach",
        breach=found,
        form=form,
        talk=talk,
        mistake_form=ResolveForm(initial={"outcome": "mistake"}) if talk else None,
        cannot=act.refusal(found, by=request.user),
    )


@require_safe
def scheme_agreements(request: StaffRequest, scheme: str) -> HttpResponse:
    """The texts of a scheme, who refused, who waits for what, and what repeats."""
    found = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    shown = queries.agreements_at(found)
    return page(
        request,
        "agreements/scheme_agreements.html",
        {
            "scheme": found,
            "words": found.pack.terms,
            "all": shown,
            "waiting": paged_list(request, shown.waiting_by_person, size=15),
            "cannot_publish": operations.publish_text.refusal(found, by=request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def publish(request: StaffRequest, scheme: str, key: str) -> HttpResponse:
    """Put a newer version of a text in force."""
    found = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    text = _text(found, key)
    if request.method == "GET" and (no := operations.publish_text.refusal(found, by=request.user)):
        return refused(request, no, status=403)
    form = PublishForm.from_request(request, text=text)

    if form.carry_out(operations.publish_text, found, by=request.user, key=key):
        says = f"{text.says}: the new version is in force. Everybody here is owed it now."
        return go(request, "agreements:scheme-agreements", found.slug, says=says)
    shown = {"scheme": found, "words": found.pack.terms, "text": text, "form": form}
    return page(request, "agreements/publish.html", shown)


def _person(
    request: StaffRequest, template: str, stay: Stay, title: str, **shown: Any
) -> HttpResponse:
    return page(
        request, template, {**person_page(stay, section=SECTION), "page_title": title, **shown}
    )


def _signing(
    request: StaffRequest, told: Explanation, form: SignForm, *, handed: str
) -> HttpResponse:
    return _person(
        request, "agreements/sign.html", told.stay, told.says, told=told, form=form, handed=handed
    )


def _signed(request: StaffRequest, told: Explanation) -> HttpResponse:
    return go(
        request, "agreements:agreement", told.stay_id, told.key, says=f"{told.says} is signed."
    )


def _text(scheme: Scheme, key: str) -> Text:
    if found := queries.text_for(scheme, key):
        return found
    raise Http404
