"""What duties may ask about leave: when it begins for this person, and when it was prepared."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import F, Q

from alongside.absence.models import Absence, Arrangement, Kind
from alongside.allocations.models import LEAD, Allocation
from alongside.duties.engine import Happening
from alongside.duties.facts import provides
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
