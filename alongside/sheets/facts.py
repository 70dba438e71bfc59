"""What finished sheets tell the duty engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.duties.facts import provides
from alongside.sheets.models import Sheet
from alongside.stays.models import Stay


@provides("sheet.completed", reads=[Sheet])
def completed(stay: Stay, of: str) -> Sequence[date]:
    """The day each sheet of that key was finished. A correction is no second time."""
    found = Sheet.objects.filter(stay=stay, finished_at__isnull=False, corrects=None)
    if of:
        found = found.filter(key=of)
    times = found.order_by("finished_at").values_list("finished_at", flat=True)
    return [at.astimezone(stay.scheme.zone).date() for at in times if at]
