"""The form before a list leaves, its file, and the list of what left the house."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from alongside.exports import forms, operations, queries
from alongside.exports.leaving import WAYS, Column
from alongside.kit import clock
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.queries import scheme_for
from alongside.practice.actions import Action
from alongside.ui.pages import StaffRequest, ask, go, page, refused
from alongside.ui.paging import paged

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.exports.models import Export

GONE, FORBIDDEN = 410, 403


@require_http_methods(["GET", "POST"])
def take_out(request: StaffRequest, scheme: str, what: str) -> HttpResponse:
    """Which columns leave, as what, what for, and who gets them."""
    way = WAYS.get(what)
    if way is None:
        raise Http404
    here = scheme_for(request.user, scheme, needs=way.needs)
    asked = request.GET.urlencode()
    try:
        leaving = operations.given_out(request.user, here, what, asked)
    except operations.NotThere as missing:
        raise Http404 from missing
    form = forms.TakeOutForm.from_request(request, leaving=leaving, scheme=here)
    known = {"what": what, "asked": asked}
    if made := form.carry_out(operations.take_out, here, by=request.user, **known):
        return go(request, "exports:export", made.pk)
    return page(request, "exports/take_out.html", {
        "form": form, "leaving": leaving, "here": here,
        "hours": here.pack.limit("export_lasts").number,
        "alone": here.pack.limit("export_alone").number,
    })  # fmt: skip


@require_safe
def export(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """One file: what it holds, for whom, until when; and each time it was fetched."""
    found = queries.export_for(request.user, export_id)
    says = {one.key: one.says for one in _columns_of(request, found)}
    purpose = found.scheme.pack.choices("export_purposes").get(found.purpose)
    return page(request, "exports/export.html", {
        "found": found,
        "columns": [says.get(key, key) for key in found.columns],
        "purpose": purpose.says if purpose else found.purpose,
        "fetches": queries.fetches_of(found),
        "open": found.can_be_fetched(clock.now()),
        "mine": found.made_by_id == request.user.pk,
        "waits": found.waits(clock.now()),
        "releases": request.user.may(Action.RELEASE_EXPORT, found),
    })  # fmt: skip


def _columns_of(request: StaffRequest, found: Export) -> list[Column]:
    """The heads of its columns, as far as the list is still there."""
    try:
        leaving = operations.given_out(request.user, found.scheme, found.what, found.asked)
    except Refused:
        return []
    return list(leaving.columns)


@never_cache
@require_POST
def file(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """The file itself, to be saved. Each fetching is written down."""
    found = queries.export_for(request.user, export_id)
    try:
        content = operations.content_of(found, request.user)
        operations.fetch(found, by=request.user, content=content)
    except NotPermitted as refusal:
        return refused(request, refusal, status=FORBIDDEN)
    except Refused as refusal:
        return refused(request, refusal, status=GONE)
    name = f"{found.what}-{found.scheme.slug}-{found.made_at:%Y-%m-%d}.{content.ending}"
    return HttpResponse(
        content.data,
        content_type=content.kind,
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "private, no-store",
        },
    )


@require_http_methods(["GET", "POST"])
def release(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """The second person lets a file leave that names many people."""
    found = queries.export_for(request.user, export_id)
    form = forms.SureForm.from_request(request)
    return ask(
        request, form, operations.release, found, then=("exports:export", found.pk),
        says="It may leave. Whoever asked for it can fetch it now.",
        template="exports/settle.html",
        shown={"found": found, "page_title": "Release this file", "button": "Release it"},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def decline(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """The second person does not let it leave."""
    found = queries.export_for(request.user, export_id)
    form = forms.DeclineForm.from_request(request)
    return ask(
        request, form, operations.decline, found, then=("exports:export", found.pk),
        says="It stays here.", template="exports/settle.html",
        shown={"found": found, "page_title": "Do not release it", "button": "Do not release it"},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def withdraw(request: StaffRequest, export_id: UUID) -> HttpResponse:
    """End a file before it expires."""
    found = queries.export_for(request.user, export_id)
    form = forms.SureForm.from_request(request)
    return ask(
        request, form, operations.withdraw, found, then=("exports:export", found.pk),
        says="It cannot be fetched any more.", template="exports/withdraw.html",
        shown={"found": found},
    )  # fmt: skip


@require_safe
def left(request: StaffRequest, scheme: str) -> HttpResponse:
    """What left the house: for those who read the journal all of it, for others their own."""
    here = scheme_for(request.user, scheme)
    return page(request, "exports/left.html", {
        "here": here,
        "paged": paged(request, queries.left_here(request.user, here), size=25),
        "purposes": {one.key: one.says for one in here.pack.choices("export_purposes")},
        "everything": request.user.may(Action.READ_JOURNAL, here),
        "now": clock.now(),
    })  # fmt: skip
