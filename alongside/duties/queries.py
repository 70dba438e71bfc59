"""What pages ask about duties."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.shortcuts import get_object_or_404

from alongside.duties.models import Duty, DutyQuerySet, Excuse, State, WorkedOut
from alongside.organisation.models import Scheme, Staff
from alongside.stays.models import Stay


def duties_outstanding(scheme: Scheme, *, on: date) -> DutyQuerySet:
    """What is owed at the scheme now, the most urgent first."""
    return Duty.objects.for_page().filter(scheme=scheme).outstanding(on).order_by("due_on", "pk")


def owed_by(staff: Staff, scheme: Scheme, *, on: date) -> DutyQuerySet:
    """What this person owes at the scheme now, supporting included, the most urgent first."""
    return duties_outstanding(scheme, on=on).filter(owed_by=staff)


def merged(duties: Iterable[Duty]) -> list[Duty]:
    """Each thing to do once: what one person owes in two roles, by the same day and closed by the
    same record, is one thing."""
    seen: dict[tuple[object, ...], Duty] = {}
    for duty in duties:
        what = (duty.subject_id, duty.done_by, duty.due_on, duty.owed_by_id)
        seen.setdefault(what if duty.done_by and duty.owed_by_id else (duty.pk,), duty)
    return list(seen.values())


def duties_of(stay: Stay) -> DutyQuerySet:
    """Everything owed to one person: what is open first, then what was, latest first."""
    return Duty.objects.for_page().filter(stay=stay).order_by("-due_on", "key")


def open_duties_of(stay: Stay, *, on: date) -> DutyQuerySet:
    """What is owed to one person now, the most urgent first."""
    return Duty.objects.for_page().filter(stay=stay).outstanding(on).order_by("due_on", "key")


def duty_for(staff: Staff, duty_id: UUID) -> Duty:
    """That duty, if it is about somebody at a scheme where this person works."""
    return get_object_or_404(
        Duty.objects.visible_to(staff).select_related(
            "stay__scheme__organisation", "stay__resident", "stay__bed", "scheme"
        ),
        pk=duty_id,
    )


def excuses_of(stay: Stay) -> dict[tuple[str, date, str], Excuse]:
    """What was excused for one person, by rule, period and thing: why, and who approved it."""
    found = Excuse.objects.filter(stay=stay, subject_kind="stay").select_related("approved_by")
    return {(one.key, one.period_from, one.ref): one for one in found}


def is_worked_out(scheme: Scheme) -> bool:
    """Whether the duties of the scheme are those of today."""
    return WorkedOut.objects.filter(scheme=scheme, on=scheme.today()).exists()


def counts_by_state(scheme: Scheme, *, from_on: date, until_on: date) -> dict[str, int]:
    """How many duties that fell due in the period were met, met late, missed and so on."""
    found = Duty.objects.filter(scheme=scheme, due_on__range=(from_on, until_on))
    counts = dict.fromkeys(State.values, 0)
    for state in found.values_list("state", flat=True):
        counts[state] += 1
    return counts
