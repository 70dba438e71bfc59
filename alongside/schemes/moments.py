"""The lines that decisions about one person alone put on their timeline."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.schemes.models import OwnValue


@tells(
    OwnValue,
    rows=lambda: OwnValue.objects.filter(stay__isnull=False).select_related(
        "stay__scheme__organisation", "stay__resident", "decided_by"
    ),
)
def own_value_line(value: OwnValue) -> Iterator[Line]:
    """That something is owed to somebody otherwise than to others, from which day, and why."""
    if value.stay:
        yield Line(
            of=value, stay=value.stay, kind="action",
            title=f"For {value.stay.resident.first_name} alone, from {value.from_on:%-d %B %Y}: "
            f"{value.says}: {value.shown}",
            text=value.because, by=value.decided_by.name, happened_at=value.recorded_at,
            recorded_at=value.recorded_at, link=reverse("schemes:person", args=[value.stay.pk]),
        )  # fmt: skip
