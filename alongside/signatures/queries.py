"""What pages ask about signatures."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import models

from alongside.kit.records import Record
from alongside.signatures.models import Signature


def signatures_on(record: Record) -> models.QuerySet[Signature]:
    """Every yes and no to this record, oldest first."""
    return Signature.objects.filter(record_id=record.pk).select_related("staff", "in_absence_of")


def signatures_by_record(ids: Iterable[UUID]) -> dict[UUID, list[Signature]]:
    """The signatures on many records in one query."""
    return by_record(Signature.objects.filter(record_id__in=list(ids)).order_by("signed_at"))


def by_record(signatures: Iterable[Signature]) -> dict[UUID, list[Signature]]:
    """These signatures by the record they are on, in their order."""
    found: dict[UUID, list[Signature]] = {}
    for signature in signatures:
        found.setdefault(signature.record_id, []).append(signature)
    return found
