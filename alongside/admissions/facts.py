"""What duties may know of admissions and inductions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from alongside.admissions.models import Admission, Induction
from alongside.duties.facts import provides
from alongside.stays.models import Stay


@provides("induction.held", reads=[Induction])
def induction_held(stay: Stay, of: str) -> Sequence[date]:
    """The day on which the induction was held."""
    days = Induction.objects.filter(stay=stay).values_list("held_on", flat=True)
    return [day for day in days if day]


@provides("admission.in_emergency", reads=[Admission])
def admitted_in_emergency(stay: Stay, of: str) -> Sequence[date]:
    """The day on which they were given a bed before the admission was complete."""
    began = Admission.objects.filter(stay=stay, in_emergency=True).exists()
    return [stay.moved_in_on] if began else []


@provides("admission.completed", reads=[Admission])
def admission_completed(stay: Stay, of: str) -> Sequence[date]:
    """The day on which everything an admission asks for was there."""
    times = Admission.objects.filter(stay=stay).values_list("finished_at", flat=True)
    return [at.astimezone(stay.scheme.zone).date() for at in times if at]
