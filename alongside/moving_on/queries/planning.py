"""What is asked about the plan: the version that counts, its day, its steps, its barriers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.kit.together import read
from alongside.moving_on.models import Barrier, HomeStep, Issue, MoveOnPlan, MoveOnTask, Target
from alongside.organisation.models import Staff
from alongside.organisation.policy import seen_along
from alongside.plans.models import PlanAction, PlanActionQuerySet
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class WayOut:
    """The plan in every version, the days set for the move, and what is in the way; latest first.

    Of what is in the way, what is open comes first.
    """

    plans: list[MoveOnPlan]
    targets: list[Target]
    barriers: list[Barrier]


def way_out(stay: Stay) -> WayOut:
    """All of it in one query."""
    plans = MoveOnPlan.objects.filter(stay=stay).select_related("confirmed_by", "recorded_by")
    plans = plans.order_by("-number")
    targets = Target.objects.filter(stay=stay).select_related("recorded_by")
    targets = targets.order_by("-recorded_at", "-pk")
    barriers = Barrier.objects.filter(stay=stay).select_related("closed_by")
    barriers = barriers.order_by(models.F("closed_on").desc(nulls_first=True), "since_on")
    read(plans, targets, barriers)
    for row in (*plans, *barriers):
        row.stay = stay
    return WayOut(list(plans), list(targets), list(barriers))


def tasks_of(stay: Stay) -> PlanActionQuerySet:
    """The steps toward moving on, soonest first."""
    taken = MoveOnTask.objects.filter(stay=stay).values("action_id")
    found = PlanAction.objects.for_page().filter(pk__in=taken).agreed()
    return found.order_by(models.F("ended_on").desc(nulls_first=True), "when_on", "pk")


def has_open_step(stay: Stay) -> bool:
    """Whether there is a step that somebody will take by a day, or has taken."""
    return bool(tasks_of(stay).filter(when_on__isnull=False).exists())


def home_steps_of(stay: Stay) -> list[HomeStep]:
    """What is to be arranged for the new home, in the order of the pack's phases."""
    order = stay.scheme.pack.choices("move_phases").keys()
    found = HomeStep.objects.filter(stay=stay).select_related("done_by")
    rows = sorted(found, key=lambda one: (_place(order, one.phase), str(one.pk)))
    for row in rows:
        row.stay = stay
    return rows


def _place(order: tuple[str, ...], key: str) -> int:
    return order.index(key) if key in order else len(order)


def issues_of(stay: Stay) -> list[Issue]:
    """The list that workers share, what is open first, with what they added."""
    found = (
        Issue.objects.filter(stay=stay)
        .select_related("owner", "settled_by", "recorded_by")
        .prefetch_related("comments__recorded_by")
    )
    return list(found.order_by(models.F("settled_on").desc(nulls_first=True), "raised_on", "pk"))


def of_a_stay[M: models.Model](staff: Staff, model: type[M], pk: UUID) -> M:
    """That record, if it is of somebody at a scheme where this person reads files."""
    rows = model._default_manager.filter(seen_along(staff, "stay"))
    found = rows.select_related("stay__resident", "stay__scheme__organisation", "stay__bed")
    return get_object_or_404(found, pk=pk)


@dataclass(frozen=True, slots=True)
class Clock:
    """How long something has run, of how many days."""

    says: str
    begins_on: date
    until_on: date
    day: int
    of: int
    over: bool

    @property
    def words(self) -> str:
        if self.over:
            return f"day {self.day}, past {self.until_on:%-d %B %Y}"
        return f"day {self.day} of {self.of}, until {self.until_on:%-d %B %Y}"


def clock_of(says: str, begins_on: date, until_on: date, *, on: date) -> Clock:
    """The clock from one day to another as it stands on a third; the first day is day 0."""
    day, of = max((on - begins_on).days, 0), (until_on - begins_on).days
    return Clock(says, begins_on, until_on, day, of, over=on > until_on)


def stay_clock(stay: Stay, target: date) -> Clock:
    """Days here, of the days until the target; it stands still once they have left."""
    on = min(filter(None, (stay.moved_out_on, stay.scheme.today())))
    return clock_of("In the house", stay.moved_in_on, target, on=on)
