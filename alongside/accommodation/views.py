"""Managing beds: adding one, closing one, out of use and back, faults and their mending."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.accommodation import forms, operations, queries
from alongside.accommodation.models import Bed
from alongside.organisation.queries import scheme_for
from alongside.ui.forms import OperationForm
from alongside.ui.pages import StaffRequest, go, page


@require_http_methods(["GET", "POST"])
def add_bed(request: StaffRequest, scheme: str) -> HttpResponse:
    """One more bed on the board."""
    here = scheme_for(request.user, scheme)
    form = forms.AddBedForm.from_request(request, initial={"order": 0})
    if form.carry_out(operations.add_bed, here, by=request.user):
        return go(request, "referrals:bed-board", here.slug, says="The bed is on the board.")
    context = {
        "form": form,
        "title": f"Add a {here.pack.term('bed')} to {here.name}",
        "button": "Add it",
        "back": reverse("referrals:bed-board", args=[here.slug]),
    }
    return page(request, "accommodation/small_form.html", context)


@require_safe
def bed(request: StaffRequest, bed_id: UUID) -> HttpResponse:
    """One bed: what is wrong with it, when it was out of use, and what can be done."""
    found = queries.bed_for(request.user, bed_id)
    context = {
        "bed": found,
        "scheme": found.scheme,
        "words": found.scheme.pack.terms,
        "faults": queries.faults_of(found),
        "closures": queries.closures_of(found),
        "closed_today": queries.closure_today(found),
        "may_manage": operations.close_bed.refusal(found, by=request.user) is None,
    }
    return page(request, "accommodation/bed.html", context)


@require_http_methods(["GET", "POST"])
def take_out_of_use(request: StaffRequest, bed_id: UUID) -> HttpResponse:
    found = queries.bed_for(request.user, bed_id)
    form = forms.OutOfUseForm.from_request(
        request, scheme=found.scheme, initial={"from_on": found.scheme.today()}
    )
    return _form(
        request, found, form, operations.take_out_of_use, title=f"Take bed {found} out of use",
        button="Take it out of use", says="The bed is out of use.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def return_to_use(request: StaffRequest, bed_id: UUID) -> HttpResponse:
    found = queries.bed_for(request.user, bed_id)
    form = forms.OnForm.from_request(request, initial={"on": found.scheme.today()})
    return _form(
        request, found, form, operations.return_to_use, title=f"{found} can be used again",
        button="It can be used again", says="The bed can be offered again.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def close_bed(request: StaffRequest, bed_id: UUID) -> HttpResponse:
    found = queries.bed_for(request.user, bed_id)
    form = forms.OnForm.from_request(request, initial={"on": found.scheme.today()})
    return _form(
        request, found, form, operations.close_bed, title=f"Close bed {found} for good",
        lead="It leaves the board. Everything that happened in it stays on file.",
        button="Close it", says="The bed is closed.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def report_fault(request: StaffRequest, bed_id: UUID) -> HttpResponse:
    found = queries.bed_for(request.user, bed_id)
    form = forms.ReportFaultForm.from_request(
        request, scheme=found.scheme, initial={"seen_on": found.scheme.today()}
    )
    place = found.called(found.scheme.word("bed"))
    return _form(
        request, found, form, operations.report_fault, title=f"What is wrong with {place}?",
        lead=f"Until it is mended it is offered only when {found.scheme.one('manager')} says why it"
        " must do.",
        button="Save", says="The fault is noted.",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def mend_fault(request: StaffRequest, fault_id: UUID) -> HttpResponse:
    fault = queries.fault_for(request.user, fault_id)
    form = forms.OnForm.from_request(request, initial={"on": fault.scheme.today()})
    if form.carry_out(operations.mend_fault, fault, by=request.user):
        return go(request, "accommodation:bed", fault.bed.pk, says="It is mended.")
    context = {
        "form": form,
        "title": f"Mended: {fault.words}",
        "button": "It is mended",
        "back": reverse("accommodation:bed", args=[fault.bed.pk]),
    }
    return page(request, "accommodation/small_form.html", context)


def _form(
    request: StaffRequest, found: Bed, form: OperationForm, act: Any, *, says: str, **shown: str
) -> HttpResponse:
    """A page with one short form about a bed."""
    if form.carry_out(act, found, by=request.user):
        return go(request, "referrals:bed-board", found.scheme.slug, says=says)
    back = reverse("accommodation:bed", args=[found.pk])
    return page(request, "accommodation/small_form.html", {"form": form, "back": back, **shown})
