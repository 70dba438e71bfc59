"""What pages ask about time away."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db.models import F
from django.shortcuts import get_object_or_404

from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay
from alongside.time_away.models import Away, AwayQuerySet


def time_away_of(stay: Stay) -> AwayQuerySet:
    """Every time they were away, what goes on first, then the latest; errors stand at its end."""
    found = Away.objects.for_page().filter(stay=stay)
    return found.order_by(F("replaced_at").asc(nulls_first=True), "-left_on", "-pk")


def away_for(staff: Staff, pk: UUID) -> Away:
    """That entry, if it is of somebody at a scheme where this person reads files."""
    return get_object_or_404(Away.objects.visible_to(staff).for_page(), pk=pk)


def away_at(scheme: Scheme, *, on: date) -> AwayQuerySet:
    """Everybody who stays at the scheme and is away that day."""
    found = Away.objects.for_page().filter(stay__scheme=scheme, stay__moved_out_on=None)
    return found.on(on).order_by("left_on", "pk")
