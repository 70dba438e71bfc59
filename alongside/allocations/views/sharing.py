"""The pages of shared work, of what a case weighs, and of how the two get on."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.allocations import matching, operations, queries, shared
from alongside.allocations.forms import JointEntryForm, JointForm, MarkCaseForm, RateForm
from alongside.kit.refusal import Refused
from alongside.organisation.queries import staff_who_may
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.models import Stay
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, go, refused

FORM = "allocations/form.html"


def _about(stay: Stay, title: str, button: str) -> dict[str, Any]:
    return {
        **person_page(stay, section="key-worker"),
        "page_title": title,
        "button": button,
        "up": reverse("allocations:allocation", args=[stay.pk]),
    }


@require_http_methods(["GET", "POST"])
def mark(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Which complex needs there are, and how intensive the support is."""
    stay = stay_for(request.user, stay_id, needs=Action.ASSESS)
    now, pack = shared.mark_of(stay), stay.scheme.pack
    form = MarkCaseForm.from_request(
        request,
        needs=pack.choices("complex_needs"),
        intensity=pack.choices("intensity"),
        initial={"needs": now.needs, "intensity": now.intensity} if now else {},
    )
    return ask(
        request, form, operations.mark_case, stay,
        then=("allocations:allocation", stay.pk), says="Marked.", template=FORM,
        shown=_about(stay, "How complex is it?", "Save"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def joint(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Share the work between two or more."""
    stay = stay_for(request.user, stay_id, needs=Action.ALLOCATE_KEY_WORKER)
    if not stay.scheme.pack.has("joint_key_workers"):
        raise Http404
    form = JointForm.from_request(
        request,
        lead=queries.holder(stay),
        workers=[one.staff for one in matching.may_hold(stay.scheme)],
        overseers=staff_who_may(Action.ALLOCATE_KEY_WORKER, stay.scheme),
        duties=shared.shared_duties(stay.scheme.pack),
    )
    return ask(
        request, form, operations.arrange_jointly, stay,
        then=("allocations:allocation", stay.pk), says="The work is shared.", template=FORM,
        shown=_about(stay, "Share the work", "Share it"),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def log(request: StaffRequest, arrangement_id: UUID) -> HttpResponse:
    """Write into the log of shared work."""
    subject = shared.arrangement_for(request.user, arrangement_id)
    form = JointEntryForm.from_request(request, initial={"on": subject.scheme.today()})
    return ask(
        request, form, operations.write_joint_entry, subject,
        then=("allocations:allocation", subject.stay_id), says="Written down.", template=FORM,
        shown=_about(subject.stay, "For the log of shared work", "Save"),
    )  # fmt: skip


@require_POST
def end(request: StaffRequest, arrangement_id: UUID) -> HttpResponse:
    """Share the work no longer."""
    subject = shared.arrangement_for(request.user, arrangement_id)
    try:
        operations.end_joint_work(subject, by=request.user)
    except Refused as refusal:
        return refused(request, refusal)
    return go(request, "allocations:allocation", subject.stay_id, says="No longer shared.")


@require_http_methods(["GET", "POST"])
def rate(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """How they find working with their key worker."""
    stay = stay_for(request.user, stay_id)
    form = RateForm.from_request(request)
    return ask(
        request, form, operations.rate_relationship, stay,
        then=("allocations:allocation", stay.pk), says="Recorded.", template=FORM,
        shown=_about(stay, "How do the two get on?", "Save"),
    )  # fmt: skip


@require_safe
def photo(request: StaffRequest, staff_id: UUID) -> FileResponse:
    """The photo of a colleague at one's own schemes."""
    profile = shared.profile_with_photo(staff_id, at=request.user.scheme_ids())
    return FileResponse(profile.photo.open("rb"), content_type="image/jpeg")
