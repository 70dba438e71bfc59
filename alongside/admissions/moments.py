"""How an admission and an induction show on a person's timeline."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from django.urls import reverse

from alongside.admissions.models import Admission, Induction, InductionRefusal
from alongside.moments.registry import Line, tells

NOON = time(12)


@tells(
    Admission,
    rows=lambda: Admission.objects.filter(stay__isnull=False).select_related(
        "stay__scheme", "finished_by", "begun_by"
    ),
)
def admission_lines(admission: Admission) -> Iterable[Line]:
    """That the admission is complete, or that they came in an emergency and it is not yet."""
    stay = admission.stay
    if stay is None:
        return
    yield Line(
        of=admission,
        stay=stay,
        kind="admission",
        title="Admission completed" if admission.finished_at else "Given a bed in an emergency",
        happened_at=admission.finished_at or admission.recorded_at,
        recorded_at=admission.recorded_at,
        by=str(admission.finished_by or admission.begun_by),
        link=reverse("admissions:admission", args=[admission.pk]),
    )


@tells(Induction, rows=lambda: Induction.objects.select_related("stay__scheme", "held_by"))
def induction_lines(induction: Induction) -> Iterable[Line]:
    """That the induction was held, and how late."""
    if induction.held_on is None:
        return
    late = f"{induction.days_late} days after it was due" if induction.days_late else ""
    yield Line(
        of=induction,
        stay=induction.stay,
        kind="induction",
        title="Induction held",
        text=induction.late_words,
        note=late,
        happened_at=datetime.combine(induction.held_on, NOON, induction.scheme.zone),
        recorded_at=induction.recorded_at,
        by=str(induction.held_by),
        link=reverse("admissions:induction", args=[induction.stay_id]),
    )


@tells(
    InductionRefusal,
    rows=lambda: InductionRefusal.objects.select_related("induction__stay__scheme", "recorded_by"),
)
def refusal_lines(refusal: InductionRefusal) -> Iterable[Line]:
    """That they did not want it that day."""
    yield Line(
        of=refusal,
        stay=refusal.stay,
        kind="induction",
        title="Induction offered, not wanted",
        text=refusal.reason,
        happened_at=datetime.combine(refusal.offered_on, NOON, refusal.stay.scheme.zone),
        recorded_at=refusal.recorded_at,
        by=str(refusal.recorded_by),
        link=reverse("admissions:induction", args=[refusal.stay.pk]),
    )
