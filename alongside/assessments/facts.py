"""What assessments tell the duty engine."""

from __future__ import annotations

from datetime import date, datetime

from alongside.assessments.models import Assessment
from alongside.duties.facts import from_rows, local_day
from alongside.stays.models import Stay


@from_rows(
    "assessment.completed",
    reads=[Assessment],
    rows=lambda _: Assessment.objects.completed(),
    columns=["completed_at"],
)
def completed(stay: Stay, at: datetime) -> date:
    """The days on which an assessment of this stay was completed, in the scheme's time."""
    return local_day(stay, at)
