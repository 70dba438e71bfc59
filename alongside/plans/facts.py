"""What duties and stages learn from plans, actions and weekly forms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, QuerySet

from alongside.absence.models import Absence
from alongside.absence.queries import is_away
from alongside.assessments.engagement import counts_engaged_actions
from alongside.duties.facts import from_rows, local_day, provides_where
from alongside.duties.rows import days_from, provides_from
from alongside.plans.models import Plan, PlanAction, PlanCopy, PlanReading, WeeklyForm, WeeklyLine
from alongside.stays.models import Stay


def _in_force_of_many(stays: Sequence[Stay], of: str) -> dict[UUID, list[date]]:
    by_key = {stay.pk: stay for stay in stays}
    found: dict[UUID, list[date]] = {}
    rows = Plan.objects.filter(stay__in=by_key, in_force_at__isnull=False).order_by("in_force_at")
    for key, at in rows.values_list("stay_id", "in_force_at"):
        if at:
            found.setdefault(key, []).append(_day(by_key[key], at))
    return found


@provides_from(
    "plan.in_force",
    reads=[Plan],
    rows=lambda stay, _: [_in_force(stay)],
    many=_in_force_of_many,
)
def in_force(stay: Stay, of: str, times: Sequence[datetime]) -> Sequence[date]:
    """When each version had both signatures. A refused plan is never among them."""
    return _days(stay, times)


def _in_force(stay: Stay) -> QuerySet[Plan, datetime | None]:
    return stay.plans.filter(in_force_at__isnull=False).values_list("in_force_at", flat=True)


@from_rows(
    "plan.copy_given",
    reads=[PlanCopy],
    rows=lambda _: PlanCopy.objects.all(),
    columns=["offered_on"],
    path="plan__stay",
)
def copy_given(stay: Stay, day: date) -> date:
    """When a copy of the plan was offered to them. Not wanting it is an answer too."""
    return day


@provides_where(
    "plan.signed_by_substitute",
    reads=[Plan, PlanReading, Absence],
    rows=lambda: Plan.objects.filter(in_absence_of__isnull=False),
)
def signed_by_substitute(stay: Stay, of: str) -> Sequence[date]:
    """When somebody signed a plan in the place of the key worker; once they are back, if away.

    While nobody knows when they are back there is no such day, unless they have read it since.
    """
    signed = stay.plans.filter(in_absence_of__isnull=False, worker_agreed_at__isnull=False)
    days = [
        _to_be_read(stay, plan)
        for plan in signed.select_related("in_absence_of").prefetch_related("readings")
    ]
    return sorted(day for day in days if day)


def _to_be_read(stay: Stay, plan: Plan) -> date | None:
    """The day the key worker can read it: when it was signed, or back, or when they did."""
    if plan.worker_agreed_at is None or plan.in_absence_of is None:
        return None
    signed = _day(stay, plan.worker_agreed_at)
    away = is_away(plan.in_absence_of, signed, signed)
    if away is None:
        return signed
    read = [
        _day(stay, one.read_at)
        for one in plan.readings.all()
        if one.staff_id == plan.in_absence_of_id
    ]
    back = [away.until_on + date.resolution] if away.until_on else []
    return min([*back, *read], default=None)


@provides_where(
    "plan.read_by_key_worker",
    reads=[PlanReading],
    rows=lambda: PlanReading.objects.all(),
    path="plan__stay",
)
def read_by_key_worker(stay: Stay, of: str) -> Sequence[date]:
    """When the key worker read what a colleague signed for them."""
    found = PlanReading.objects.filter(plan__stay=stay, plan__in_absence_of__isnull=False)
    read = [
        reading.read_at
        for reading in found.select_related("plan")
        if reading.staff_id == reading.plan.in_absence_of_id
    ]
    return _days(stay, read)


@from_rows(
    "plan.agreement_withdrawn",
    reads=[Plan],
    rows=lambda _: Plan.objects.filter(withdrawn_at__isnull=False),
    columns=["withdrawn_at"],
)
def agreement_withdrawn(stay: Stay, at: datetime) -> date:
    """When the resident took their agreement back."""
    return local_day(stay, at)


@provides_where(
    "plan.reconsidered",
    reads=[Plan],
    rows=lambda: Plan.objects.filter(withdrawn_at__isnull=False),
)
def reconsidered(stay: Stay, of: str) -> Sequence[date]:
    """When a withdrawn plan was gone through again, or a version after it came into force."""
    plans = list(stay.plans.order_by("number"))
    talked = [plan.reconsidered_at for plan in plans if plan.reconsidered_at]
    renewed = [
        later.in_force_at
        for before in plans
        for later in plans
        if before.withdrawn_at and later.number > before.number and later.in_force_at
    ]
    return _days(stay, {*talked, *renewed})


@from_rows(
    "weekly_form.signed",
    reads=[WeeklyForm],
    rows=lambda _: WeeklyForm.objects.filter(in_force_at__isnull=False),
    columns=["starts_on", "in_force_at"],
)
def weekly_form_signed(stay: Stay, starts_on: date, at: datetime) -> date | None:
    """When each form came into force, as a day of its own week; one signed later is no such day.

    A form that was signed before its week began counts from the week's first day.
    """
    day = max(starts_on, local_day(stay, at))
    return day if day <= WeeklyForm(starts_on=starts_on).ends_on else None


@days_from("actions.completed", reads=[PlanAction])
def actions_completed(stay: Stay, of: str) -> QuerySet[PlanAction, date | None]:
    """The day each action was achieved, of those that staff have verified; of one need if named."""
    found = PlanAction.objects.filter(stay=stay, ended_on__isnull=False).verified()
    found = found.filter(need=of) if of else found
    return found.order_by("ended_on").values_list("ended_on", flat=True)


@days_from("weekly_forms.achieved", reads=[WeeklyForm, WeeklyLine])
def weekly_forms_achieved(stay: Stay, of: str) -> QuerySet[WeeklyForm, date]:
    """The first day of every week whose form was in force and had an action done."""
    found = stay.weekly_forms.filter(in_force_at__isnull=False, lines__result="done")
    return found.order_by("starts_on").values_list("starts_on", flat=True).distinct()


@counts_engaged_actions
def actions_engaged(stay: Stay) -> dict[str, int]:
    """How many actions the person has begun, by the need they are for: {"4.7": 3}."""
    counted = (
        PlanAction.objects.filter(stay=stay)
        .engaged()
        .exclude(need="")
        .order_by()
        .values_list("need")
        .annotate(Count("pk"))
    )
    return dict(counted)


def _day(stay: Stay, at: datetime) -> date:
    return at.astimezone(stay.scheme.zone).date()


def _days(stay: Stay, times: Iterable[datetime | None]) -> list[date]:
    return sorted(_day(stay, at) for at in times if at)
