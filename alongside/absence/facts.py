"""What duties may ask about leave: when it begins for this person, and when it was prepared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import F, Q

from alongside.absence.models import Absence, Arrangement, Cover, Kind, of_scheme
from alongside.allocations.models import LEAD, Allocation
from alongside.duties.engine import Happening
from alongside.duties.facts import provides
from alongside.duties.owners import Away, knows_absence
from alongside.organisation.models import Scheme
from alongside.stays.models import Stay


@provides("leave.begins", reads=[Absence, Allocation])
def leave_begins(stay: Stay, of: str) -> Sequence[Happening]:
    """The first day of every leave of whoever is their key worker then, each by its own name.

    Leave that is refused or cancelled is none. Leave that had begun when they came to that
    worker is none of theirs to be prepared for.
    """
    held = Allocation.objects.filter(stay=stay, role=LEAD)
    found = Absence.objects.in_force().filter(
        Q(worker__allocations__until_on=None) | Q(worker__allocations__until_on__gt=F("from_on")),
        kind=Kind.LEAVE,
        worker__allocations__in=held,
        worker__allocations__from_on__lt=F("from_on"),
    )
    days = found.order_by("from_on").values_list("from_on", "pk").distinct()
    return [Happening(day, str(key)) for day, key in days]


@provides("leave.arranged", reads=[Arrangement])
def leave_arranged(stay: Stay, of: str) -> Sequence[Happening]:
    """The day they were met for each leave, once it is written down what was agreed."""
    told = Arrangement.objects.filter(stay=stay, replaced_at=None).order_by("met_on")
    return [Happening(day, str(key)) for day, key in told.values_list("met_on", "absence_id")]


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
