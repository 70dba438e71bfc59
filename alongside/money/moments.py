"""What money tells the timeline: only where benefits stand. The rest stays on its page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse

from alongside.moments.registry import Line, tells
from alongside.money.models import BenefitStatus

_ROWS = BenefitStatus.objects.select_related(
    "benefit__stay__scheme__organisation", "benefit__stay__resident", "recorded_by"
)


@tells(BenefitStatus, rows=lambda: _ROWS.iterator(500))
def benefit_moment(status: BenefitStatus) -> Iterable[Line]:
    """One line for each change, on the day it took effect."""
    benefit = status.benefit
    says = benefit.scheme.pack.choices("benefit_statuses")[status.status].says.lower()
    yield Line(
        of=status,
        stay=benefit.stay,
        kind="benefit",
        title=f"{benefit.says}: {says}",
        text=status.words,
        happened_at=datetime.combine(status.from_on, time(12), benefit.scheme.zone),
        recorded_at=status.recorded_at,
        by=status.recorded_by.name if status.recorded_by else "",
        link=reverse("money:money", args=[benefit.stay_id]),
    )
