"""What the pages of documents ask."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from alongside.documents.models import Document
from alongside.organisation.models import Staff
from alongside.stays.models import Stay


def documents_of(stay: Stay, *, staff: Staff, kind: str = "") -> QuerySet[Document]:
    """The newest version of each paper of the file, the latest first; of one kind, or of all."""
    found = Document.objects.visible_to(staff).in_force().for_page()
    found = found.filter(stay__resident_id=stay.resident_id)
    if kind:
        found = found.filter(kind=kind)
    return found.order_by("-dated_on", "-pk")


def document_for(staff: Staff, pk: UUID) -> Document:
    """That paper, where this person may open the file it is in."""
    return get_object_or_404(Document.objects.visible_to(staff).for_page(), pk=pk)


def versions_of(document: Document, *, staff: Staff) -> list[Document]:
    """Every version of a paper that came before, the newest first."""
    rows = (
        Document.objects.visible_to(staff)
        .for_page()
        .filter(
            stay__resident_id=document.stay.resident_id, kind=document.kind, title=document.title
        )
    )
    known = {one.pk: one for one in rows}
    found: list[Document] = []
    here = document.replaces_id
    while here in known:
        found.append(known[here])
        here = known[here].replaces_id
    return found


def is_newest(document: Document) -> bool:
    return not Document.objects.filter(replaces=document).exists()
