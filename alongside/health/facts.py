"""What stages ask about health."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.duties.facts import provides
from alongside.health.models import Registration
from alongside.stays.models import Stay


@provides("registrations.held", reads=[Registration])
def registrations_held(stay: Stay, of: str) -> Sequence[date]:
    """Since when they are registered with a service of that kind; none once it ended."""
    held = Registration.objects.filter(stay=stay, ended_on=None)
    if of:
        held = held.filter(kind=of)
    return list(held.order_by("registered_on").values_list("registered_on", flat=True))
