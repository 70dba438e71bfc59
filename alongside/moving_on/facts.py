"""What duties and stages ask about moving on."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

from alongside.duties.engine import Happening
from alongside.duties.facts import from_rows, provides
from alongside.moving_on.models import MoveOnPlan, MoveOnTask, Target
from alongside.plans.models import PlanAction
from alongside.stays.models import Stay


def current_plan(stay: Stay) -> MoveOnPlan | None:
    """The version that counts: the latest."""
    return MoveOnPlan.objects.filter(stay=stay).order_by("-number").first()


def first_target(stay: Stay) -> date:
    """The day counted from moving in, as the pack says."""
    return stay.moved_in_on + timedelta(days=int(stay.pack.limit("move_on_target")))


def target_of(stay: Stay) -> date:
    """The day by which they should have moved on, as it is set now."""
    latest = Target.objects.filter(stay=stay).order_by("-recorded_at", "-pk")
    return latest.values_list("target_on", flat=True).first() or first_target(stay)


def overdue_steps(stay: Stay, on: date) -> int:
    """How many steps toward moving on are late."""
    taken = MoveOnTask.objects.filter(stay=stay).values("action_id")
    return PlanAction.objects.filter(pk__in=taken).overdue(on).count()


@from_rows(
    "move_on_plan.written",
    reads=[MoveOnPlan],
    rows=lambda _: MoveOnPlan.objects.all(),
    columns=["written_on"],
)
def plan_written(stay: Stay, day: date) -> date:
    """The days on which the move-on plan, or another version of it, was written."""
    return day


@provides("move_on_plans.confirmed", reads=[MoveOnPlan])
def plans_confirmed(stay: Stay, of: str) -> Sequence[date]:
    """The day on which the version that counts was found clear and achievable; none before."""
    plan = current_plan(stay)
    return [plan.confirmed_on] if plan and plan.confirmed_on else []


@provides("move_on.none_overdue", reads=[MoveOnPlan, MoveOnTask, PlanAction])
def none_overdue(stay: Stay, of: str) -> Sequence[date]:
    """Today, while there is a plan with steps and none of them is late; else nothing."""
    today = stay.scheme.today()
    if not MoveOnTask.objects.filter(stay=stay).exists() or current_plan(stay) is None:
        return []
    return [] if overdue_steps(stay, today) else [today]


type Targets = list[tuple[date, str, date]]


def _targets_of_many(stays: Sequence[Stay]) -> dict[UUID, Targets]:
    """Each target with the record it stands in, and the day on which it was set."""
    found: dict[UUID, Targets] = {
        stay.pk: [(first_target(stay), "first", stay.moved_in_on)] for stay in stays
    }
    later = Target.objects.filter(stay__in=found).order_by("recorded_at", "pk")
    for key, pk, target_on, set_on in later.values_list("stay_id", "pk", "target_on", "set_on"):
        found[key].append((target_on, str(pk), set_on))
    return found


def _reached(days: Targets) -> list[Happening]:
    return [
        Happening(on, ref)
        for (on, ref, _), after in zip(days, [*days[1:], None], strict=True)
        if after is None or after[2] >= on
    ]


def _renewed(days: Targets) -> list[Happening]:
    return [
        Happening(after[2], before[1]) for before, after in pairwise(days) if after[2] >= before[0]
    ]


@provides(
    "move_on_target.reached",
    reads=[Target],
    many=lambda stays, _: {key: _reached(days) for key, days in _targets_of_many(stays).items()},
)
def target_reached(stay: Stay, of: str) -> Sequence[Happening]:
    """The day by which they should have moved on, and each earlier one that came and went.

    A day that was set anew before it came never was one.
    """
    return _reached(_targets_of_many([stay])[stay.pk])


@provides(
    "move_on_target.renewed",
    reads=[Target],
    many=lambda stays, _: {key: _renewed(days) for key, days in _targets_of_many(stays).items()},
)
def target_renewed(stay: Stay, of: str) -> Sequence[Happening]:
    """The day on which each target that came was followed by another, with a reason."""
    return _renewed(_targets_of_many([stay])[stay.pk])
