"""What assessments tell the duty engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.assessments.models import Assessment
from alongside.duties.facts import provides
from alongside.stays.models import Stay


@provides("assessment.completed", reads=[Assessment])
def completed(stay: Stay, of: str) -> Sequence[date]:
    """The days on which an assessment of this stay was completed, in the scheme's time."""
    zone = stay.scheme.zone
    done = Assessment.objects.completed().filter(stay=stay).order_by("completed_at")
    return [at.astimezone(zone).date() for at in done.values_list("completed_at", flat=True) if at]
