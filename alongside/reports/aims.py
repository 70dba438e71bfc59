"""How many goals serve each aim of a service, and what became of them in a month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count

from alongside.organisation.models import Scheme
from alongside.plans.models import Goal, GoalResult
from alongside.practice.contents import Pack
from alongside.practice.words import Choice
from alongside.reports.month import Month


@dataclass(frozen=True, slots=True)
class AimRow:
    """One aim or objective: the goals that name it now, and how many came to what in the month."""

    says: str
    is_objective: bool = False
    goals: int = 0
    told: list[tuple[int, Choice]] = field(default_factory=list)

    @property
    def became(self) -> list[tuple[int, Choice]]:
        """What at least one goal came to."""
        return [(many, result) for many, result in self.told if many]


@dataclass(frozen=True, slots=True)
class Aims:
    """Every aim in order, then the goals that name none."""

    rows: list[AimRow]


def aims_of(scheme: Scheme, month: Month) -> Aims:
    """The goals of everybody who stays here now, by the aim they name; three queries.

    What became of a goal is its last result of the month, whoever's it is.
    """
    pack = scheme.pack
    now = Goal.objects.filter(
        plan__stay__scheme=scheme, plan__stay__moved_out_on=None, plan__replaced_at=None
    )
    counted = now.order_by().values_list("aim").annotate(many=Count("line", distinct=True))
    goals = dict(counted)
    became = _became(scheme, month)
    listed = list(pack.choices("goal_results"))

    def row(key: str, says: str, *, is_objective: bool = False) -> AimRow:
        told = [(became[key, result.key], result) for result in listed]
        return AimRow(says, is_objective, goals.get(key, 0), told)

    rows = [row(aim.key, aim.says, is_objective=bool(aim.under)) for aim in pack.aims_in_order]
    here = {aim.key for aim in pack.aims_in_order}
    gone = {key for key in (*goals, *(key for key, _ in became)) if key and key not in here}
    rows += [row(key, _withdrawn(pack, key)) for key in sorted(gone)]
    return Aims([*rows, row("", "No aim named")])


def _withdrawn(pack: Pack, key: str) -> str:
    """How to name an aim that counts no more; the words of the pack's stay known."""
    aim = pack.aims.get(key)
    return f"Withdrawn: {aim.says}" if aim else "An aim that was withdrawn"


def _became(scheme: Scheme, month: Month) -> Counter[tuple[str, str]]:
    """How many goals came to what in the month, by aim and result."""
    first, last = month.days
    told = GoalResult.objects.filter(stay__scheme=scheme, on__gte=first, on__lte=last)
    latest: dict[UUID, str] = dict(told.order_by("recorded_at", "pk").values_list("line", "result"))
    of = Goal.objects.filter(plan__stay__scheme=scheme, line__in=list(latest))
    aims: dict[UUID, str] = dict(of.order_by("plan__number").values_list("line", "aim"))
    return Counter((aims.get(line, ""), result) for line, result in latest.items())
