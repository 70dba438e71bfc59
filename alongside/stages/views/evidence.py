"""Evidence: offering, confirming, reading, disputing, its file; the monthly comparison."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.practice.actions import Action
from alongside.stages import forms, operations, queries
from alongside.stages.models import Evidence
from alongside.stages.views.sheet import person
from alongside.stages.views.tasks import task_for
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, page


def _ask(
    request: StaffRequest, stay: Stay, code: str, form: Any, act: Any, *, subject: Any, title: str
) -> HttpResponse:
    shown = {**person(stay, title), "back_url": reverse("stages:task", args=[stay.pk, code])}
    then = ("stages:task", stay.pk, code)
    return ask(request, form, act, subject, then=then, says="Recorded.",
               template="stays/ask.html", shown=shown)  # fmt: skip


@require_http_methods(["GET", "POST"])
def offer(request: StaffRequest, stay_id: UUID, code: str) -> HttpResponse:
    """Offer evidence for a task."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    lines = queries.task_of(stay, task_for(stay, code)).lines
    form = forms.EvidenceForm.from_request(
        request, stay=stay, lines=lines, initial={"line": request.GET.get("line", "")}
    )
    act = partial(operations.offer_evidence, task=code)
    return _ask(request, stay, code, form, act, subject=stay, title=f"Evidence for task {code}")


@require_http_methods(["GET", "POST"])
def confirm(request: StaffRequest, stay_id: UUID, code: str) -> HttpResponse:
    """Confirm one part of a task from what staff saw."""
    stay = stay_for(request.user, stay_id, needs=Action.READ_FILE)
    key = request.GET.get("line", "")
    lines = queries.task_of(stay, task_for(stay, code)).by_hand
    line = next((one for one in lines if one.key == key), None)
    if line is None:
        raise Http404
    form = forms.ConfirmForm.from_request(request, stay=stay)
    act = partial(operations.confirm_line, task=code, line=key)
    title = f"Confirm: {line.part or line.says}"
    return _ask(request, stay, code, form, act, subject=stay, title=title)


@require_http_methods(["GET", "POST"])
def read(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Accept evidence or not."""
    one = queries.evidence_for(request.user, pk)
    form = forms.ReadingForm.from_request(request, stay=one.stay)
    return _ask(request, one.stay, one.task, form, operations.read_evidence, subject=one,
                title=f"Read: {one.kind_says.lower()} for task {one.task}")  # fmt: skip


@require_http_methods(["GET", "POST"])
def dispute(request: StaffRequest, pk: UUID) -> HttpResponse:
    """Record that the resident does not agree."""
    one = queries.evidence_for(request.user, pk)
    form = forms.DisputeForm.from_request(request, stay=one.stay)
    return _ask(request, one.stay, one.task, form, operations.dispute_reading, subject=one,
                title="They do not agree")  # fmt: skip


@require_safe
def file(request: StaffRequest, pk: UUID) -> HttpResponse | FileResponse:
    """The file of a piece of evidence, to be saved."""
    one: Evidence = queries.evidence_for(request.user, pk)
    if not one.file:
        raise Http404
    opened(one.stay, DOCUMENT, one.pk)
    return FileResponse(
        one.file.open("rb"), as_attachment=True, filename=one.file_name,
        content_type=one.file_kind or "application/octet-stream",
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def reconcile(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """What they say is done this month beside its evidence, one line at a time."""
    stay = stay_for(request.user, stay_id, needs=Action.RECONCILE_EVIDENCE)
    compared = queries.compared_lately(stay)
    if not compared:
        return _nothing_to_compare(request, stay)
    form = forms.ReconcileForm.from_request(request, stay=stay, prefix=None)
    if request.method == "POST":
        posted = request.POST.get("claim", "")
        claim = next((one.claim for one in compared if str(one.claim.record_id) == posted), None)
        if claim is None:
            raise Http404
        act = partial(operations.reconcile, record_type=claim.record_type,
                      record_id=claim.record_id, says=claim.says)  # fmt: skip
        if form.carry_out(act, stay, by=request.user):
            return go(request, "stages:reconcile", stay.pk, says="Recorded.")
    outcomes = stay.scheme.pack.choices("reconciliation_outcomes")
    shown = {**person(stay, "Monthly comparison"), "form": form, "compared": compared,
             "since": queries.lately(stay), "outcomes": outcomes,
             "posted": request.POST.get("claim", "")}  # fmt: skip
    return page(request, "stages/reconcile.html", shown)


def _nothing_to_compare(request: StaffRequest, stay: Stay) -> HttpResponse:
    """The comparison is held all the same, so that the month is settled."""
    form = forms.NothingToCompareForm.from_request(request, stay=stay)
    if form.carry_out(operations.reconcile_nothing, stay, by=request.user):
        return go(request, "stages:reconcile", stay.pk, says="Recorded.")
    shown = {**person(stay, "Monthly comparison"), "form": form, "since": queries.lately(stay),
             "held": queries.held_with_nothing(stay)}  # fmt: skip
    return page(request, "stages/nothing_to_compare.html", shown)
