"""Pages of moving in, of the induction, and of moving on."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.admissions import operations, queries
from alongside.admissions.forms import (
    AbandonForm,
    ArrivalForm,
    BeginForm,
    BeginFromReferralForm,
    ContactsForm,
    FinishForm,
    HoldInductionForm,
    KeyWorkerForm,
    MoveOnForm,
    PlanInductionForm,
    RefuseInductionForm,
    TextsForm,
)
from alongside.admissions.steps import CONTACT, FULL, MINIMUM, NAME, steps_of
from alongside.agreements.texts import texts_in_force
from alongside.allocations.matching import may_hold
from alongside.organisation.queries import scheme_for, staff_at
from alongside.practice.actions import Action
from alongside.referrals.queries import free_beds, referral_for
from alongside.sheets.forms import sheet_form
from alongside.sheets.reading import parts_of
from alongside.signatures.forms import SignForm
from alongside.signatures.queries import signatures_on
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import go, page

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.admissions.models import Admission
    from alongside.stays.models import Stay
    from alongside.ui.forms import OperationForm
    from alongside.ui.pages import StaffRequest

SECTION = "induction"


@require_safe
def arrivals(request: StaffRequest, scheme: str) -> HttpResponse:
    """Who is coming, and what is unfinished about those who came."""
    found = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    return page(
        request,
        "admissions/arrivals.html",
        {
            "scheme": found,
            "words": found.pack.terms,
            "arrivals": queries.arrivals_at(found),
            "cannot_admit": operations.begin_admission.refusal(found, by=request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def begin(request: StaffRequest, scheme: str) -> HttpResponse:
    """Admit somebody directly, by name."""
    found = scheme_for(request.user, scheme, needs=Action.READ_FILE)
    form = BeginForm.from_request(request)
    if made := form.carry_out(operations.begin_admission, found, by=request.user):
        return go(request, "admissions:admission", made.pk)
    shown = {"scheme": found, "words": found.pack.terms, "form": form}
    return page(request, "admissions/begin.html", shown)


@require_http_methods(["GET", "POST"])
def begin_from_referral(request: StaffRequest, referral_id: UUID) -> HttpResponse:
    """Admit somebody whose referral was accepted."""
    referral = referral_for(request.user, referral_id)
    if begun := queries.begun_from(referral):
        return go(request, "admissions:admission", begun.pk)
    form = BeginFromReferralForm.from_request(request)
    scheme = referral.scheme
    if made := form.carry_out(
        operations.begin_admission, scheme, by=request.user, referral=referral
    ):
        return go(request, "admissions:admission", made.pk)
    shown = {"scheme": scheme, "words": scheme.pack.terms, "form": form, "referral": referral}
    return page(request, "admissions/begin.html", shown)


@require_http_methods(["GET", "POST"])
def admission(request: StaffRequest, admission_id: UUID) -> HttpResponse:
    """The steps of one admission, what is missing, and the way to finish it."""
    found = queries.admission_for(request.user, admission_id)
    form = FinishForm.from_request(request)
    tonight = "tonight" in request.POST
    act = operations.give_bed_tonight if tonight else operations.finish_admission
    done = form.carry_out(act, found, by=request.user)
    if done and tonight:
        says = f"{found.resident} has a bed. The rest is owed in the morning."
        return go(request, "admissions:admission", found.pk, says=says)
    if done and done.stay:
        says = f"{found.resident} has moved in. Next: the induction."
        return go(request, "admissions:induction", done.stay.pk, says=says)
    steps = steps_of(found)
    return page(
        request,
        "admissions/admission.html",
        {
            **_about(found),
            "steps": steps,
            "form": form,
            "ready": all(step.is_done for step in steps),
            "ready_tonight": all(step.is_done for step in steps if step.tonight),
            "cannot": operations.finish_admission.refusal(found, by=request.user),
        },
    )


@require_http_methods(["GET", "POST"])
def step(request: StaffRequest, admission_id: UUID, key: str) -> HttpResponse:
    """One step: its form, kept as soon as it is sent; then the next step that is open."""
    found = queries.admission_for(request.user, admission_id)
    steps = steps_of(found)
    here = next((one for one in steps if one.key == key), None)
    if here is None:
        raise Http404
    form, act = STEPS[key](request, found)
    if form.carry_out(act, found, by=request.user):
        after = steps[steps.index(here) + 1 :]
        nearest = next((one for one in after if one.missing or one.key == "more"), None)
        if nearest:
            return go(request, "admissions:step", found.pk, nearest.key)
        return go(request, "admissions:admission", found.pk)
    shown = {**_about(found), "step": here, "steps": steps, "form": form}
    return page(request, "admissions/step.html", shown)


@require_http_methods(["GET", "POST"])
def abandon(request: StaffRequest, admission_id: UUID) -> HttpResponse:
    """They do not move in after all."""
    found = queries.admission_for(request.user, admission_id)
    form = AbandonForm.from_request(request)
    if form.carry_out(operations.abandon_admission, found, by=request.user):
        return go(request, "admissions:arrivals", found.scheme.slug, says="Closed.")
    return page(request, "admissions/abandon.html", {**_about(found), "form": form})


@require_http_methods(["GET", "POST"])
def induction(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """The checklist: tick what was gone through, a line at a time, by whoever did it."""
    stay = stay_for(request.user, stay_id)
    found = queries.induction_of(stay)
    sheet = found.sheet if found else None
    asked = sheet.asked if sheet else stay.scheme.pack.sheet("induction")
    form = sheet_form(asked, pack=stay.pack).from_request(
        request, sheet=sheet, reader=request.user, whole=False
    )
    if form.carry_out(operations.tick_items, stay, by=request.user):
        return go(request, "admissions:induction", stay.pk, says="Kept.")
    signatures = list(signatures_on(found)) if found else []
    return _person(
        request,
        "admissions/induction.html",
        stay,
        "Induction",
        induction=found,
        due_on=found.due_on if found else stay.moved_in_on,
        parts=parts_of(sheet, reader=request.user) if sheet else [],
        refusals=list(found.refusals.select_related("recorded_by")) if found else [],
        there=list(found.attendances.select_related("staff")) if found else [],
        signatures=signatures,
        signed={one.party for one in signatures if not one.refused},
        sheet=sheet,
        form=form,
        cannot=operations.tick_items.refusal(stay, by=request.user),
    )


@require_http_methods(["GET", "POST"])
def plan_induction(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """It cannot be held on the day: the earliest day it can, and why."""
    stay = stay_for(request.user, stay_id)
    form = PlanInductionForm.from_request(request, pack=stay.pack)
    return _induction_step(
        request, stay, form, operations.plan_induction, "Hold the induction later"
    )


@require_http_methods(["GET", "POST"])
def hold_induction(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Everything was gone through: when, and who was there."""
    stay = stay_for(request.user, stay_id)
    scheme = stay.scheme
    form = HoldInductionForm.from_request(
        request, pack=scheme.pack, staff=list(staff_at(scheme)), today=scheme.today()
    )
    return _induction_step(request, stay, form, operations.hold_induction, "The induction was held")


@require_http_methods(["GET", "POST"])
def refuse_induction(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """They did not want it today."""
    stay = stay_for(request.user, stay_id)
    form = RefuseInductionForm.from_request(request, initial={"offered_on": stay.scheme.today()})
    return _induction_step(
        request, stay, form, operations.refuse_induction, "The induction was not wanted"
    )


@require_http_methods(["GET", "POST"])
def sign_induction(request: StaffRequest, induction_id: UUID, party: str) -> HttpResponse:
    """The resident signs, then we do."""
    found = queries.induction_for(request.user, induction_id)
    stay = found.stay
    if party not in ("resident", "worker"):
        raise Http404
    theirs = party == "resident"
    act = operations.sign_induction_as_resident if theirs else operations.sign_induction_as_worker
    form = SignForm.from_request(request, says=str(stay.resident if theirs else request.user))
    if form.carry_out(act, found, by=request.user):
        if theirs:
            return go(request, "admissions:sign-induction", found.pk, "worker")
        return go(request, "admissions:induction", stay.pk, says="The induction is signed.")
    handed = stay.resident.first_name if theirs else ""
    return _person(
        request, "admissions/sign.html", stay, "Sign the induction", form=form, handed=handed
    )


@require_http_methods(["GET", "POST"])
def move_on(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """End a stay, having seen what is still open."""
    stay = stay_for(request.user, stay_id)
    form = MoveOnForm.from_request(
        request, pack=stay.pack, initial={"moved_out_on": stay.scheme.today()}
    )
    if form.carry_out(operations.move_on, stay, by=request.user):
        says = f"{stay.resident} has moved on. Nothing more is owed here."
        if queries.goes_on_after(stay, form.cleaned_data["destination"], staff=request.user):
            says = f"{stay.resident} has moved on. Now open the support after the move."
            return go(request, "aftercare:open", stay.pk, says=says)
        return go(request, "agreements:agreements", stay.pk, says=says)
    return _person(
        request,
        "admissions/move_on.html",
        stay,
        "End the stay",
        form=form,
        open=queries.still_open_for(stay),
        cannot=operations.move_on.refusal(stay, by=request.user),
    )


def _safety(request: StaffRequest, found: Admission) -> tuple[OperationForm, Callable[..., Any]]:
    return _asked(request, found, MINIMUM, leave_out=(NAME,)), operations.keep_answers


def _more(request: StaffRequest, found: Admission) -> tuple[OperationForm, Callable[..., Any]]:
    return _asked(request, found, FULL, leave_out=(CONTACT,)), operations.keep_answers


def _asked(
    request: StaffRequest, found: Admission, section: str, *, leave_out: tuple[str, ...]
) -> OperationForm:
    kind = sheet_form(
        found.sheet.asked, pack=found.scheme.pack, sections=[section], leave_out=leave_out
    )
    return kind.from_request(request, sheet=found.sheet, reader=request.user)


def _arrival(request: StaffRequest, found: Admission) -> tuple[OperationForm, Callable[..., Any]]:
    today = found.scheme.today()
    form = ArrivalForm.from_request(
        request, admission=found, beds=free_beds(found.scheme, today), today=today
    )
    return form, operations.keep_arrival


def _key_worker(
    request: StaffRequest, found: Admission
) -> tuple[OperationForm, Callable[..., Any]]:
    people = {one.staff_id: one.staff for one in may_hold(found.scheme)}
    form = KeyWorkerForm.from_request(request, admission=found, staff=people.values())
    return form, operations.keep_key_worker


def _contacts(request: StaffRequest, found: Admission) -> tuple[OperationForm, Callable[..., Any]]:
    return ContactsForm.from_request(request, admission=found), operations.keep_contacts


def _texts(request: StaffRequest, found: Admission) -> tuple[OperationForm, Callable[..., Any]]:
    texts = [text for text in texts_in_force(found.scheme) if text.at_admission]
    form = TextsForm.from_request(request, admission=found, texts=texts, pack=found.scheme.pack)
    return form, operations.keep_texts


STEPS: dict[str, Callable[[Any, Admission], tuple[OperationForm, Callable[..., Any]]]] = {
    "safety": _safety,
    "arrival": _arrival,
    "key-worker": _key_worker,
    "contacts": _contacts,
    "more": _more,
    "texts": _texts,
}


def _about(found: Admission) -> dict[str, Any]:
    return {"admission": found, "scheme": found.scheme, "words": found.scheme.pack.terms}


def _induction_step(
    request: StaffRequest, stay: Stay, form: OperationForm, act: Callable[..., Any], title: str
) -> HttpResponse:
    if form.carry_out(act, stay, by=request.user):
        return go(request, "admissions:induction", stay.pk, says="Recorded.")
    return _person(request, "admissions/induction_step.html", stay, title, form=form)


def _person(
    request: StaffRequest, template: str, stay: Stay, title: str, **shown: Any
) -> HttpResponse:
    return page(
        request, template, {**person_page(stay, section=SECTION), "page_title": title, **shown}
    )
