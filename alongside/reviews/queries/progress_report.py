"""How somebody, and a whole service, has come along: goals, scores, outcomes, reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from alongside.assessments.models import Assessment
from alongside.assessments.queries import Scored, scored
from alongside.assessments.scoring import Comparison, compare
from alongside.kit.together import read
from alongside.organisation.models import Scheme
from alongside.plans.models import Goal, GoalResult, PlanAction
from alongside.plans.models.goals import ENDED
from alongside.reviews.models import Review
from alongside.stays.models import Stay

ACHIEVED = "achieved"


@dataclass(slots=True)
class ProgressReport:
    """One person’s time in figures and words."""

    stay: Stay
    goals: list[tuple[str, str, str]] = field(default_factory=list)
    reached: int = 0
    ended: int = 0
    change: Comparison | None = None
    outcomes: list[tuple[date, str]] = field(default_factory=list)
    actions_done: int = 0
    reviews: list[Review] = field(default_factory=list)

    @property
    def points(self) -> int | None:
        """How many points of a hundred the score moved, like for like."""
        return self.change.change if self.change else None


@dataclass(frozen=True, slots=True)
class Aggregate:
    """The same of a whole service, added up and never averaged over those without a score."""

    people: int
    reached: int
    ended: int
    outcomes: int
    actions_done: int
    reviews: int
    up: int
    same: int
    down: int
    unscored: int


def progress_of(stays: Sequence[Stay], *, first: date, last: date) -> list[ProgressReport]:
    """What became of goals, scores, actions and reviews of these people; two queries.

    Source: position description, Case management (review, monitor and report progress).
    """
    keys = [stay.pk for stay in stays]
    reports = {stay.pk: ProgressReport(stay) for stay in stays}
    told = GoalResult.objects.filter(stay__in=keys, on__gte=first, on__lte=last)
    results = told.order_by("recorded_at", "pk")
    goals = Goal.objects.filter(plan__stay__in=keys, plan__replaced_at=None)
    written = goals.select_related("plan").order_by("pk")
    ended = PlanAction.objects.verified().filter(
        stay__in=keys, ended_on__gte=first, ended_on__lte=last
    )
    reached = PlanAction.objects.agreed().filter(
        stay__in=keys, outcome_reached_on__gte=first, outcome_reached_on__lte=last
    )
    held = Review.objects.held().filter(stay__in=keys, held_on__gte=first, held_on__lte=last)
    reviews = held.order_by("held_on", "pk")
    standing = Assessment.objects.standing().for_page()
    asked = standing.filter(stay__in=keys, assessed_on__lte=last).oldest_first()
    read(results, written, ended, reached, reviews, asked)
    _goals(reports, written, results)
    for action in ended:
        reports[action.stay_id].actions_done += 1
    for action in reached:
        words = action.outcome_words or action.outcome
        if action.outcome_reached_on:
            reports[action.stay_id].outcomes.append((action.outcome_reached_on, words))
    for review in reviews:
        review.stay = reports[review.stay_id].stay
        reports[review.stay_id].reviews.append(review)
    _scores(reports, list(asked), first)
    return list(reports.values())


def _goals(
    reports: dict[UUID, ProgressReport], goals: Iterable[Goal], results: Iterable[GoalResult]
) -> None:
    latest = {(one.stay_id, one.line): one for one in results}
    seen: set[tuple[UUID, UUID]] = set()
    for goal in goals:
        key = (goal.plan.stay_id, goal.line)
        report = reports[key[0]]
        if key in seen:
            continue
        seen.add(key)
        result = latest.get(key)
        if result:
            result.stay = report.stay
        says = result.says if result else "Goes on"
        report.goals.append((goal.words, says, result.comment if result else ""))
    for (stay_id, _), result in latest.items():
        if result.result in ENDED:
            reports[stay_id].ended += 1
            reports[stay_id].reached += result.result == ACHIEVED


def _scores(reports: dict[UUID, ProgressReport], asked: Sequence[Assessment], first: date) -> None:
    """The last assessment before the time began, or the first in it, against the last in it."""
    by_stay: dict[UUID, list[Scored]] = defaultdict(list)
    for one in scored(asked):
        by_stay[one.assessment.stay_id].append(one)
    for stay_id, every in by_stay.items():
        before = [one for one in every if one.assessment.assessed_on < first]
        start, end = (before or every)[-1 if before else 0], every[-1]
        if start.assessment == end.assessment or not end.has_percent:
            continue
        known = {item.key for item in end.assessment.framework.items}
        levels = {item: level for item, level in start.levels.items() if item in known}
        reports[stay_id].change = compare(end.assessment.framework, levels, end.levels)


def aggregate(reports: Sequence[ProgressReport]) -> Aggregate:
    """All of them together; who has no two scores to compare is counted apart."""
    points = [report.points for report in reports]
    known = [one for one in points if one is not None]
    return Aggregate(
        people=len(reports),
        reached=sum(report.reached for report in reports),
        ended=sum(report.ended for report in reports),
        outcomes=sum(len(report.outcomes) for report in reports),
        actions_done=sum(report.actions_done for report in reports),
        reviews=sum(len(report.reviews) for report in reports),
        up=sum(one > 0 for one in known),
        same=sum(one == 0 for one in known),
        down=sum(one < 0 for one in known),
        unscored=len(points) - len(known),
    )


def people_between(scheme: Scheme, first: date, last: date) -> list[Stay]:
    """Everybody who stayed here on at least one day of that time, by name."""
    there = Stay.objects.for_page().filter(scheme=scheme, moved_in_on__lte=last)
    return list(there.exclude(moved_out_on__lt=first).order_by("resident__name_key", "pk"))
