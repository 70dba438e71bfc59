"""What the rota shows: the week, what is short, whose hours, and the plans for when it fails."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q
from django.shortcuts import get_object_or_404

from alongside.absence.models import Absence
from alongside.absence.queries import away_between
from alongside.keywork.queries.week import WEEKDAYS, begins_on
from alongside.kit import clock
from alongside.organisation.models import Scheme, Staff
from alongside.practice.rota import ShiftKind
from alongside.rota.models import (
    Clocking,
    ContingencyPlan,
    ContingencyPlanQuerySet,
    Level,
    Swap,
    SwapAnswer,
    SwapQuerySet,
    Turn,
    TurnQuerySet,
    What,
)
from alongside.rota.times import DAY, in_hours, minutes_between, span


def turn_for(staff: Staff, turn_id: UUID) -> Turn:
    """That line of the rota, if it is of a scheme where this person works."""
    return get_object_or_404(Turn.objects.visible_to(staff).for_page(), pk=turn_id)


def swap_for(staff: Staff, swap_id: UUID) -> Swap:
    return get_object_or_404(Swap.objects.visible_to(staff).for_page(), pk=swap_id)


def clocking_for(staff: Staff, clocking_id: UUID) -> Clocking:
    found = Clocking.objects.filter(turn__scheme_id__in=staff.scheme_ids(), replaced_at=None)
    return get_object_or_404(
        found.select_related("turn__scheme__organisation", "turn__worker"), pk=clocking_id
    )


def contingency_for(staff: Staff, plan_id: UUID) -> ContingencyPlan:
    return get_object_or_404(ContingencyPlan.objects.visible_to(staff).for_page(), pk=plan_id)


@dataclass(frozen=True, slots=True)
class Down:
    """Somebody on a shift, and what keeps them away from it, if anything does."""

    turn: Turn
    away: Absence | None = None

    @property
    def counts(self) -> bool:
        return self.away is None


@dataclass(frozen=True, slots=True)
class Cell:
    """One shift of one day: how many it needs, who is down for it, who is not coming."""

    on: date
    kind: ShiftKind
    starts_at: datetime
    ends_at: datetime
    least: int
    down: list[Down] = field(default_factory=list)

    @property
    def planned(self) -> int:
        return sum(one.counts for one in self.down)

    @property
    def short(self) -> int:
        return max(self.least - self.planned, 0)

    @property
    def short_says(self) -> str:
        return str(self.short)

    @property
    def minutes(self) -> int:
        return minutes_between(self.starts_at, self.ends_at)

    @property
    def is_over(self) -> bool:
        return self.ends_at <= clock.now()


@dataclass(frozen=True, slots=True)
class RotaDay:
    on: date
    cells: list[Cell]
    away: list[Absence]
    is_today: bool

    @property
    def short(self) -> int:
        return sum(cell.short for cell in self.cells)


def week_of(scheme: Scheme, day: date) -> list[RotaDay]:
    """The service week that holds that day; three queries."""
    first = begins_on(scheme, day)
    return days_of(scheme, first, first + DAY * (len(WEEKDAYS) - 1))


def days_of(scheme: Scheme, first: date, last: date) -> list[RotaDay]:
    """The rota of these days, both included; three queries, however many."""
    turns: dict[tuple[date, str], list[Turn]] = defaultdict(list)
    for turn in (
        Turn.objects.for_page()
        .standing()
        .filter(scheme=scheme)
        .between(first, last)
        .order_by("worker__name", "agency_name")
    ):
        turns[turn.on, turn.shift].append(turn)
    absences = [one for one in away_between(scheme, first, last) if one.is_in_force()]
    levels = list(Level.objects.filter(scheme=scheme, from_on__lte=last).order_by("from_on", "pk"))
    today = scheme.today()
    days = []
    for number in range((last - first).days + 1):
        on = first + DAY * number
        cells = [
            _cell(scheme, on, kind, _down(turns[on, kind.key], absences), levels)
            for kind in scheme.pack.shifts
        ]
        away = [one for one in absences if one.holds(on)]
        days.append(RotaDay(on, cells, away, is_today=on == today))
    return days


def _cell(
    scheme: Scheme,
    on: date,
    kind: ShiftKind,
    down: list[Down],
    levels: Iterable[Level],
) -> Cell:
    starts_at, ends_at = span(scheme, on, kind)
    return Cell(
        on,
        kind,
        starts_at,
        ends_at,
        _least(on, kind, levels),
        down,
    )


def _down(turns: Sequence[Turn], absences: Sequence[Absence]) -> list[Down]:
    return [Down(turn, _away(turn, absences)) for turn in turns]


def _away(turn: Turn, absences: Iterable[Absence]) -> Absence | None:
    return next(
        (one for one in absences if one.worker_id == turn.worker_id and one.holds(turn.on)), None
    )


def _least(on: date, kind: ShiftKind, levels: Iterable[Level]) -> int:
    """What the latest level in force says: of that weekday before every day, then the pack."""
    own = [one for one in levels if one.shift == kind.key and one.from_on <= on]
    exact = [one for one in own if one.weekday == on.weekday()]
    every = [one for one in own if one.weekday is None]
    chosen = (exact or every)[-1:]
    return chosen[0].least if chosen else kind.least


@dataclass(frozen=True, slots=True)
class HeldLevel:
    """How many people a shift needs on each day of the week, Monday first, and who says so."""

    kind: ShiftKind
    least: tuple[int, ...]
    source: str

    @property
    def says(self) -> str:
        """ "2 every day", or the days one by one."""
        if len(set(self.least)) == 1:
            return f"{self.least[0]} every day"
        return ", ".join(
            f"{day[:3].capitalize()} {least}"
            for day, least in zip(WEEKDAYS, self.least, strict=True)
        )


def levels_now(scheme: Scheme) -> list[HeldLevel]:
    """What each shift needs in the seven days from today; one query."""
    today = scheme.today()
    levels = list(Level.objects.filter(scheme=scheme, from_on__lte=today).order_by("from_on", "pk"))
    week = sorted((today + DAY * number for number in range(len(WEEKDAYS))), key=date.weekday)
    return [
        HeldLevel(
            kind,
            tuple(_least(day, kind, levels) for day in week),
            next((one.source for one in reversed(levels) if one.shift == kind.key), ""),
        )
        for kind in scheme.pack.shifts
    ]


def shortages(scheme: Scheme) -> list[Cell]:
    """Shifts to come that have too few people, soonest first, as far as the pack looks ahead."""
    today = scheme.today()
    ahead = today + timedelta(days=int(scheme.pack.limit("rota_looks_ahead")))
    days = days_of(scheme, today, ahead)
    return [cell for day in days for cell in day.cells if cell.short and not cell.is_over]


def turns_ahead(staff: Staff) -> TurnQuerySet:
    """My shifts that are not over, soonest first."""
    ahead = Turn.objects.for_page().standing().filter(worker=staff, ends_at__gte=clock.now())
    now = Clocking.objects.filter(replaced_at=None)
    return ahead.order_by("starts_at").prefetch_related(
        Prefetch("clockings", now, to_attr="current_clockings")
    )


def swaps_for(staff: Staff) -> SwapQuerySet:
    """Shifts that colleagues offer me and that I have not answered."""
    offered = Swap.objects.for_page().open().filter(to_worker=staff, answer="")
    return offered.filter(turn__starts_at__gte=clock.now()).order_by("turn__starts_at")


def swaps_to_decide(scheme: Scheme) -> SwapQuerySet:
    """Swaps both agree on that wait for a leader."""
    agreed = Swap.objects.for_page().filter(answer=SwapAnswer.AGREED, decision="")
    return agreed.filter(turn__scheme=scheme, turn__cancelled_at=None).order_by("turn__starts_at")


def swaps_of(turn: Turn) -> SwapQuerySet:
    return Swap.objects.for_page().filter(turn=turn).order_by("-offered_at")


def clockings_of(turn: Turn) -> list[Clocking]:
    """Every time written down for a shift, put right ones too, in the order they were written."""
    return list(turn.clockings.select_related("recorded_by").order_by("recorded_at"))


@dataclass(slots=True)
class Hours:
    """What one person was planned for, worked, and how punctual they were. Minutes."""

    name: str
    shifts: int = 0
    planned: int = 0
    worked: int = 0
    late: int = 0
    left_early: int = 0
    open: int = 0

    @property
    def difference(self) -> int:
        return self.worked - self.planned

    @property
    def row(self) -> tuple[str, str, str]:
        return in_hours(self.planned), in_hours(self.worked), in_hours(self.difference)


@dataclass(slots=True)
class ShiftHours:
    """What one shift needed, was planned and was worked in a period. Minutes."""

    says: str
    needed: int = 0
    planned: int = 0
    worked: int = 0

    @property
    def row(self) -> tuple[str, str, str]:
        return in_hours(self.needed), in_hours(self.planned), in_hours(self.worked)

    @property
    def shortfall(self) -> int:
        return max(self.needed - self.worked, 0)

    @property
    def shortfall_says(self) -> str:
        return in_hours(self.shortfall)


@dataclass(frozen=True, slots=True)
class HoursReport:
    people: list[Hours]
    shifts: list[ShiftHours]


def hours_report(
    scheme: Scheme, first: date, last: date, *, only: Staff | None = None
) -> HoursReport:
    """Needed, planned and worked hours of shifts that began in these days; four queries.

    People by name, never by how punctual they are. `only` narrows it to one person.
    """
    turns = Turn.objects.for_page().standing().filter(scheme=scheme).between(first, last)
    turns = turns.filter(ends_at__lte=clock.now())
    told: dict[UUID, dict[str, datetime]] = defaultdict(dict)
    for one in Clocking.objects.filter(turn__in=turns.values("pk"), replaced_at=None):
        told[one.turn_id][one.what] = one.at
    grace = timedelta(minutes=int(scheme.pack.limit("punctual_within")))
    people: dict[str, Hours] = {}
    shifts = {kind.key: ShiftHours(kind.says) for kind in scheme.pack.shifts}
    for day in days_of(scheme, first, last) if only is None else ():
        for cell in (cell for cell in day.cells if cell.is_over):
            shifts[cell.kind.key].needed += cell.least * cell.minutes
    for turn in turns.order_by("worker__name", "agency_name"):
        worked = _worked(told[turn.pk])
        if turn.shift in shifts:
            shifts[turn.shift].planned += turn.minutes
            shifts[turn.shift].worked += worked
        if only is None or turn.worker_id == only.pk:
            _add(people.setdefault(turn.name, Hours(turn.name)), turn, told[turn.pk], grace)
    return HoursReport(sorted(people.values(), key=lambda one: one.name), list(shifts.values()))


def _worked(times: dict[str, datetime]) -> int:
    came, left = times.get(What.CAME), times.get(What.LEFT)
    return minutes_between(came, left) if came and left else 0


def _add(row: Hours, turn: Turn, times: dict[str, datetime], grace: timedelta) -> None:
    came, left = times.get(What.CAME), times.get(What.LEFT)
    row.shifts += 1
    row.planned += turn.minutes
    row.worked += _worked(times)
    row.late += bool(came and came > turn.starts_at + grace)
    row.left_early += bool(left and left < turn.ends_at - grace)
    row.open += not (came and left)


def contingency_plans(scheme: Scheme) -> ContingencyPlanQuerySet:
    """Those in force, in the order they were first written."""
    held = ContingencyPlan.objects.for_page().filter(scheme=scheme, replaced_at=None)
    return held.order_by("scenario")


def overlapping_turn(worker: Staff, start: datetime, end: datetime) -> Turn | None:
    """What somebody is down for at that time anywhere, if anything."""
    there = Turn.objects.for_page().standing().filter(Q(worker=worker))
    return there.filter(starts_at__lt=end, ends_at__gt=start).first()


def turns_to_swap(turn: Turn) -> TurnQuerySet:
    """Shifts of colleagues to come that could be given for this one, soonest first."""
    ahead = Turn.objects.for_page().standing().filter(scheme=turn.scheme, worker__isnull=False)
    others = ahead.filter(starts_at__gt=clock.now()).exclude(worker=turn.worker)
    return others.order_by("worker__name", "starts_at")
