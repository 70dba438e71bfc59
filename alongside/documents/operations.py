"""Bringing a paper into a file, and a newer version of it."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.documents.gate import Admitted, admit
from alongside.documents.models import Document
from alongside.kit.refusal import NotPermitted, Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.stays.models import Stay


@operation("document.added", needs=Action.UPLOAD_DOCUMENT)
def add_document(
    stay: Stay, *, by: Actor, file: Any, kind: str, title: str, dated_on: date,
    restricted: bool = False,
) -> Document:  # fmt: skip
    """Bring a file into somebody’s file, through the gate.

    Refused for a kind the practice does not list, a day to come, what the gate does not let in,
    and for restricting what one may then not read.
    """
    if kind not in stay.scheme.pack.choices("document_kinds"):
        raise Refused("There is no such kind.", instead="Choose one of the list.", field="kind")
    if dated_on > stay.scheme.today():
        raise Refused(
            "This day is still to come.", instead="Write the day of the paper.", field="dated_on"
        )
    if restricted and not by.may(Action.READ_RESTRICTED, stay):
        raise NotPermitted(
            "You could not read it yourself afterwards.",
            instead="Leave it open, or ask somebody who may.",
        )
    return _kept(
        stay, admit(file, file.name, file.size), by,
        kind=kind, title=title, dated_on=dated_on, restricted=restricted,
    )  # fmt: skip


def _is_replaced(document: Document) -> Refused | None:
    if Document.objects.filter(replaces=document).exists():
        return Refused("There is a newer version.", instead="Replace that one.", field="file")
    return None


@operation("document.replaced", needs=Action.UPLOAD_DOCUMENT, unless=_is_replaced)
def replace_document(document: Document, *, by: Actor, file: Any, dated_on: date) -> Document:
    """Bring in a newer version. The old one is kept and can still be read."""
    if dated_on > document.scheme.today():
        raise Refused(
            "This day is still to come.", instead="Write the day of the paper.", field="dated_on"
        )
    return _kept(
        document.stay, admit(file, file.name, file.size), by, replaces=document,
        kind=document.kind, title=document.title, restricted=document.restricted,
        dated_on=dated_on,
    )  # fmt: skip


def _kept(stay: Stay, admitted: Admitted, by: Actor, **said: Any) -> Document:
    made = Document(
        stay=stay, file_name=admitted.name, file_kind=admitted.kind, size=admitted.size,
        fingerprint=admitted.fingerprint, uploaded_by=cast("Staff", by), **said,
    )  # fmt: skip
    made.file.save(admitted.name, admitted.content, save=False)
    made.save(force_insert=True)
    return made
