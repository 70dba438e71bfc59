"""What documents tell the timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse

from alongside.documents.models import Document
from alongside.moments.registry import Line, tells


@tells(Document, rows=lambda: Document.objects.for_page().iterator(500))
def document_moment(document: Document) -> Iterable[Line]:
    """A line for each paper and each newer version; none for what is restricted."""
    if document.restricted:
        return
    noon = datetime.combine(document.dated_on, time(12), tzinfo=document.scheme.zone)
    yield Line(
        of=document,
        stay=document.stay,
        kind="document",
        title=f"{document.kind_says}: {document.title}",
        text=document.file_name,
        note="A newer version" if document.replaces_id else "",
        happened_at=noon,
        recorded_at=document.uploaded_at,
        by=document.uploaded_by.name,
        link=reverse("documents:document", args=[document.pk]),
    )
