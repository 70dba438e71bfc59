"""Writing down how much support somebody is to have, by which contract."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from alongside.audit.operation import operation
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.rota.models import ContractedHours
from alongside.stays.models import Stay
from alongside.stays.operations import case_is_closed

HOURS_OF_A_WEEK = 168
MINUTES = 60


@operation("hours.contracted", needs=Action.KEEP_ROTA, unless=case_is_closed)
def contract_hours(
    stay: Stay, *, by: Staff, hours: Decimal, from_on: date, source: str
) -> ContractedHours:
    """Say how many hours of support a week somebody is to have from a day on, and who says so.

    Refused without the source, before they came, and for more hours than a week has.
    Source: co-ordinator's job description (source 004), staffing to need and contract.
    """
    if not 0 <= hours <= HOURS_OF_A_WEEK:
        raise Refused(
            "A week does not have that many hours.",
            instead=f"Write between 0 and {HOURS_OF_A_WEEK}.",
            field="hours",
        )
    if from_on < stay.moved_in_on:
        raise Refused(
            f"{stay.resident} came on {stay.moved_in_on:%-d %B %Y}.",
            instead="Choose that day or a later one.",
            field="from_on",
        )
    if not source.strip():
        raise Refused(
            "Nobody knows where that comes from.",
            instead="Say which contract or agreement it is.",
            field="source",
        )
    return ContractedHours.objects.create(
        stay=stay,
        minutes_each_week=int(hours * MINUTES),
        from_on=from_on,
        source=source.strip(),
        set_by=by,
    )
