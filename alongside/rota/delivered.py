"""Hours of support contracted and delivered, person by person."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from django.db.models import Sum

from alongside.keywork.models import Note
from alongside.organisation.models import Scheme
from alongside.rota.models import ContractedHours
from alongside.rota.times import DAY, in_hours
from alongside.stays.models import Stay

DAYS_OF_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Delivered:
    """One person: minutes contracted in the time, and minutes that entries say were given."""

    stay: Stay
    contracted: int
    delivered: int
    source: str

    @property
    def row(self) -> tuple[str, str]:
        return in_hours(self.contracted), in_hours(self.delivered)

    @property
    def short(self) -> int:
        return max(self.contracted - self.delivered, 0)

    @property
    def short_says(self) -> str:
        return in_hours(self.short)


def delivered(scheme: Scheme, first: date, last: date) -> list[Delivered]:
    """Everybody with hours contracted in these days, both included, who is shortest first.

    Three queries. What was given is the minutes of every entry that stands.
    """
    contracts: dict[UUID, list[ContractedHours]] = defaultdict(list)
    for one in ContractedHours.objects.filter(stay__scheme=scheme, from_on__lte=last).order_by(
        "from_on"
    ):
        contracts[one.stay_id].append(one)
    given = _given(scheme, list(contracts), first, last)
    stays = Stay.objects.for_page().filter(pk__in=list(contracts), moved_in_on__lte=last)
    rows = [
        Delivered(
            stay,
            _contracted(contracts[stay.pk], first, min(last, stay.moved_out_on or last)),
            given.get(stay.pk, 0),
            contracts[stay.pk][-1].source,
        )
        for stay in stays.exclude(moved_out_on__lt=first)
    ]
    return sorted(rows, key=lambda row: (-row.short, row.stay.resident.name_key))


def _contracted(contracts: list[ContractedHours], first: date, last: date) -> int:
    """Minutes of these days: each day a seventh of what is contracted for the week then."""
    total, day = 0, first
    while day <= last:
        held = [one for one in contracts if one.from_on <= day]
        total += held[-1].minutes_each_week if held else 0
        day += DAY
    return total // DAYS_OF_A_WEEK


def _given(scheme: Scheme, stays: list[UUID], first: date, last: date) -> dict[UUID, int]:
    begins = datetime.combine(first, time.min, tzinfo=scheme.zone)
    ends = datetime.combine(last + DAY, time.min, tzinfo=scheme.zone)
    notes = Note.objects.standing().filter(
        stay_id__in=stays, happened_at__gte=begins, happened_at__lt=ends, minutes__isnull=False
    )
    rows = notes.order_by().values_list("stay_id").annotate(minutes=Sum("minutes"))
    return dict(rows)
