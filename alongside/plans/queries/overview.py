"""The plans of everybody staying at a scheme, with what is missing from each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from alongside.organisation.models import Scheme
from alongside.plans.models import (
    ENDED,
    Disagreement,
    Goal,
    GoalResult,
    Plan,
    PlanAction,
    PlanStep,
    State,
    WhoseIdea,
)
from alongside.stays.models import Stay
from alongside.stays.queries import current_stays

UNSIGNED = (State.DRAFT, State.AGREED_BY_RESIDENT, State.AGREED_BY_WORKER, State.WAITS)
# What can be missing, in the order of weight, as the page and its filter say it.
FLAGS = {
    "none": "No plan",
    "unsigned": "Not signed by all",
    "not_agreed": "In use, not agreed",
    "withdrawn": "Agreement withdrawn",
    "disputed": "Disputed",
    "unanswered": "Proposals without an answer",
    "stale": "Not changed for long",
    "no_voice": "Without their own words",
    "no_strength": "Without a strength",
    "same_words": "The same words as somebody else",
    "no_agency": "Without an agency",
    "review_due": "To be looked at again soon",
    "review_late": "Overdue for a look",
    "no_moving_on": "Without a plan for moving on",
}


@dataclass(slots=True)
class PlanRow:
    """One person's plan in the list."""

    stay: Stay
    plan: Plan | None
    flags: list[str] = field(default_factory=list)
    own_goals: int = 0
    goals: int = 0
    nights: int = 0
    achieved: int = 0
    told: int = 0

    @property
    def again_on(self) -> date | None:
        """When the plan is to be looked at again."""
        return self.plan.look_again() if self.plan else None

    @property
    def achieved_share(self) -> str:
        """How many of the goals that ended were reached."""
        return f"{self.achieved} of {self.told}" if self.told else "–"

    @property
    def says(self) -> list[str]:
        """The flags in words; how long there has been no way to move on."""
        said = {**FLAGS, "no_moving_on": f"{FLAGS['no_moving_on']} for {self.nights} days"}
        return [said[flag] for flag in self.flags]

    @property
    def own_share(self) -> str:
        """How many goals are the person's own idea, of how many."""
        return f"{self.own_goals} of {self.goals}" if self.goals else "–"


def plan_rows(scheme: Scheme, *, flag: str = "") -> list[PlanRow]:
    """Everybody staying here with the plan they have; only those with a flag, if one is named.

    Seven queries, however many people.
    """
    stays = list(current_stays(scheme))
    facts = _Facts(stays)
    rows = [_row(stay, facts, today=scheme.today()) for stay in stays]
    return [row for row in rows if not flag or flag in row.flags]


def flags_of(rows: Iterable[PlanRow], *, chosen: str = "") -> dict[str, str]:
    """What is missing from somebody’s plan here, each with of how many; what nobody lacks is not
    offered."""
    many = Counter(flag for row in rows for flag in row.flags)
    return {
        flag: f"{says} ({many[flag]})"
        for flag, says in FLAGS.items()
        if many[flag] or flag == chosen
    }


@dataclass(frozen=True, slots=True)
class Share:
    """How many of the goals that ended were reached, of everybody in the list."""

    achieved: int
    told: int

    @property
    def percent(self) -> int:
        """Half up; nought where none has ended."""
        return (200 * self.achieved + self.told) // (2 * self.told) if self.told else 0


def share_of(rows: Iterable[PlanRow]) -> Share:
    """The goals reached and ended, added up. Source: job description, Effective (outcomes)."""
    listed = list(rows)
    return Share(sum(row.achieved for row in listed), sum(row.told for row in listed))


class _Facts:
    """What is known about the plans of these people, by person and by plan."""

    def __init__(self, stays: Iterable[Stay]) -> None:
        keys = [stay.pk for stay in stays]
        self.plans: dict[UUID, list[Plan]] = defaultdict(list)
        for plan in Plan.objects.filter(stay_id__in=keys, replaced_at=None).order_by("number"):
            self.plans[plan.stay_id].append(plan)
        plans = [plan.pk for held in self.plans.values() for plan in held]
        self.goals: dict[UUID, list[Goal]] = defaultdict(list)
        for goal in Goal.objects.filter(plan_id__in=plans):
            self.goals[goal.plan_id].append(goal)
        self.same_words = _said_of_several(self.plans, self.goals)
        with_agency = PlanStep.objects.filter(plan_id__in=plans).exclude(action__agency="")
        self.agencies = set(with_agency.values_list("plan_id", flat=True))
        unanswered = PlanAction.objects.filter(stay_id__in=keys).proposed()
        self.unanswered = set(unanswered.values_list("stay_id", flat=True))
        self.results: dict[UUID, dict[UUID, str]] = defaultdict(dict)
        told = GoalResult.objects.filter(stay_id__in=keys).order_by("recorded_at", "pk")
        for stay_id, line, result in told.values_list("stay_id", "line", "result"):
            self.results[stay_id][line] = result
        open_disputes = Disagreement.objects.filter(plan_id__in=plans, decided_at=None)
        self.disputed = set(open_disputes.values_list("plan__stay_id", flat=True))


def _row(stay: Stay, facts: _Facts, *, today: date) -> PlanRow:
    held = facts.plans[stay.pk]
    plan = next((plan for plan in held if plan.in_force_at), held[-1] if held else None)
    row = PlanRow(stay, plan, nights=stay.nights(today))
    ended = [one for one in facts.results[stay.pk].values() if one in ENDED]
    row.told, row.achieved = len(ended), ended.count("achieved")
    if plan is None:
        row.flags = ["none", "no_moving_on"]
        return row
    goals = facts.goals[plan.pk]
    row.goals = len(goals)
    row.own_goals = sum(1 for goal in goals if goal.whose_idea == WhoseIdea.RESIDENT)
    stale_after = int(stay.scheme.pack.limit("plan_stale"))
    again, soon = plan.look_again(), int(stay.scheme.pack.limit("due_soon"))
    true = {
        "review_due": bool(again and today <= again <= today + timedelta(days=soon)),
        "review_late": bool(again and again < today),
        "unsigned": plan.state in UNSIGNED,
        "not_agreed": plan.state == State.NOT_AGREED or any(_refused(one) for one in held),
        "withdrawn": plan.state == State.WITHDRAWN,
        "disputed": stay.pk in facts.disputed,
        "unanswered": stay.pk in facts.unanswered,
        "stale": days_since(plan, stay) > stale_after,
        "no_voice": not plan.has_voice(),
        "no_strength": not any(goal.strength.strip() for goal in goals),
        "same_words": any(_plain(goal.words) in facts.same_words for goal in goals),
        "no_agency": plan.pk not in facts.agencies and not any(g.agencies for g in goals),
        "no_moving_on": not str(plan.sections.get("moving_on", "")).strip(),
    }
    row.flags = [flag for flag in FLAGS if true.get(flag)]
    return row


def _said_of_several(
    plans: Mapping[UUID, list[Plan]], goals: Mapping[UUID, list[Goal]]
) -> set[str]:
    """Goals in the very same words in the plans of several people: hardly anybody's own."""
    whose: dict[str, set[UUID]] = defaultdict(set)
    for stay_id, held in plans.items():
        for goal in (goal for plan in held for goal in goals[plan.pk]):
            whose[_plain(goal.words)].add(stay_id)
    return {words for words, people in whose.items() if len(people) > 1}


def _plain(words: str) -> str:
    """Without what does not make words one's own: capitals, spaces, a full stop."""
    return " ".join(words.casefold().split()).strip(" .!")


def days_since(plan: Plan, stay: Stay) -> int:
    """Whole days since the plan was last changed, signed, or gone through again."""
    latest = plan.last_kept_up()
    return (stay.scheme.today() - latest.astimezone(stay.scheme.zone).date()).days


def _refused(plan: Plan) -> bool:
    return bool(plan.refused_at and not plan.resident_agreed_at)
