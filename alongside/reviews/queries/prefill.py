"""What a review page fills in by itself: what the file says about the time since the last one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alongside.agreements.models import Breach
from alongside.assessments.queries import Scored, progress
from alongside.keywork.models import Booking, PeriodReport, Session
from alongside.keywork.models.bookings import NOT_HELD
from alongside.kit import clock
from alongside.kit.together import read
from alongside.plans.models import Ending, Plan, PlanAction
from alongside.plans.queries import open_actions
from alongside.plans.queries.plans import plans_of
from alongside.reviews.models import Decision, Review
from alongside.reviews.queries.decisions import unfinished_decisions
from alongside.stages.queries import readiness, reconciliation_of
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Filled:
    """What the file says under one heading, as lines to read. `warning` is what is missing."""

    key: str
    lines: list[str] = field(default_factory=list)
    warning: str = ""
    nothing: str = "Nothing since the last review."


@dataclass(frozen=True, slots=True)
class Period:
    """The time a review looks back on: from the day after the last one of its kind."""

    stay: Stay
    review: Review
    since: date
    until: date


type Rows = Callable[[Period], Sequence[QuerySet[Any, Any]]]


@dataclass(frozen=True, slots=True)
class Filler:
    """Which rows a heading is filled in from, and how. `tells` gets the period and each list."""

    tells: Callable[..., Filled]
    rows: Rows = lambda _: ()


def filled_in(review: Review, before: Review | None) -> dict[str, Filled]:
    """Everything the agenda asks to be filled in, by the item's key; `before` is the last review.

    The rows of every heading are read in one query; scores, stages and what was reported are
    reckoned by their own rooms, with one query each.
    """
    since = before.held_on if before and before.held_on else review.stay.moved_in_on
    period = Period(review.stay, review, since, review.held_on or review.scheme.today())
    asked = {
        item.key: (filler, filler.rows(period))
        for item in review.type.agenda
        if (filler := FILLERS.get(item.prefilled_by))
    }
    read(*(rows for _, found in asked.values() for rows in found))
    return {key: filler.tells(period, *rows) for key, (filler, rows) in asked.items()}


def _open_decisions(period: Period) -> list[QuerySet[Any]]:
    return [unfinished_decisions(period.stay, but=period.review)]


def decisions(period: Period, unfinished: Iterable[Decision]) -> Filled:
    """Decisions of earlier reviews that are not closed, with who and when."""
    lines = [
        f"{one.words}: {one.name}, by {_day(one.due_on)}. {_standing(one, period.until)}"
        for one in unfinished
    ]
    return Filled("decisions", lines, nothing="Everything that was decided before is closed.")


def _last_report(period: Period) -> list[QuerySet[Any]]:
    reports = PeriodReport.objects.for_page().filter(
        stay=period.stay, until_on__gt=period.since, until_on__lte=period.until
    )
    return [reports.order_by("-until_on")[:1]]


def report(period: Period, reports: Iterable[PeriodReport]) -> Filled:
    """The report that was written for this review, or that it is missing."""
    found = next(iter(reports), None)
    if found is None:
        missing = "No report has been written since the last review."
        return Filled("report", warning=missing if period.review.type.needs_report else "")
    lines = [f"{heading}: {text}" for heading, text in found.under_headings() if text]
    lines.append(f"Written by {found.written_by.name} up to {_day(found.until_on)}.")
    if found.team_question:
        answer = found.answer or "no answer yet"
        lines.append(f"Asked of the team: {found.team_question} Answer: {answer}")
    return Filled("report", lines)


def scores(period: Period) -> Filled:
    """The score then and now, like for like."""
    found = progress(period.stay)
    if found.latest is None:
        return Filled("scores", warning="They have not been assessed yet.")
    lines = [f"{_scored(one)}" for one in found.assessments[-2:]]
    compared = found.since_last
    if compared:
        lines.append(
            f"Like for like, over {compared.items} items rated both times: "
            f"from {compared.before} to {compared.now}."
        )
    return Filled("scores", lines)


def _held_and_lost(period: Period) -> list[QuerySet[Any, Any]]:
    sessions = Session.objects.counting().filter(
        stay=period.stay, held_on__gt=period.since, held_on__lte=period.until
    )
    lost = Booking.objects.for_page().filter(
        stay=period.stay, outcome__in=NOT_HELD, starts_at__lte=clock.now()
    )
    return [sessions.values_list("pk"), lost.order_by("starts_at")]


def sessions(period: Period, were_held: Sequence[Any], lost: Iterable[Booking]) -> Filled:
    """Sessions held and missed, and why."""
    held = len(were_held)
    reasons = period.stay.scheme.pack.reasons("session_missed")
    missed = [one for one in lost if one.day() > period.since]
    lines = [f"{held} session{'' if held == 1 else 's'} held since {_day(period.since)}."]
    lines += [
        f"Not held on {_day(one.day())}: {reasons.get(one.reason) or one.get_outcome_display()}."
        + ("" if not one.needs_an_answer() else " Not booked again yet.")
        for one in missed
    ]
    return Filled("sessions", lines, warning="" if held else "No session has been held.")


def stage(period: Period) -> Filled:
    """Where they are on the stages, what is still open there, and whether they can move up."""
    found = readiness(period.stay)
    if found is None:
        return Filled("stage", nothing="They are at no stage yet.")
    done = [task.says for task in found.stage.tasks if task not in found.open_tasks]
    lines = [f"At {found.stage.says}."]
    lines += [f"Done: {says}" for says in done]
    lines += [f"Open: {task.says}" for task in found.open_tasks]
    lines.append(found.because or f"Ready to move up to {found.next.says if found.next else ''}.")
    return Filled("stage", lines)


def _broken(period: Period) -> list[QuerySet[Any]]:
    found = Breach.objects.that_count().filter(
        stay=period.stay, happened_on__gt=period.since, happened_on__lte=period.until
    )
    return [found.order_by("happened_on")]


def breaches(period: Period, found: Iterable[Breach]) -> Filled:
    """Conditions that were not kept since the last review, and what was agreed."""
    lines = [
        f"{_day(one.happened_on)}: {one.clause_says} "
        + (f"Agreed: {one.agreed}" if one.agreed else "Not talked about yet.")
        for one in found
    ]
    return Filled("breaches", lines, nothing="Every condition was kept since the last review.")


def _plan_and_actions(period: Period) -> list[QuerySet[Any]]:
    ended = PlanAction.objects.agreed().filter(
        stay=period.stay, ended_on__gt=period.since, ended_on__lte=period.until
    )
    in_force = plans_of(period.stay).in_force()[:1]
    return [in_force, open_actions(period.stay), ended.order_by("ended_on")]


def plan(
    period: Period,
    in_force: Iterable[Plan],
    going_on: Iterable[PlanAction],
    ended: Iterable[PlanAction],
) -> Filled:
    """The plan's goals, actions that are open, and what came of those that ended."""
    held = next(iter(in_force), None)
    lines = [f"Goal: {goal.words}" for goal in held.goals.all()] if held else []
    lines += [
        f"Open: {one.text}{', ' + one.when if one.when else ''}. {one.state}." for one in going_on
    ]
    lines += [f"{Ending(one.ending).label}: {one.text}." for one in ended]
    called = period.stay.pack.term("plan").singular
    return Filled("plan", lines, warning="" if held else f"There is no {called} in force.")


def reconciliation(period: Period) -> Filled:
    """What was reported as done, beside its evidence and what the comparison made of it."""
    outcomes = period.stay.scheme.pack.choices("reconciliation_outcomes")
    compared = reconciliation_of(period.stay, since=period.since)
    lines = []
    for one in compared:
        made = str(outcomes.get(one.latest.outcome) or one.latest.outcome) if one.latest else ""
        evidence = f" Evidence: {one.claim.evidence}." if one.claim.evidence else " No evidence."
        lines.append(f"{one.claim.says}.{evidence} {made or 'Not compared yet'}.")
    waiting = sum(one.latest is None for one in compared)
    return Filled(
        "reconciliation",
        lines,
        warning=f"{waiting} still to compare with the evidence." if waiting else "",
        nothing="Nothing was reported as done since the last review.",
    )


FILLERS: dict[str, Filler] = {
    "decisions": Filler(decisions, _open_decisions),
    "report": Filler(report, _last_report),
    "scores": Filler(scores),
    "sessions": Filler(sessions, _held_and_lost),
    "stage": Filler(stage),
    "breaches": Filler(breaches, _broken),
    "plan": Filler(plan, _plan_and_actions),
    "reconciliation": Filler(reconciliation),
}


def _standing(decision: Any, today: date) -> str:
    late = "Its day is past. " if decision.due_on < today else ""
    return f"{late}{decision.action.state}."


def _scored(one: Scored) -> str:
    return f"{_day(one.assessment.assessed_on)}: {one.overall}, {one.coverage} items answered."


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
