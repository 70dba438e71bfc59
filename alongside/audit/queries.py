"""What is asked about the journal of readings."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from alongside.audit.models import Reading


def readings_of(resident_id: UUID) -> QuerySet[Reading]:
    """Every opening of this person's file, the latest first."""
    return Reading.objects.filter(resident_id=resident_id).order_by("-at", "-number")
