"""What duties may know of admissions and inductions."""

from __future__ import annotations

from datetime import date, datetime

from alongside.admissions.models import Admission, Induction
from alongside.duties.facts import from_rows, local_day
from alongside.stays.models import Stay


@from_rows(
    "induction.held",
    reads=[Induction],
    rows=lambda _: Induction.objects.filter(held_on__isnull=False),
    columns=["held_on"],
)
def induction_held(stay: Stay, day: date) -> date:
    """The day on which the induction was held."""
    return day


@from_rows(
    "admission.in_emergency",
    reads=[Admission],
    rows=lambda _: Admission.objects.filter(in_emergency=True),
    columns=["pk"],
)
def admitted_in_emergency(stay: Stay, key: object) -> date:
    """The day on which they were given a bed before the admission was complete."""
    return stay.moved_in_on


@from_rows(
    "admission.completed",
    reads=[Admission],
    rows=lambda _: Admission.objects.filter(finished_at__isnull=False),
    columns=["finished_at"],
)
def admission_completed(stay: Stay, at: datetime) -> date:
    """The day on which everything an admission asks for was there."""
    return local_day(stay, at)
