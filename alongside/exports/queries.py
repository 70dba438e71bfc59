"""What the pages about what left the house ask."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Count, Max, QuerySet
from django.shortcuts import get_object_or_404

from alongside.exports.models import Export, Fetch
from alongside.organisation.models import Scheme, Staff

MOST_SHOWN = 20


def export_for(staff: Staff, pk: UUID) -> Export:
    """That file, for whoever took it out and for those who read the journal there."""
    return get_object_or_404(Export.objects.visible_to(staff).for_page(), pk=pk)


def left_here(staff: Staff, scheme: Scheme) -> QuerySet[Export]:
    """What left this scheme as far as this person may know of it, the latest first."""
    found = Export.objects.visible_to(staff).for_page().filter(scheme=scheme)
    counted = found.annotate(times=Count("fetches"), last=Max("fetches__fetched_at"))
    return counted.order_by("-made_at", "-pk")


def fetches_of(export: Export) -> Sequence[Fetch]:
    """Each time it was fetched, the latest first."""
    found = Fetch.objects.filter(export=export).select_related("fetched_by")
    return list(found.order_by("-fetched_at", "-pk")[:MOST_SHOWN])
