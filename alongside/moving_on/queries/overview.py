"""The list of a whole scheme: who has a plan, who has none and for how long, who is past the day.

One query for the page and a few for what stands beside it, however many people there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, cast

from django.db.models import CharField, DateField, OuterRef, Q, QuerySet, Subquery

from alongside.allocations.models import LEAD, Allocation
from alongside.kit import clock
from alongside.moving_on.models import MoveOnPlan, Target, Viewing
from alongside.organisation.models import Scheme
from alongside.stays.models import Stay

SHOW = {
    "without": "Without a plan",
    "past": "Past the day",
    "unconfirmed": "To be confirmed",
    "moving": "With a date",
}
SORTS = {
    "name": "resident__name_key",
    "in": "moved_in_on",
    "plan": "plan_on",
    "move": "leaving_on",
    "viewing": "next_viewing",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One person of the list."""

    stay: Stay
    days_without: int | None
    housing: str
    confirmed_on: date | None
    target_on: date
    days_past: int
    viewing_at: datetime | None
    worker: str

    @property
    def lacks(self) -> str:
        """For how many days there has been no plan."""
        return f"None for {self.days_without} days"

    @property
    def past_says(self) -> str:
        """How far past their day they are."""
        return f"{self.days_past} days past"


def moving_on_at(scheme: Scheme, *, show: str = "") -> QuerySet[Stay]:
    """Everybody staying at the scheme now, with what the list shows of each."""
    today = scheme.today()
    plans = MoveOnPlan.objects.filter(stay=OuterRef("pk")).order_by("-number")
    targets = Target.objects.filter(stay=OuterRef("pk")).order_by("-recorded_at", "-pk")
    viewings = Viewing.objects.filter(
        stay=OuterRef("pk"), result="", starts_at__gte=clock.now()
    ).order_by("starts_at")
    lead = Allocation.objects.filter(stay=OuterRef("pk"), role=LEAD, until_on=None)
    found = (
        Stay.objects.for_page()
        .current()
        .filter(scheme=scheme)
        .annotate(
            housing=Subquery(plans.values("housing")[:1], output_field=CharField()),
            plan_on=Subquery(plans.values("written_on")[:1], output_field=DateField()),
            confirmed_on=Subquery(plans.values("confirmed_on")[:1], output_field=DateField()),
            target_set=Subquery(targets.values("target_on")[:1], output_field=DateField()),
            next_viewing=Subquery(viewings.values("starts_at")[:1]),
            worker_name=Subquery(lead.values("worker__name")[:1]),
        )
    )
    return _narrowed(found, show, today, first_target_before(scheme, today))


def first_target_before(scheme: Scheme, today: date) -> date:
    """Whoever moved in before this day is past the first target."""
    return today - timedelta(days=int(scheme.pack.limit("move_on_target")))


def _narrowed(found: Any, show: str, today: date, first: date) -> QuerySet[Stay]:
    """Some of them. Any, because the figures beside each person are not columns of a stay."""
    past = Q(target_set__lt=today) | Q(target_set=None, moved_in_on__lt=first)
    narrower = {
        "without": Q(plan_on=None),
        "past": past,
        "unconfirmed": Q(plan_on__isnull=False, confirmed_on=None),
        "moving": Q(leaving_on__isnull=False),
    }
    narrowed: QuerySet[Stay] = found.filter(narrower.get(show, Q()))
    return narrowed


def rows_of(scheme: Scheme, stays: Iterable[Stay]) -> list[Row]:
    """The rows of the list, with the arithmetic of today."""
    return [_row(scheme, cast("Any", stay)) for stay in stays]


def _row(scheme: Scheme, stay: Any) -> Row:
    today = scheme.today()
    days = int(scheme.pack.limit("move_on_target"))
    target = stay.target_set or stay.moved_in_on + timedelta(days=days)
    found = scheme.pack.choices("housing_choices").get(stay.housing or "")
    return Row(
        stay=stay,
        days_without=None if stay.plan_on else (today - stay.moved_in_on).days,
        housing=found.says if found else (stay.housing or ""),
        confirmed_on=stay.confirmed_on,
        target_on=target,
        days_past=max((today - target).days, 0),
        viewing_at=stay.next_viewing,
        worker=stay.worker_name or "",
    )


@dataclass(frozen=True, slots=True)
class Counts:
    """How many people there are, lack a plan, and are past their day; and the mean stay."""

    here: int
    without: int
    past: int
    moving: int
    mean_days: int | None
    ended: int

    @property
    def mean_of(self) -> str:
        """Of how many people the mean is."""
        if not self.ended:
            return "nobody has moved on in the last year"
        return f"of {self.ended} who moved on in the last year"


def counts_at(scheme: Scheme) -> Counts:
    """The figures above the list. Mean stay is of everybody who has moved on since a year ago."""
    today = scheme.today()
    since = today - timedelta(days=int(scheme.pack.limit("mean_stay_window")))
    ended = Stay.objects.filter(scheme=scheme, moved_out_on__gte=since).values_list(
        "moved_in_on", "moved_out_on"
    )
    lengths = [(out - came).days for came, out in ended if out]
    return Counts(
        here=Stay.objects.current().filter(scheme=scheme).count(),
        without=moving_on_at(scheme, show="without").count(),
        past=moving_on_at(scheme, show="past").count(),
        moving=moving_on_at(scheme, show="moving").count(),
        mean_days=round(sum(lengths) / len(lengths)) if lengths else None,
        ended=len(lengths),
    )
