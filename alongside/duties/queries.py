"""What pages ask about duties."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, QuerySet
from django.shortcuts import get_object_or_404

from alongside.duties.models import (
    ClosedDuty,
    ClosedMonth,
    Duty,
    DutyQuerySet,
    Excuse,
    MissReason,
    MovedDate,
    State,
    WorkedOut,
)
from alongside.kit.durations import Duration
from alongside.organisation.models import Scheme, Staff
from alongside.organisation.policy import shown
from alongside.stays.models import Stay

MOST_MOVED = 20


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
            "stay__scheme__organisation",
            "stay__resident",
            "stay__bed",
            "scheme__organisation",
            "owed_by",
            "instead_of",
            "told",
            "told_next",
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


def excuse_of(duty: Duty) -> Excuse | None:
    """That it was excused: why, and who approved it."""
    same = {**_same(duty), "ref__in": [duty.ref, ""], "period_from": duty.period_from}
    del same["ref"]  # those of older times did not name what a form answers
    found = Excuse.objects.filter(**same).select_related("approved_by")
    return found.order_by("-ref").first()


def excuse_among(excuses: Mapping[tuple[str, date, str], Excuse], duty: Duty) -> Excuse | None:
    """The one of these that excuses the duty, also where it did not name what a form answers."""
    named = excuses.get((duty.key, duty.period_from, duty.ref))
    if named or duty.state != State.EXCUSED:
        return named
    return excuses.get((duty.key, duty.period_from, ""))


def miss_reason_of(duty: Duty) -> MissReason | None:
    """Why it was missed, as it was said last."""
    found = MissReason.objects.filter(**_same(duty), period_from=duty.period_from)
    return found.select_related("said_by", "scheme").order_by("-recorded_at", "-pk").first()


def moved_dates_of(duty: Duty) -> list[MovedDate]:
    """Every time its date moved because another date was corrected, the latest first."""
    return list(MovedDate.objects.filter(**_same(duty)).order_by("-recorded_at", "-pk"))


def moved_dates_about(stay: Stay) -> list[MovedDate]:
    """Every duty of one person whose date moved, or was left as it was; the latest first."""
    return list(MovedDate.objects.filter(stay=stay).order_by("-recorded_at", "-pk")[:MOST_MOVED])


def _same(duty: Duty) -> dict[str, object]:
    return {
        "subject_kind": duty.subject_kind,
        "subject_id": duty.subject_id,
        "scheme": duty.scheme_id,
        "key": duty.key,
        "ref": duty.ref,
    }


# --- closed months ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Figures:
    """How what was due in a month stood when it was closed."""

    month: ClosedMonth
    met: int
    late: int
    missed: int
    excused: int
    overdue: int

    @property
    def due(self) -> int:
        """Everything that was asked for: excused ones are told apart."""
        return self.met + self.late + self.missed + self.overdue


@dataclass(frozen=True, slots=True)
class Since:
    """One duty that stands otherwise today than when its month was closed."""

    whom: str
    says: str
    due_on: date
    was: str
    now: str
    stay_id: UUID | None
    duty_id: UUID | None


def closed_months(scheme: Scheme) -> QuerySet[ClosedMonth]:
    """Every closed month of the scheme, the latest first."""
    return ClosedMonth.objects.filter(scheme=scheme).select_related("closed_by").order_by("-month")


def closed_month_for(staff: Staff, pk: UUID) -> ClosedMonth:
    """That month, if it is of a scheme where this person reads files."""
    found = ClosedMonth.objects.filter(scheme_id__in=staff.reads_at())
    return get_object_or_404(found.select_related("scheme__organisation", "closed_by"), pk=pk)


def figures_of(months: Sequence[ClosedMonth]) -> list[Figures]:
    """The figures of these months as they were closed; one query."""
    lines = ClosedDuty.objects.filter(month__in=months).values_list("month_id", "state")
    counted = dict.fromkeys(((month.pk, state) for month in months for state in State.values), 0)
    for month, state, many in lines.annotate(many=Count("pk")).order_by():
        counted[month, state] = many
    return [
        Figures(
            month,
            met=counted[month.pk, State.MET],
            late=counted[month.pk, State.MET_LATE],
            missed=counted[month.pk, State.MISSED],
            excused=counted[month.pk, State.EXCUSED] + counted[month.pk, State.PAUSED],
            overdue=counted[month.pk, State.OPEN],
        )
        for month in months
    ]


def lines_of(month: ClosedMonth, *, state: str = "") -> QuerySet[ClosedDuty]:
    """Every duty of a closed month, or those of one state; by person and date."""
    found = shown(month.lines.select_related("owed_by"))
    if state:
        found = found.filter(state=state)
    return found.order_by("whom", "due_on", "pk")


def corrected_since(month: ClosedMonth) -> list[Since]:
    """What stands otherwise today than when the month was closed; two queries."""
    after = Duration(months=1).after(month.month)
    now = {
        _identity(duty): duty
        for duty in Duty.objects.for_page().filter(
            scheme=month.scheme_id, due_on__gte=month.month, due_on__lt=after
        )
    }
    found = []
    for line in shown(month.lines.order_by("whom", "due_on", "pk")):
        duty = now.pop(_identity(line), None)
        stands = duty.state if duty else State.VOID
        if stands != line.state:
            found.append(_since(line, line.whom, State(line.state).label, stands, duty))
    new = [duty for duty in now.values() if duty.state != State.VOID]
    found += [_since(duty, duty.whom, "Not counted", duty.state, duty) for duty in new]
    return found


def _identity(row: Duty | ClosedDuty) -> tuple[str, UUID, str, date, str]:
    return (row.subject_kind, row.subject_id, row.key, row.period_from, row.ref)


def _since(row: Duty | ClosedDuty, whom: str, was: str, stands: str, duty: Duty | None) -> Since:
    now = State(stands).label if duty else "Due in another month, or no longer owed"
    return Since(whom, row.says, row.due_on, was, now, row.stay_id, duty.pk if duty else None)
