"""What pages and other rooms ask about stages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import FETCH_RAISE, Q, QuerySet, UUIDField
from django.shortcuts import get_object_or_404

from alongside.kit import clock
from alongside.kit.prepared import prepared
from alongside.kit.together import read
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action
from alongside.practice.stages import Stage, Task
from alongside.privileges.queries import privileges
from alongside.stages.claims import Claim, claims_of
from alongside.stages.models import (
    VARIED_MOVES,
    Decided,
    Dispute,
    Evidence,
    EvidenceNote,
    Move,
    Reading,
    Reconciliation,
    StageMove,
    StageMoveQuerySet,
    TaskDecision,
)
from alongside.stages.standing import DONE, Answers, Offered, Standing, State, answers, standing
from alongside.stays.models import Stay

__all__ = ["privileges"]


def latest_move(stay: Stay) -> StageMove | None:
    """The move that put them where they are now, or nothing where there are no stages."""
    return StageMove.objects.for_page().so_far(clock.now()).filter(stay=stay).first()


def moves_of(stay: Stay) -> StageMoveQuerySet:
    """Every move of a person, also one that is to take effect later; latest first."""
    return StageMove.objects.for_page().filter(stay=stay).order_by("-at", "-pk")


def stage_of(stay: Stay) -> Stage | None:
    """The stage of the pack they are at now; nothing before the first, or without stages."""
    move = latest_move(stay)
    return stay.scheme.pack.stages.get(move.stage) if move else None


def stages_of(stays: Iterable[Stay]) -> dict[UUID, Stage]:
    """The stage of each of these people now, by stay; one query."""
    by_id = {stay.pk: stay for stay in stays}
    moves = StageMove.objects.so_far(clock.now()).filter(stay__in=by_id)
    found: dict[UUID, Stage] = {}
    for stay_id, key in moves.values_list("stay_id", "stage"):
        stage = by_id[stay_id].scheme.pack.stages.get(key)
        if stage and stay_id not in found:
            found[stay_id] = stage
    return found


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of one person's stages, read once: moves latest first, the rest oldest first."""

    stay: Stay
    decisions: list[TaskDecision]
    offered: list[Offered]
    moves: list[StageMove]

    def standing(self, stage: Stage, task: Task, answered: Answers) -> Standing:
        return standing(
            self.stay,
            stage,
            task,
            offered=[one for one in self.offered if one.evidence.task == task.key],
            decisions=[one for one in self.decisions if one.task == task.key],
            answered=answered,
        )


def rows_of(stay: Stay, *, tasks: Iterable[str] | None = None) -> Rows:
    """Moves, decisions and evidence of a person, in one query; of some tasks only, when named."""
    moves, decisions = _moves(stay=stay.pk), _decisions(stay=stay.pk)
    evidence, readings = _evidence(stay=stay.pk), _readings(stay=stay.pk)
    read(moves, decisions, evidence, readings)
    for row in (*moves, *decisions, *evidence):
        row.stay = stay
    named = None if tasks is None else set(tasks)
    decided = [one for one in decisions if named is None or one.task in named]
    handed_in = [one for one in evidence if named is None or one.task in named]
    return Rows(stay, decided, _offered(handed_in, readings), list(moves))


@prepared(stay=UUIDField())
def _moves(stay: Any) -> QuerySet[StageMove]:
    found = StageMove.objects.filter(stay=stay).fetch_mode(FETCH_RAISE).order_by("-at", "-pk")
    return found.select_related("moved_by", "approved_by", "told_by", "lifted_by")


@prepared(stay=UUIDField())
def _decisions(stay: Any) -> QuerySet[TaskDecision]:
    found = TaskDecision.objects.filter(stay=stay).select_related("decided_by", "approved_by")
    return found.order_by("recorded_at", "pk")


@prepared(stay=UUIDField())
def _evidence(stay: Any) -> QuerySet[Evidence]:
    found = Evidence.objects.filter(stay=stay).select_related("by_staff", "by_resident")
    return found.order_by("recorded_at", "pk")


@prepared(stay=UUIDField())
def _readings(stay: Any) -> QuerySet[Reading]:
    found = Reading.objects.filter(stay=stay)
    with_them = ("read_by", "dispute__by_staff", "dispute__by_resident")
    return found.select_related(*with_them).order_by("read_at", "pk")


def _offered(evidence: Iterable[Evidence], readings: Iterable[Reading]) -> list[Offered]:
    """Each piece of evidence with its readings and what was last disputed of them."""
    read_as: dict[UUID, list[Reading]] = {}
    for reading in readings:
        read_as.setdefault(reading.evidence_id, []).append(reading)
    return [Offered(one, made := read_as.get(one.pk, []), _disputed(made)) for one in evidence]


def _disputed(readings: Iterable[Reading]) -> Dispute | None:
    found = [one.dispute for one in readings if hasattr(one, "dispute")]
    return max(found, key=lambda one: (one.recorded_at, one.pk), default=None)


def tasks_at(stay: Stay, stage: Stage, rows: Rows | None = None) -> list[Standing]:
    """How the tasks of one stage stand."""
    found = rows or rows_of(stay, tasks=stage.tasks.keys())
    answered = answers(stay, stage.tasks)
    return [found.standing(stage, task, answered) for task in stage.tasks]


def task_of(stay: Stay, code: str) -> Standing:
    """How one task stands."""
    stage, task = stay.scheme.pack.stage_of(code), stay.scheme.pack.task(code)
    return rows_of(stay, tasks=[code]).standing(stage, task, answers(stay, [task]))


def decided_state(rows: Rows, code: str) -> State | None:
    """What was decided of a task, without asking the facts: done, lapsed, or nothing yet."""
    state: State | None = None
    for one in rows.decisions:
        if one.task == code:
            state = _AFTER[Decided(one.kind)]
    return state


_AFTER = {
    Decided.VERIFIED: State.VERIFIED,
    Decided.LAPSED: State.LAPSED,
    Decided.NOT_APPLICABLE: State.NOT_APPLICABLE,
    Decided.WAIVED: State.WAIVED,
    Decided.SUBSTITUTED: State.SUBSTITUTED,
    Decided.APPLIES: None,
}


def is_done(rows: Rows, code: str) -> bool:
    return decided_state(rows, code) in DONE


def lapsed_tasks(rows: Rows) -> list[str]:
    """The codes of the tasks that are lapsed now."""
    codes = dict.fromkeys(one.task for one in rows.decisions)
    return [code for code in codes if decided_state(rows, code) == State.LAPSED]


def waiting_lapses(rows: Rows, moves: Iterable[StageMove]) -> list[str]:
    """Lapsed tasks that no later decision of the manager has taken up."""
    taken = {code: move.recorded_at for move in reversed(list(moves)) for code in move.tasks}
    lapsed_at = {one.task: one.recorded_at for one in rows.decisions if one.kind == Decided.LAPSED}
    return [
        code for code in lapsed_tasks(rows)
        if code not in taken or taken[code] < lapsed_at[code]
    ]  # fmt: skip


def demotion_in_the_way(rows: Rows, moves: Iterable[StageMove]) -> StageMove | None:
    """The demotion whose reason still stands: its tasks not verified again, and not lifted."""
    for move in moves:
        if move.is_promotion():
            return None
        if move.kind == Move.DEMOTED:
            open_tasks = [code for code in move.tasks if not is_done(rows, code)]
            stands = bool(open_tasks) or not move.tasks
            return move if stands and move.lifted_at is None else None
    return None


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether somebody is ready for the next stage, and what is in the way."""

    stage: Stage
    next: Stage | None
    open_tasks: list[Task]
    lapses: list[str]
    demotion: StageMove | None
    coming: StageMove | None

    @property
    def is_ready(self) -> bool:
        return self.next is not None and not self.because

    @property
    def because(self) -> str:
        """Why no promotion is proposed, in one sentence; nothing when it is."""
        if self.next is None:
            return "This is the last stage."
        if self.coming:
            return "A move to another stage is to take effect later."
        if self.demotion:
            return self._after_demotion(self.demotion)
        if self.lapses:
            return f"A manager has yet to decide about what lapsed: {', '.join(self.lapses)}."
        if self.open_tasks:
            count = len(self.open_tasks)
            return f"{count} {'task is' if count == 1 else 'tasks are'} still to be verified."
        return ""

    @staticmethod
    def _after_demotion(move: StageMove) -> str:
        if move.tasks:
            tasks = ", ".join(move.tasks)
            return f"After the last move back, these must be verified again: {tasks}."
        return "The reason for the last move back still stands."


def readiness(stay: Stay, *, rows: Rows | None = None) -> Readiness | None:
    """Where they stand on the way to the next stage; None without stages. No fact is asked."""
    found = rows or rows_of(stay)
    made, now = found.moves, clock.now()
    current = next((move for move in made if move.at <= now), None)
    if current is None:
        return None
    pack = stay.scheme.pack
    stage = pack.stage(current.stage)
    return Readiness(
        stage=stage,
        next=pack.stages[stage.next] if stage.next else None,
        open_tasks=[task for task in stage.tasks if not is_done(found, task.key)],
        lapses=waiting_lapses(found, made),
        demotion=demotion_in_the_way(found, made),
        coming=next((move for move in made if move.at > now), None),
    )


def tasks_without_action(stay: Stay, linked: Iterable[str]) -> list[Task]:
    """The open tasks of their stage that no action of the plan is linked to.

    `linked` are the task codes of the plan's actions, as the plan's room knows them.
    """
    found = readiness(stay)
    has = set(linked)
    return [task for task in found.open_tasks if task.key not in has] if found else []


def evidence_for(staff: Staff, pk: UUID) -> Evidence:
    """That evidence, if its person stays where this member of staff works and reads files."""
    evidence = get_object_or_404(Evidence.objects.visible_to(staff).for_page(), pk=pk)
    return _readable(evidence, staff)


def move_for(staff: Staff, pk: UUID) -> StageMove:
    """That move, if its person stays where this member of staff works and reads files."""
    return _readable(
        get_object_or_404(StageMove.objects.visible_to(staff).for_page(), pk=pk), staff
    )


def _readable[R: (Evidence, StageMove)](record: R, staff: Staff) -> R:
    if not staff.may(Action.READ_FILE, record.stay):
        return get_object_or_404(type(record)._default_manager.none())
    return record


def notes_of(stay: Stay) -> list[EvidenceNote]:
    """The evidence notes, latest first."""
    notes = EvidenceNote.objects.filter(stay=stay).select_related("by_staff", "by_resident")
    return list(notes.order_by("-written_on", "-pk")[:200])


@dataclass(frozen=True, slots=True)
class Compared:
    """Something said to be done, its evidence, and what the comparison made of it."""

    claim: Claim
    latest: Reconciliation | None


def reconciliation_of(stay: Stay, *, since: date) -> list[Compared]:
    """Everything said to be done since that day, beside its evidence, oldest first.

    Actions of the plan come from whoever registered them (see `claims`); evidence a resident
    offered comes from here.
    """
    made = Reconciliation.objects.filter(stay=stay, reconciled_on__gte=since)
    made = made.select_related("reconciled_by").order_by("reconciled_on", "pk")
    claimed = claims_of(stay, since, made)
    latest = {row.record_id: row for row in made}
    return [Compared(claim, latest.get(claim.record_id)) for claim in claimed]


def lately(stay: Stay) -> date:
    """The first day of last month: from there the monthly comparison looks."""
    return (stay.scheme.today().replace(day=1) - timedelta(days=1)).replace(day=1)


def compared_lately(stay: Stay) -> list[Compared]:
    """What the monthly comparison is about today."""
    return reconciliation_of(stay, since=lately(stay))


def held_with_nothing(stay: Stay) -> Reconciliation | None:
    """The latest comparison since last month that found nothing said to be done."""
    held = Reconciliation.objects.filter(stay=stay, outcome=Reconciliation.NOTHING)
    held = held.filter(reconciled_on__gte=lately(stay)).select_related("reconciled_by")
    return held.order_by("-reconciled_on", "-pk").first()


@dataclass(frozen=True, slots=True)
class Variation:
    """One departure from the stages as written, for the report."""

    on: date
    stay: Stay
    kind: str
    about: str
    reason: str
    words: str
    approved_by: str


def variations(scheme: Scheme, *, first: date, last: date, staff: Staff) -> list[Variation]:
    """Every task waived, substituted or set aside, early promotion and skipped stage.

    What is written under a restricted reason is shown only to those who may read it.
    """
    restricted = staff.may(Action.READ_RESTRICTED, scheme)
    decisions = TaskDecision.objects.for_page().filter(
        stay__scheme=scheme, decided_on__gte=first, decided_on__lte=last,
        kind__in=[Decided.WAIVED, Decided.SUBSTITUTED, Decided.NOT_APPLICABLE],
    )  # fmt: skip
    moves = StageMove.objects.for_page().filter(
        stay__scheme=scheme, kind__in=VARIED_MOVES, at__gte=_start(scheme, first),
        at__lt=_start(scheme, last + timedelta(days=1)),
    )  # fmt: skip
    found = [_of_task(one, restricted=restricted) for one in decisions]
    found += [_of_move(one) for one in moves]
    return sorted(found, key=lambda one: one.on, reverse=True)


def _start(scheme: Scheme, day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=scheme.zone)


REASON_LISTS = {
    Decided.NOT_APPLICABLE: "not_applicable",
    Decided.WAIVED: "waiver",
    Decided.SUBSTITUTED: "substitution",
    Decided.LAPSED: "lapse",
}


def reason_of(one: TaskDecision, *, restricted: bool) -> tuple[str, str]:
    """The reason and the words of a decision, as this reader may see them."""
    reasons = REASON_LISTS.get(Decided(one.kind))
    choice = one.scheme.pack.reasons(reasons).get(one.reason) if reasons and one.reason else None
    if choice and choice.restricted and not restricted:
        return "A reason that few may read", ""
    return (choice.says if choice else one.reason), one.words


def _of_task(one: TaskDecision, *, restricted: bool) -> Variation:
    reason, words = reason_of(one, restricted=restricted)
    task = one.scheme.pack.task(one.task)
    instead = f" Instead: {one.replaced_by}." if one.replaced_by else ""
    return Variation(
        one.decided_on, one.stay, one.get_kind_display(), f"{task.key} {task.says}.{instead}",
        reason, words, str(one.approved_by or one.decided_by or ""),
    )  # fmt: skip


def _of_move(move: StageMove) -> Variation:
    pack = move.scheme.pack
    reason = pack.reasons("early_promotion").get(move.reason)
    about = f"{pack.stage(move.from_stage).says} to {move.stage_says}"
    return Variation(
        move.on, move.stay, move.get_kind_display(), about,
        reason.says if reason else move.reason, move.words, str(move.approved_by or ""),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AtStage:
    """One level of the scheme's report."""

    stage: Stage
    people: int
    mean_days: int | None
    entered: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a residential scheme's people moved through the stages in a period."""

    levels: list[AtStage]
    promotions: int
    demotions: int


def outcome(scheme: Scheme, *, first: date, last: date) -> Outcome | None:
    """Who is at which stage, mean days at each, moves up and down; None unless residential.

    Days are whole days of stretches that ended in the period or still run on its last day,
    of everybody who stayed. Source: Key Working, Stages System.
    """
    pack = scheme.pack
    if not (scheme.residential and pack.about.residential and pack.has("stages")):
        return None
    end = min(_start(scheme, last + timedelta(days=1)), clock.now())
    moves = list(
        StageMove.objects.filter(
            stay__scheme=scheme, at__lt=_start(scheme, last + timedelta(days=1))
        )
        .filter(at__lte=clock.now())
        .exclude(kind=Move.KEPT)
        .select_related("stay")
        .order_by("stay_id", "at", "pk")
    )
    stretches, people = _stretches(moves, _start(scheme, first), end, scheme)
    inside = [move for move in moves if move.at >= _start(scheme, first)]
    kinds = Counter(move.kind for move in inside)
    entered = Counter(move.stage for move in inside)
    levels = [
        AtStage(stage, people[stage.key], _mean(stretches.get(stage.key, [])), entered[stage.key])
        for stage in pack.stages_in_order
    ]
    up = kinds[Move.PROMOTED] + kinds[Move.EARLY] + kinds[Move.SKIPPED]
    return Outcome(levels, up, kinds[Move.DEMOTED])


def _stretches(
    moves: list[StageMove], first: datetime, end: datetime, scheme: Scheme
) -> tuple[dict[str, list[int]], Counter[str]]:
    days: dict[str, list[int]] = {}
    people: Counter[str] = Counter()
    for at, move in enumerate(moves):
        after = moves[at + 1] if at + 1 < len(moves) else None
        goes_on = after is None or after.stay_id != move.stay_id
        left = move.stay.moved_out_on
        last = _start(scheme, left) if goes_on and left else end
        until = min(after.at if after and not goes_on else last, end)
        if until < first:
            continue
        days.setdefault(move.stage, []).append(max((until - move.at).days, 0))
        people[move.stage] += goes_on and (left is None or last >= end)
    return days, people


def _mean(days: list[int]) -> int | None:
    return round(sum(days) / len(days)) if days else None


def lapses_waiting(scheme: Scheme) -> list[TaskDecision]:
    """Lapses at a scheme that wait for the manager's decision, oldest first; two queries."""
    lapses = list(
        TaskDecision.objects.for_page()
        .filter(stay__scheme=scheme, stay__moved_out_on=None)
        .filter(Q(kind=Decided.LAPSED) | Q(kind=Decided.VERIFIED))
        .order_by("recorded_at", "pk")
    )
    latest = {(one.stay_id, one.task): one for one in lapses}
    taken: dict[tuple[UUID, str], datetime] = {}
    decided = StageMove.objects.filter(stay__scheme=scheme, kind__in=[Move.KEPT, Move.DEMOTED])
    for move in decided.order_by("recorded_at"):
        taken |= {(move.stay_id, code): move.recorded_at for code in move.tasks}
    return [
        one for key, one in latest.items()
        if one.kind == Decided.LAPSED and (key not in taken or taken[key] < one.recorded_at)
    ]  # fmt: skip


def evidence_to_read(scheme: Scheme) -> list[Evidence]:
    """Evidence nobody has read yet, oldest first, for the worker's and coordinator's day."""
    rows = Evidence.objects.for_page().filter(
        stay__scheme=scheme, stay__moved_out_on=None, readings=None
    )
    return list(rows.order_by("recorded_at", "pk")[:100])


def stages_around(stay: Stay) -> tuple[list[Stage], list[Stage]]:
    """The stages above and below where they are now, lowest first."""
    order = list(stay.scheme.pack.stages_in_order)
    now = stage_of(stay)
    at = order.index(now) if now in order else 0
    return order[at + 1 :], order[:at]


def lapsed_choices(stay: Stay) -> list[tuple[str, str]]:
    """The lapsed tasks, as one chooses among them."""
    pack = stay.scheme.pack
    return [(code, f"{code} {pack.task(code).says}") for code in lapsed_tasks(rows_of(stay))]


def reason_of_move(move: StageMove, *, restricted: bool) -> tuple[str, str]:
    """The reason and the words of a move, as this reader may see them."""
    name = "demotion" if move.kind in {Move.DEMOTED, Move.KEPT} else "early_promotion"
    choice = move.scheme.pack.reasons(name).get(move.reason) if move.reason else None
    if choice and choice.restricted and not restricted:
        return "A reason that few may read", ""
    return (choice.says if choice else move.reason), move.words
