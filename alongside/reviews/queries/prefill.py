"""What a review page fills in by itself: what the file says about the time since the last one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from alongside.agreements.models import Breach
from alongside.assessments.queries import Scored, progress
from alongside.keywork.models import Booking, PeriodReport, Session
from alongside.keywork.models.bookings import NOT_HELD
from alongside.kit import clock
from alongside.plans.models import Ending, PlanAction
from alongside.plans.queries import open_actions, plan_in_force
from alongside.reviews.models import Review
from alongside.reviews.queries.decisions import unfinished_decisions
from alongside.reviews.queries.reviews import previous_review
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


type Filler = Callable[[Period], Filled]


def filled_in(review: Review) -> dict[str, Filled]:
    """Everything the agenda of this review asks to be filled in, by the item's key."""
    before = previous_review(review)
    since = before.held_on if before and before.held_on else review.stay.moved_in_on
    today = review.scheme.today()
    period = Period(review.stay, review, since, review.held_on or today)
    return {
        item.key: FILLERS[item.prefilled_by](period)
        for item in review.type.agenda
        if item.prefilled_by in FILLERS
    }


def decisions(period: Period) -> Filled:
    """Decisions of earlier reviews that are not closed, with who and when."""
    lines = [
        f"{one.words}: {one.name}, by {_day(one.due_on)}. {_standing(one, period.until)}"
        for one in unfinished_decisions(period.stay, but=period.review)
    ]
    return Filled("decisions", lines, nothing="Everything that was decided before is closed.")


def report(period: Period) -> Filled:
    """The report that was written for this review, or that it is missing."""
    found = (
        PeriodReport.objects.for_page()
        .filter(stay=period.stay, until_on__gt=period.since, until_on__lte=period.until)
        .order_by("-until_on")
        .first()
    )
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


def sessions(period: Period) -> Filled:
    """Sessions held and missed, and why."""
    held = (
        Session.objects.counting()
        .filter(stay=period.stay, held_on__gt=period.since, held_on__lte=period.until)
        .count()
    )
    lost = Booking.objects.for_page().filter(
        stay=period.stay, outcome__in=NOT_HELD, starts_at__lte=clock.now()
    )
    reasons = period.stay.scheme.pack.reasons("session_missed")
    missed = [one for one in lost.order_by("starts_at") if one.day() > period.since]
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


def breaches(period: Period) -> Filled:
    """Conditions that were not kept since the last review, and what was agreed."""
    found = (
        Breach.objects.that_count()
        .filter(stay=period.stay, happened_on__gt=period.since, happened_on__lte=period.until)
        .order_by("happened_on")
    )
    lines = [
        f"{_day(one.happened_on)}: {one.clause_says} "
        + (f"Agreed: {one.agreed}" if one.agreed else "Not talked about yet.")
        for one in found
    ]
    return Filled("breaches", lines, nothing="Every condition was kept since the last review.")


def plan(period: Period) -> Filled:
    """The plan's goals, actions that are open, and what came of those that ended."""
    held = plan_in_force(period.stay)
    lines = [f"Goal: {goal.words}" for goal in held.goals.all()] if held else []
    lines += [
        f"Open: {one.text}{', ' + one.when if one.when else ''}. {one.state}."
        for one in open_actions(period.stay)
    ]
    ended = PlanAction.objects.agreed().filter(
        stay=period.stay, ended_on__gt=period.since, ended_on__lte=period.until
    )
    lines += [f"{Ending(one.ending).label}: {one.text}." for one in ended.order_by("ended_on")]
    return Filled("plan", lines, warning="" if held else "There is no action plan in force.")


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
    "decisions": decisions,
    "report": report,
    "scores": scores,
    "sessions": sessions,
    "stage": stage,
    "breaches": breaches,
    "plan": plan,
    "reconciliation": reconciliation,
}


def _standing(decision: Any, today: date) -> str:
    late = "Its day is past. " if decision.due_on < today else ""
    return f"{late}{decision.action.state}."


def _scored(one: Scored) -> str:
    return f"{_day(one.assessment.assessed_on)}: {one.overall}, {one.coverage} items answered."


def _day(day: date) -> str:
    return f"{day:%-d %B %Y}"
