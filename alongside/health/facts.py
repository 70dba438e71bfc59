"""What stages ask about health."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from alongside.duties.rows import days_from
from alongside.health.models import Registration
from alongside.stays.models import Stay


@days_from("registrations.held", reads=[Registration])
def registrations_held(stay: Stay, of: str) -> QuerySet[Any, date]:
    """Since when they are registered with a service of that kind; none once it ended."""
    held = Registration.objects.filter(stay=stay, ended_on=None)
    if of:
        held = held.filter(kind=of)
    return held.order_by("registered_on").values_list("registered_on", flat=True)
