"""What a resident's own pages show: theirs, and nothing of anybody else."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.absence.queries import WhomToAsk, whom_to_ask
from alongside.agreements.queries import Held, State, agreements_of
from alongside.allocations.queries import holder
from alongside.allocations.shared import has_photo
from alongside.keywork.models import Booking
from alongside.keywork.queries import bookings_ahead
from alongside.kit.together import read
from alongside.organisation.models import Staff
from alongside.plans.models import Goal, GoalResult, Plan, PlanAction, WeeklyForm, WeeklyLine
from alongside.plans.queries import plans_of, proposals
from alongside.plans.queries.actions import open_actions
from alongside.plans.queries.order import in_own_order
from alongside.portal.models import PhoneDoor
from alongside.practice.stages import Privilege, Stage, Task
from alongside.stages.models import Evidence, Move, MoveAnswer, StageMove
from alongside.stages.queries import (
    Rows,
    answers_to_moves,
    decided_state,
    readiness,
    reason_of_move,
    rows_of,
)
from alongside.stages.standing import DONE, TONES
from alongside.stages.standing import State as TaskState
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class ThereForThem:
    """Their key worker, whether there is a photo, and whom to ask while that person is away.

    With `named` off the practice gives nobody a worker of their own.
    """

    worker: Staff | None
    photo: bool
    away: WhomToAsk | None
    named: bool = True


def there_for(stay: Stay) -> ThereForThem:
    """Whom somebody turns to: the one contact for every concern about their support."""
    worker, named = holder(stay), stay.scheme.pack.has_key_working
    return ThereForThem(worker, bool(worker and has_photo(worker)), whom_to_ask(stay), named)


def stay_of_guest(stay_id: UUID) -> Stay | None:
    """The stay whose pages are open, while they live here."""
    return Stay.objects.for_page().current().filter(pk=stay_id).first()


def residents_to_try(limit: int = 3) -> list[Stay]:
    """Whom one can be in a demonstration, in one click: people with a PIN, of different houses."""
    with_pin = Stay.objects.for_page().current().exclude(resident__signing_pin="")
    found = list(with_pin.order_by("moved_in_on", "pk")[:60])
    first = {stay.scheme_id: stay for stay in reversed(found)}
    one_each = [stay for stay in found if first[stay.scheme_id] is stay]
    return [*one_each, *(stay for stay in found if stay not in one_each)][:limit]


def stay_behind(code: str) -> Stay:
    """Whose address that is, while it is open and they live here."""
    door = get_object_or_404(PhoneDoor, code=code, closed_at=None)
    return get_object_or_404(Stay.objects.for_page().current(), pk=door.stay_id)


def address_of(stay: Stay) -> PhoneDoor | None:
    """The address they have now."""
    doors = PhoneDoor.objects.filter(stay=stay, closed_at=None)
    return doors.select_related(*PhoneDoor.LOCK_WITH, "given_by").first()


def own_action(stay: Stay, action_id: UUID) -> PlanAction:
    """That action, if it is theirs."""
    return get_object_or_404(PlanAction.objects.for_page().filter(stay=stay), pk=action_id)


def own_goal(stay: Stay, goal_id: UUID) -> Goal:
    """That goal, if it is of their plan."""
    found = Goal.objects.filter(plan__stay=stay, plan__replaced_at=None).select_related(
        *(f"plan__{name}" for name in ("stay__scheme__organisation", "stay__resident", "stay__bed"))
    )
    return get_object_or_404(found, pk=goal_id)


@dataclass(frozen=True, slots=True)
class OwnGoals:
    """What they want to reach: what is being written, else what holds; and how far they are."""

    goals: list[tuple[Goal, GoalResult | None]]
    writing: bool


def own_goals(stay: Stay) -> OwnGoals:
    """The goals of the version being written, else of the one in force; two queries."""
    plans = list(Plan.objects.filter(stay=stay, replaced_at=None).order_by("number"))
    draft = next((one for one in plans if not one.is_sealed()), None)
    chosen = draft or next((one for one in reversed(plans)), None)
    if chosen is None:
        return OwnGoals([], writing=False)
    goals, results = in_own_order(chosen), GoalResult.objects.filter(stay=stay)
    said = results.order_by("recorded_at", "pk")
    read(goals, said)
    latest = {one.line: one for one in said}
    for one in said:
        one.stay = stay
    return OwnGoals([(goal, latest.get(goal.line)) for goal in goals], writing=draft is not None)


def own_plan(stay: Stay, plan_id: UUID) -> Plan:
    """That version, if it is of their plan."""
    return get_object_or_404(plans_of(stay), pk=plan_id)


def own_week(stay: Stay, form_id: UUID) -> WeeklyForm:
    """That weekly form, if it is theirs."""
    lines = WeeklyLine.objects.select_related("action__staff").order_by("number")
    forms = WeeklyForm.objects.for_page().filter(stay=stay)
    return get_object_or_404(
        forms.prefetch_related(models.Prefetch("lines", queryset=lines)), pk=form_id
    )


def own_line(stay: Stay, line_id: UUID) -> WeeklyLine:
    """That line of a weekly form, if the form is theirs."""
    lines = WeeklyLine.objects.filter(form__stay=stay).select_related(
        "action", "form__stay__scheme__organisation", "form__stay__resident", "form__stay__bed"
    )
    return get_object_or_404(lines, pk=line_id)


def own_evidence(stay: Stay, pk: UUID) -> Evidence:
    """That piece of evidence, if it is theirs."""
    return get_object_or_404(Evidence.objects.for_page().filter(stay=stay), pk=pk)


def own_move(stay: Stay, pk: UUID) -> StageMove:
    """That move of theirs, if it was one back."""
    moves = StageMove.objects.for_page().filter(stay=stay, kind=Move.DEMOTED)
    return get_object_or_404(moves, pk=pk)


def own_agreement(stay: Stay, key: str) -> Held | None:
    """How one text stands with them; None when it was never explained or is not known."""
    held = next((one for one in agreements_of(stay) if one.text.key == key), None)
    return held if held and held.explained else None


def next_session(stay: Stay) -> Booking | None:
    return next((one for one in bookings_ahead(stay) if not one.is_past()), None)


@dataclass(frozen=True, slots=True)
class OwnTask:
    """One task of a stage as its person sees it."""

    task: Task
    state: TaskState
    waiting: int = 0

    @property
    def is_done(self) -> bool:
        return self.state in DONE

    @property
    def tone(self) -> str:
        return TONES[self.state]


@dataclass(frozen=True, slots=True)
class MovedBack:
    """That they were moved back, why, and what they said to it."""

    move: StageMove
    reason: str
    words: str
    answers: list[MoveAnswer]


@dataclass(frozen=True, slots=True)
class OwnStage:
    """Where somebody is, what is still to do, and what the next stage opens."""

    stage: Stage
    next: Stage | None
    tasks: list[OwnTask]
    opens: list[Privilege]
    because: str
    evidence: list[Evidence]
    holds: list[Privilege]
    back: MovedBack | None = None

    @property
    def done(self) -> int:
        return sum(one.is_done for one in self.tasks)


def own_stage(stay: Stay) -> OwnStage | None:
    """Their stage; None where there are none. No fact is worked out: five queries."""
    rows = rows_of(stay)
    ready = readiness(stay, rows=rows)
    if ready is None:
        return None
    pack = stay.pack
    before = pack.privileges_at(ready.stage.key)
    after = pack.privileges_at(ready.next.key) if ready.next else before
    tasks = []
    for task in ready.stage.tasks:
        offered = [one for one in rows.offered if one.evidence.task == task.key]
        waiting = sum(one.last is None for one in offered)
        state = decided_state(rows, task.key)
        tasks.append(
            OwnTask(task, state or (TaskState.OFFERED if waiting else TaskState.OPEN), waiting)
        )
    return OwnStage(
        ready.stage,
        ready.next,
        tasks,
        [one for one in after if before.get(one.key) != one],
        ready.because,
        [one.evidence for one in rows.offered if one.evidence.by_resident_id],
        list(before),
        _moved_back(stay, rows),
    )


def _moved_back(stay: Stay, rows: Rows) -> MovedBack | None:
    """The latest move, when it was one back: its reason is told whole to whom it is about."""
    latest = rows.moves[0]
    if latest.kind != Move.DEMOTED:
        return None
    answers = answers_to_moves(stay).get(latest.pk, [])
    reason, words = reason_of_move(latest, restricted=True)
    choice = stay.scheme.pack.reasons("demotion").get(latest.reason)
    if choice and choice.needs_text and words:
        reason = ""  # "another reason" is said by the words alone
    return MovedBack(latest, reason, words, answers)


@dataclass(frozen=True, slots=True)
class ToSign:
    """Something that waits for the resident's signature."""

    kind: str
    key: str
    says: str


def to_sign(stay: Stay) -> list[ToSign]:
    """What waits for their yes or no: a plan, a weekly form, agreements."""
    found = []
    plan = plans_of(stay).filter(
        in_force_at=None, replaced_at=None, resident_agreed_at=None, refused_at=None,
        sealed_at__isnull=False,
    ).first()  # fmt: skip
    word = stay.pack.term
    if plan:
        says = f"Your {word('plan').singular}, version {plan.number}"
        found.append(ToSign("plan", str(plan.pk), says))
    week = (
        WeeklyForm.objects.filter(stay=stay, resident_agreed_at=None, refused_at=None)
        .order_by("-starts_on")
        .first()
    )
    if week:
        says = f"Your {word('weekly_form').singular} from {week.starts_on:%-d %B}"
        found.append(ToSign("week", str(week.pk), says))
    waits = {State.EXPLAINED, State.REFUSED}
    found += [
        ToSign("agreement", held.text.key, held.text.says)
        for held in agreements_of(stay)
        if held.text.is_signed and held.state in waits
    ]
    return found


def to_answer(stay: Stay) -> list[PlanAction]:
    """Actions that others have proposed, for the resident to take or to leave."""
    return [one for one in proposals(stay) if one.by_resident_id is None]


def own_proposals(stay: Stay) -> list[PlanAction]:
    """Actions the resident has proposed, and that were not talked about yet."""
    return [one for one in proposals(stay) if one.by_resident_id]


def actions_to_do(stay: Stay) -> list[PlanAction]:
    """What they have taken on and is not ended, the soonest first."""
    return list(open_actions(stay)[:40])
