"""What pages ask about sheets."""

from __future__ import annotations

from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.organisation.models import Staff
from alongside.sheets.models import Sheet, SheetQuerySet
from alongside.stays.models import Stay


def sheet_for(staff: Staff, sheet_id: UUID) -> Sheet:
    """That sheet, if it is of a scheme where this person works; otherwise it does not exist."""
    return get_object_or_404(Sheet.objects.visible_to(staff).for_page(), pk=sheet_id)


def sheets_of(stay: Stay) -> SheetQuerySet:
    """Every sheet that was asked during the stay, latest first."""
    return Sheet.objects.for_page().filter(stay=stay).order_by("-recorded_at", "-pk")
