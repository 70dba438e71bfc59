"""What nights out tell the timeline."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from alongside.building.models import NightOut
from alongside.moments.registry import Line, tells


@tells(NightOut, rows=lambda: NightOut.objects.for_page().iterator(500))
def night_out_moment(night: NightOut) -> Iterable[Line]:
    """One line for a booking and, when it was cancelled, one more."""
    link = reverse("building:nights-out", args=[night.stay_id])
    yield Line(
        of=night,
        stay=night.stay,
        kind="night_out",
        title=f"Night out booked: {night.night_of:%-d %B %Y}",
        happened_at=night.booked_at,
        recorded_at=night.booked_at,
        by=night.by_name,
        link=link,
    )
    if night.cancelled_at:
        yield Line(
            of=night,
            stay=night.stay,
            part="cancelled",
            kind="night_out",
            title=f"Night out of {night.night_of:%-d %B} cancelled",
            text=night.cancelled_because,
            happened_at=night.cancelled_at,
            recorded_at=night.cancelled_at,
            by=night.cancelled_by.name if night.cancelled_by else "",
            link=link,
        )
