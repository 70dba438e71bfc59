"""Pages of the papers in somebody’s file."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.http import FileResponse, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from alongside.audit.reading import DOCUMENT, opened
from alongside.documents import forms, operations, queries
from alongside.practice.actions import Action
from alongside.stays.header import person_page
from alongside.stays.queries import stay_for
from alongside.ui.pages import StaffRequest, ask, page
from alongside.ui.paging import choices, paged

if TYPE_CHECKING:
    from uuid import UUID

    from alongside.stays.models import Stay

# Whatever is in the file, a browser runs none of it and shows none of it as a page of ours.
SANDBOX = "default-src 'none'; sandbox; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def _about(stay: Stay, title: str, **more: Any) -> dict[str, Any]:
    up = reverse("documents:documents", args=[stay.pk])
    return {**person_page(stay, section="documents"), "page_title": title, "back_url": up, **more}


@require_safe
def documents(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Every paper of the file, by its newest version."""
    stay = stay_for(request.user, stay_id)
    kinds = {one.key: one.says for one in stay.scheme.pack.choices("document_kinds")}
    kind = request.GET.get("kind", "")
    found = queries.documents_of(stay, staff=request.user, kind=kind if kind in kinds else "")
    shown = _about(
        stay, "Documents", paged=paged(request, found),
        kinds=choices(request, "kind", kinds, everything="All"),
        adds=request.user.may(Action.UPLOAD_DOCUMENT, stay),
    )  # fmt: skip
    return page(request, "documents/documents.html", shown)


@require_http_methods(["GET", "POST"])
def add(request: StaffRequest, stay_id: UUID) -> HttpResponse:
    """Bring in a file."""
    stay = stay_for(request.user, stay_id, needs=Action.UPLOAD_DOCUMENT)
    form = forms.AddForm.from_request(
        request, scheme=stay.scheme, initial={"dated_on": stay.scheme.today()}
    )
    return ask(
        request, form, operations.add_document, stay, then=("documents:documents", stay.pk),
        says="It is in the file.", template="stays/ask.html",
        shown=_about(stay, "Add a document"),
    )  # fmt: skip


@require_safe
def document(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """One paper: what it is, its file, and the versions before."""
    one = queries.document_for(request.user, document_id)
    newest = queries.is_newest(one)
    shown = _about(
        one.stay, one.title, one=one, versions=queries.versions_of(one, staff=request.user),
        newest=newest, replaces=newest and request.user.may(Action.UPLOAD_DOCUMENT, one.stay),
    )  # fmt: skip
    return page(request, "documents/document.html", shown)


@require_safe
def file(request: StaffRequest, document_id: UUID) -> FileResponse:
    """The file itself, to be saved: never shown as a page of ours, and kept by no browser."""
    one = queries.document_for(request.user, document_id)
    opened(one.stay, DOCUMENT, one.pk)
    answer = FileResponse(
        one.file.open("rb"), as_attachment=True, filename=one.file_name,
        content_type=one.file_kind,
    )  # fmt: skip
    answer["Content-Security-Policy"] = SANDBOX
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@require_http_methods(["GET", "POST"])
def replace(request: StaffRequest, document_id: UUID) -> HttpResponse:
    """Bring in a newer version."""
    one = queries.document_for(request.user, document_id)
    stay = stay_for(request.user, one.stay_id, needs=Action.UPLOAD_DOCUMENT)
    form = forms.ReplaceForm.from_request(request, initial={"dated_on": stay.scheme.today()})
    return ask(
        request, form, operations.replace_document, one, then=("documents:documents", stay.pk),
        says="The newer version is in the file.", template="stays/ask.html",
        shown=_about(stay, f"A newer version: {one.title}"),
    )  # fmt: skip
