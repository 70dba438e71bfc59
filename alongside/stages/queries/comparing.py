"""What was said to be done, beside its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from alongside.stages.claims import Claim, claims_of
from alongside.stages.models import (
    Reconciliation,
)
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Compared:
    """Something said to be done, its evidence, and what the comparison made of it."""

    claim: Claim
    latest: Reconciliation | None


def reconciliation_of(stay: Stay, *, since: date) -> list[Compared]:
    """Everything said to be done since that day, beside its evidence, oldest first.

    Actions of the plan come from whoever registered them (see `claims`); evidence a resident
    offered comes from here.
    """
    made = Reconciliation.objects.filter(stay=stay, reconciled_on__gte=since)
    made = made.select_related("reconciled_by").order_by("reconciled_on", "pk")
    claimed = claims_of(stay, since, made)
    latest = {row.record_id: row for row in made}
    return [Compared(claim, latest.get(claim.record_id)) for claim in claimed]


def lately(stay: Stay) -> date:
    """The first day of last month: from there the monthly comparison looks."""
    return (stay.scheme.today().replace(day=1) - timedelta(days=1)).replace(day=1)


def compared_lately(stay: Stay) -> list[Compared]:
    """What the monthly comparison is about today."""
    return reconciliation_of(stay, since=lately(stay))


def held_with_nothing(stay: Stay) -> Reconciliation | None:
    """The latest comparison since last month that found nothing said to be done."""
    held = Reconciliation.objects.filter(stay=stay, outcome=Reconciliation.NOTHING)
    held = held.filter(reconciled_on__gte=lately(stay)).select_related("reconciled_by")
    return held.order_by("-reconciled_on", "-pk").first()
