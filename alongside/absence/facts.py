"""What duties may ask about leave: when it begins for this person, and when it was prepared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from alongside.absence.models import Absence, Arrangement, Cover, Kind, of_scheme
from alongside.allocations.matching import candidate_notice
from alongside.allocations.models import LEAD, Allocation
from alongside.duties.engine import Happening
from alongside.duties.facts import from_rows, provides
from alongside.duties.owners import Away, knows_absence
from alongside.organisation.models import Scheme
from alongside.organisation.standing import standing_asks
from alongside.stays.models import Stay


def _leave_of_many(stays: Sequence[Stay], of: str) -> dict[UUID, list[Happening]]:
    held = Allocation.objects.filter(
        Q(until_on=None) | Q(until_on__gt=F("worker__absences__from_on")),
        stay__in=stays,
        role=LEAD,
        from_on__lt=F("worker__absences__from_on"),
        worker__absences__kind=Kind.LEAVE,
        worker__absences__in=Absence.objects.in_force(),
    )
    rows = held.values_list("stay_id", "worker__absences__from_on", "worker__absences__pk")
    found: dict[UUID, list[Happening]] = {}
    for stay, day, key in rows.distinct():
        found.setdefault(stay, []).append(Happening(day, str(key)))
    return {stay: sorted(days) for stay, days in found.items()}


@provides("leave.begins", reads=[Absence, Allocation], many=_leave_of_many)
def leave_begins(stay: Stay, of: str) -> Sequence[Happening]:
    """The first day of every leave of whoever is their key worker then, each by its own name.

    Leave that is refused or cancelled is none. Leave that had begun when they came to that
    worker is none of theirs to be prepared for.
    """
    return _leave_of_many([stay], of).get(stay.pk, [])


@from_rows(
    "leave.arranged",
    reads=[Arrangement],
    rows=lambda _: Arrangement.objects.filter(replaced_at=None),
    columns=["met_on", "absence_id"],
)
def leave_arranged(stay: Stay, day: date, absence: UUID) -> Happening:
    """The day they were met for each leave, once it is written down what was agreed."""
    return Happening(day, str(absence))


def _schemes(record: Absence | Cover) -> Iterable[Scheme]:
    """Everywhere the absent worker works: what they owe there goes to others."""
    if isinstance(record, Cover):
        return [record.scheme]
    return {one.pk: one for one in (record.scheme, *record.worker.schemes())}.values()


@knows_absence(reads=[Absence, Cover], schemes=_schemes)
def away(scheme: Scheme, on: date) -> dict[UUID, Away]:
    """Everybody away from the scheme that day, with who stands in for each of their people."""
    absences = Absence.objects.in_force().on(on).filter(of_scheme(scheme.pk))
    found: dict[UUID, dict[UUID, UUID]] = {
        key: {} for key in absences.values_list("worker_id", flat=True)
    }
    covers = Cover.objects.on(on).filter(absent__in=found, stay__scheme=scheme)
    for absent, stay, worker in covers.values_list("absent_id", "stay_id", "to_worker_id"):
        found[absent][stay] = worker
    return {key: Away(on_case=cases) for key, cases in found.items()}


@standing_asks("lent")
def lent(staff: Any, now: Any, on: Any) -> QuerySet[Any, Any]:
    """The roles that cover has given somebody for a time, each with the people it opens."""
    covers = Cover.objects.on(on).filter(to_worker_id=staff, membership__isnull=False)
    return covers.values_list("membership_id", "stay__resident_id")


@candidate_notice
def leave_of_candidates(scheme: Scheme, workers: Iterable[UUID]) -> Mapping[UUID, str]:
    """Who is away, or will be as far ahead as the practice shows leave, with the days."""
    today = scheme.today()
    last = today + timedelta(days=int(scheme.pack.limit("leave_shown_ahead")))
    ahead = Absence.objects.in_force().overlapping(today, last).filter(worker__in=list(workers))
    found: dict[UUID, str] = {}
    for one in ahead.order_by("from_on", "pk"):
        until = f" to {one.until_on:%-d %B}" if one.until_on else ", nobody knows yet until when"
        since = f"from {one.from_on:%-d %B}" if one.from_on > today else "now"
        found.setdefault(one.worker_id, f"Away {since}{until}")
    return found
