"""Works out what is owed, by when, in which state and why, from a pack's rules and plain facts.

Pure: it reads no clock and no record. Every date is a local calendar date; whoever asks turns
instants into dates where the scheme is, so that a change of the clocks never moves a duty.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum, auto

from alongside.kit.durations import Duration
from alongside.practice.duties import Days, DutyKind, DutyRule
from alongside.practice.pack import Pack

DAY = date.resolution
WORKING_WEEK = 5
IN_FORCE = "practice.in_force"
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


class State(StrEnum):
    """How a duty stands today."""

    NOT_OPEN = auto()
    OPEN = auto()
    DUE_SOON = auto()
    DUE = auto()
    OVERDUE = auto()
    DONE = auto()
    DONE_LATE = auto()
    WAIVED = auto()
    PAUSED = auto()
    VOID = auto()


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """Something that happened on a local date. `ref` says to which record, so that pairs meet.

    `concerning` is the key of a member of staff whom it is about, and who must not answer it.
    """

    on: date
    ref: str = ""
    concerning: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """Days that do not count: from `starts_on` up to, not including, the day they are back."""

    starts_on: date
    back_on: date | None
    kind: str


type Identity = tuple[str, str, date, str]
type Facts = Mapping[str, Iterable[Happening | date]]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what the duties are about, and everything the engine may know of it.

    `facts` are keyed by the names that the pack uses, narrowed ones ("review.held:manager") too.
    `waived` holds the identities of duties that somebody waived with a reason. Before `kept_from`
    the records were kept elsewhere.
    """

    kind: str
    ref: str
    starts_on: date
    ended_on: date | None = None
    facts: Facts = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    waived: frozenset[Identity] = frozenset()
    kept_from: date | None = None

    def happened(self, name: str) -> list[Happening]:
        """Every occurrence of a fact, earliest first; one named record counts once."""
        told = self.facts.get(name, ()) if name else ()
        found = [Happening(at) if isinstance(at, date) else at for at in told]
        named = {at for at in found if at.ref}
        return sorted([*named, *(at for at in found if not at.ref)])


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed. The same facts always give the same `identity`, so it is stored once.

    `first_due_on` is the date before paused days were added. `why` is the arithmetic in words.
    `breached` stays true for ever once the due date passed without it, done late or left since.
    `missed` is a week or month that is over: it can no longer be put right.
    """

    key: str
    subject: str
    period_on: date
    ref: str
    says: str
    opens_on: date
    due_on: date
    first_due_on: date
    state: State
    met_on: date | None
    count: int
    minimum: int
    owner: tuple[str, ...]
    remind_on: tuple[date, ...]
    why: str
    source: str
    breached: bool
    missed: bool
    done_by: str = ""
    concerning: str = ""
    escalate_on: tuple[date, ...] = ()
    version: str = ""

    @property
    def identity(self) -> Identity:
        return (self.key, self.subject, self.period_on, self.ref)


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as one version of the practice has it, None where it has not, from a day on."""

    from_on: date
    rule: DutyRule | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """How the scheme counts: weeks, working days, and when it reminds and passes up.

    `holidays` are days on which offices do not work. `says` puts the name of a fact in words.
    """

    first_weekday: int = 0
    holidays: frozenset[date] = frozenset()
    soon: int = 0
    remind_before: int | None = None
    escalate_after: tuple[int, ...] = ()
    says: Callable[[str], str] | None = None

    @classmethod
    def of(cls, pack: Pack, says: Callable[[str], str] | None = None) -> Count:
        def number(key: str) -> int | None:
            found = pack.limits.get(key)
            return int(found.number) if found else None

        steps = (number("escalate_after"), number("escalate_again_after"))
        listed = pack.choice_lists.get("public_holidays")
        return cls(
            first_weekday=WEEKDAYS.index(pack.about.week_starts),
            holidays=frozenset(date.fromisoformat(one.key) for one in listed or ()),
            soon=number("due_soon") or 0,
            remind_before=number("reminder_before"),
            escalate_after=tuple(step for step in steps if step is not None),
            says=says,
        )

    def after(self, rule: DutyRule, length: Duration, day: date) -> date:
        """So long after a day, in the days that the rule counts."""
        return self._working(length, day, DAY) if _works(rule) else length.after(day)

    def before(self, rule: DutyRule, length: Duration, day: date) -> date:
        """So long before a day, in the days that the rule counts."""
        return self._working(length, day, -DAY) if _works(rule) else length.before(day)

    def _working(self, length: Duration, day: date, step: timedelta) -> date:
        left = length.weeks * WORKING_WEEK + length.days
        while left:
            day += step
            left -= day.weekday() < WORKING_WEEK and day not in self.holidays
        return day


def _works(rule: DutyRule) -> bool:
    return rule.days is Days.WORKING


@dataclass(frozen=True, slots=True)
class _Span:
    """One period of a duty before pauses, waivers and today are looked at."""

    by: Version
    start: date
    opens_on: date
    due_on: date
    why: str
    met_on: date | None = None
    ref: str = ""
    count: int = 0
    ends: bool = False  # it can no longer be met once it is past due: a week is over
    excused: bool = False
    concerning: str = ""


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the working out of one rule for one subject stands on."""

    rule: DutyRule
    subject: Subject
    today: date
    count: Count
    least_days: int
    pauses: tuple[Pause, ...]
    since: date
    versions: tuple[Version, ...]

    def at(self, day: date) -> Version | None:
        """The version of the practice by which a duty that is counted from this day is owed.

        A later version holds for what opens when it is in force. None when no version up to
        then asked for it.
        """
        found, *later = self.versions
        for version in later:
            opens = found.rule.opens if found.rule else None
            if (opens.after(day) if opens else day) >= version.from_on:
                found = version
        return found if found.rule else None

    def first_asked(self) -> date:
        """The day from which any version asks for it."""
        return next(version.from_on for version in self.versions if version.rule)

    def done(self) -> list[Happening]:
        """What closes the duty, as far as it has happened."""
        return [at for at in self.subject.happened(self.rule.done_by) if at.on <= self.today]

    def start(self) -> tuple[date, str] | None:
        """The date it is counted from and the fact that gave it; never before the beginning."""
        for name in (self.rule.anchor, self.rule.else_from):
            if found := self.subject.happened(name):
                return max(found[0].on, self.subject.starts_on), name
        return None

    @property
    def last_day(self) -> date:
        return min(self.today, self.subject.ended_on or self.today)


def duties_of(pack: Pack, subject: Subject, *, today: date) -> tuple[Duty, ...]:
    """Everything owed to one subject, by due date. Asking twice gives the same answer.

    Only rules for this kind of subject, and of features that are on, are worked out.
    """
    owed = [
        duty
        for rule in pack.duties
        if rule.subject == subject.kind and (not rule.feature or pack.has(rule.feature))
        for duty in duties_by(rule, subject, pack=pack, today=today)
    ]
    return tuple(sorted(owed, key=lambda duty: (duty.due_on, duty.key, duty.ref)))


def duties_by(
    rule: DutyRule,
    subject: Subject,
    *,
    pack: Pack,
    today: date,
    count: Count | None = None,
    versions: Sequence[Version] = (),
    since: date = date.min,
) -> tuple[Duty, ...]:
    """What one rule asks of one subject, oldest first.

    Weeks and months that were over before `since` are left out: time changes them no more.

    `versions` are the rule as the practice had it over time, the earliest first; what opened
    under one of them stays owed by it. Those of another shape of time count for nothing.
    """
    alike = tuple(one for one in versions if one.rule is None or one.rule.kind is rule.kind)
    ground = _Ground(
        rule=rule,
        subject=subject,
        today=today,
        count=count or Count.of(pack),
        least_days=pack.limit(rule.first_period_limit).number if rule.first_period_limit else 1,
        pauses=_joined(pause for pause in subject.pauses if pause.kind in rule.pause_when),
        since=since,
        versions=alike if any(one.rule for one in alike) else (Version(date.min, rule, pack.name),),
    )
    return tuple(_duty(ground, span) for span in _SPANS[rule.kind](ground))


# --- the shapes of time ----------------------------------------------------------------------


def _once(ground: _Ground) -> Iterator[_Span]:
    if not (start := ground.start()):
        return
    day, name = start
    done = ground.done()
    if by := ground.at(day):
        yield _length_span(ground, by, day, name, met_on=done[0].on if done else None)


def _each(ground: _Ground) -> Iterator[_Span]:
    done = ground.done()
    begun: dict[Happening, Happening] = {}
    for at in ground.subject.happened(ground.rule.anchor):
        begun.setdefault(replace(at, on=max(at.on, ground.subject.starts_on)), at)
    for counted, at in begun.items():
        if by := ground.at(counted.on):
            met = [one.on for one in done if one.on >= at.on and (one.ref == at.ref or not one.ref)]
            least = min(met, default=None)
            span = _length_span(ground, by, counted.on, ground.rule.anchor, least)
            yield replace(span, ref=at.ref, concerning=at.concerning)


def _rolling(ground: _Ground) -> Iterator[_Span]:
    """Counted again from each time it was done after the anchor, the first time from the anchor.

    What a later version was the first to ask for is counted from the day it came into force.
    """
    if not (start := ground.start()):
        return
    day, name = start
    if ground.at(day) is None:
        day, name = max(day, ground.first_asked()), IN_FORCE
    waiting = sorted({at.on for at in ground.done() if at.on > day})
    while (by := ground.at(day)) is not None:
        span = _length_span(ground, by, day, name)
        met = next((on for on in waiting if on >= span.opens_on), None)
        yield replace(span, met_on=met)
        if met is None or _gone(ground, met):
            return
        waiting = [on for on in waiting if on > met]
        day, name = met, ground.rule.done_by


def _gone(ground: _Ground, day: date) -> bool:
    return ground.subject.ended_on is not None and day >= ground.subject.ended_on


def _before(ground: _Ground) -> Iterator[_Span]:
    """Ahead of each date planned after the start.

    One written after that date counts only when it names the same record.
    """
    opens = ground.subject.starts_on
    done = ground.done()
    least = opens
    planned = sorted(set(ground.subject.happened(ground.rule.before)))
    for at in (at for at in planned if at.on > ground.subject.starts_on):
        own = [by.on for by in done if by.ref and by.ref == at.ref]
        unnamed = [by.on for by in done if not by.ref and least <= by.on <= at.on]
        if (by := ground.at(opens)) and by.rule:
            lead = by.rule.due or Duration()
            yield _Span(
                by=by,
                start=opens,
                opens_on=opens,
                due_on=max(ground.count.before(by.rule, lead, at.on), opens),
                why=(
                    f"{_words(ground, ground.rule.before)} for {_day(at.on)}; "
                    f"due {_long(by.rule, lead)} before."
                ),
                met_on=min(own or unnamed, default=None),
                ref=at.ref,
            )
        opens, least = at.on, at.on + DAY


def _fixed(ground: _Ground) -> Iterator[_Span]:
    """Each calendar period since the start, with so many happenings in it at least."""
    if not (start := ground.start()):
        return
    day, name = start
    first = _period_start(ground, day)
    while max(first, day) <= ground.last_day:
        after = _period_after(ground, first)
        opens, last = max(first, day), after - DAY
        long_enough = opens > day or (last - opens).days + 1 >= ground.least_days
        if last < ground.since and not ground.rule.due:
            first = after
            continue
        if long_enough and (by := ground.at(opens)):
            yield _period_span(ground, by, opens, last, name, day)
        first = after


def _period_span(  # noqa: PLR0917
    ground: _Ground, by: Version, opens: date, last: date, name: str, day: date
) -> _Span:
    rule = by.rule or ground.rule
    if rule.due:
        return _after_the_period(ground, by, opens, last)
    inside = [at.on for at in ground.done() if opens <= at.on <= last]
    met = inside[rule.minimum - 1] if len(inside) >= rule.minimum else None
    return _Span(
        by=by,
        start=opens,
        opens_on=opens,
        due_on=last,
        why=(
            f"{rule.minimum} each {rule.every}, since {_words(ground, name).lower()} on "
            f"{_day(day)}; this {rule.every} ends on {_day(last)}."
        ),
        met_on=met,
        count=len(inside),
        ends=True,
        excused=_days_left(ground, opens, last) < ground.least_days,
    )


def _after_the_period(ground: _Ground, by: Version, opens: date, last: date) -> _Span:
    """Done once the period is over, and before the next one is: a report about a month."""
    rule = by.rule or ground.rule
    next_first = last + DAY
    until = _period_after(ground, next_first)
    inside = [at.on for at in ground.done() if next_first <= at.on < until]
    due = ground.count.after(rule, rule.due or Duration(), last)
    return _Span(
        by=by,
        start=opens,
        opens_on=next_first,
        due_on=due,
        why=(
            f"For the {rule.every} that ends on {_day(last)}; "
            f"due {_long(rule, rule.due or Duration())} later, on {_day(due)}."
        ),
        met_on=inside[rule.minimum - 1] if len(inside) >= rule.minimum else None,
        count=len(inside),
    )


def _length_span(
    ground: _Ground, by: Version, day: date, name: str, met_on: date | None = None
) -> _Span:
    rule = by.rule or ground.rule
    length = rule.due or (Duration.parse(rule.every) if rule.every else Duration())
    due = ground.count.after(rule, length, day)
    opens = rule.opens.after(day) if rule.opens else day
    when = f"{_long(rule, length)} later, on {_day(due)}" if length else "the same day"
    ahead = f"; opens {rule.opens.in_words} later, on {_day(opens)}" if rule.opens else ""
    return _Span(
        by=by,
        start=day,
        opens_on=opens,
        due_on=due,
        why=f"{_words(ground, name)} on {_day(day)}{ahead}; due {when}.",
        met_on=met_on,
    )


def _nothing(_ground: _Ground) -> Iterator[_Span]:
    """A limit never falls due: it refuses or asks for a reason when somebody acts."""
    yield from ()


_SPANS: dict[DutyKind, Callable[[_Ground], Iterator[_Span]]] = {
    DutyKind.ONCE: _once,
    DutyKind.EACH: _each,
    DutyKind.ROLLING: _rolling,
    DutyKind.WINDOW: _rolling,
    DutyKind.FIXED: _fixed,
    DutyKind.BEFORE: _before,
    DutyKind.LIMIT: _nothing,
}


def _period_start(ground: _Ground, day: date) -> date:
    if ground.rule.every == "month":
        return day.replace(day=1)
    return day - DAY * ((day.weekday() - ground.count.first_weekday) % len(WEEKDAYS))


def _period_after(ground: _Ground, first: date) -> date:
    length = Duration(months=1) if ground.rule.every == "month" else Duration(weeks=1)
    return length.after(first)


# --- pauses ----------------------------------------------------------------------------------


def _joined(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
    """The pauses without overlaps, so that no day is added twice."""
    joined: list[Pause] = []
    for pause in sorted(pauses, key=lambda pause: (pause.starts_on, pause.back_on or date.max)):
        last = joined[-1] if joined else None
        if last and (last.back_on is None or pause.starts_on <= last.back_on):
            ends = None if None in (last.back_on, pause.back_on) else _later(last, pause)
            joined[-1] = replace(last, back_on=ends)
        else:
            joined.append(pause)
    return tuple(joined)


def _later(one: Pause, other: Pause) -> date:
    return max(one.back_on or date.max, other.back_on or date.max)


def _days_left(ground: _Ground, first: date, last: date) -> int:
    """How many days of a period are not paused."""
    lost = sum(
        max(0, (min(pause.back_on or date.max, last + DAY) - max(pause.starts_on, first)).days)
        for pause in ground.pauses
    )
    return (last - first).days + 1 - lost


def _moved(ground: _Ground, span: _Span, day: date) -> date:
    """A date with the paused days since the start added; a pause still open counts to today."""
    for pause in ground.pauses:
        starts = max(pause.starts_on, span.start)
        if starts > day or (span.met_on and pause.starts_on >= span.met_on):
            continue
        back = pause.back_on or max(ground.today, starts)
        day += max(back - starts, timedelta())
    return day


def _paused_today(ground: _Ground) -> bool:
    return any(
        pause.starts_on <= ground.today < (pause.back_on or date.max) for pause in ground.pauses
    )


# --- how it stands ---------------------------------------------------------------------------


def _duty(ground: _Ground, span: _Span) -> Duty:
    rule, subject = span.by.rule or ground.rule, ground.subject
    due_on = span.due_on if span.ends else _moved(ground, span, span.due_on)
    waived = (rule.key, subject.ref, span.start, span.ref) in subject.waived
    excused = span.excused or waived
    counted_to = span.met_on or ground.last_day
    added = (due_on - span.due_on).days
    state = _state(ground, span, due_on, waived=waived)
    notes = f" {added} paused days added: {_day(due_on)}." if added else ""
    elsewhere = not span.met_on and _was_elsewhere(ground, due_on)
    if elsewhere and subject.kept_from:
        notes += f" The records came here on {_day(subject.kept_from)}: before that, not owed here."
    return Duty(
        key=rule.key,
        subject=subject.ref,
        period_on=span.start,
        ref=span.ref,
        says=rule.says,
        opens_on=span.opens_on,
        due_on=due_on,
        first_due_on=span.due_on,
        state=state,
        met_on=span.met_on,
        count=span.count or (1 if span.met_on else 0),
        minimum=rule.minimum,
        owner=rule.owner,
        remind_on=_reminders(ground.count, rule, span, due_on),
        why=f"{span.why}{notes} Source: {rule.source}.",
        source=rule.source,
        breached=not excused and not elsewhere and counted_to > due_on,
        missed=span.ends and state is State.OVERDUE,
        done_by=rule.done_by,
        concerning=span.concerning,
        escalate_on=_steps_up(ground.count, rule, due_on),
        version=span.by.name,
    )


def _reminders(count: Count, rule: DutyRule, span: _Span, due_on: date) -> tuple[date, ...]:
    """When whoever owes it is reminded: as the rule says, else some days before it is due."""
    if rule.remind:
        return tuple(length.after(span.start) for length in rule.remind)
    if count.remind_before is None:
        return ()
    return (max(due_on - DAY * count.remind_before, span.opens_on),)


def _steps_up(count: Count, rule: DutyRule, due_on: date) -> tuple[date, ...]:
    """When it is passed up to the line manager, and then to the level above."""
    if rule.escalate:
        return tuple(length.after(due_on) for length in rule.escalate)
    return tuple(due_on + DAY * step for step in count.escalate_after)


def _state(ground: _Ground, span: _Span, due_on: date, *, waived: bool) -> State:
    if span.met_on:
        return State.DONE if span.met_on <= due_on else State.DONE_LATE
    if waived:
        return State.WAIVED
    if _was_elsewhere(ground, due_on):
        return State.VOID
    ended = ground.subject.ended_on
    if ended and ended <= ground.today and (due_on >= ended or not span.ends):
        return State.VOID
    if span.excused or (_paused_today(ground) and due_on >= ground.today):
        return State.PAUSED
    return _by_date(span.opens_on, due_on, ground.today, ground.count.soon)


def _was_elsewhere(ground: _Ground, due_on: date) -> bool:
    """Whether it was due before the records came here: what was done then is not known here."""
    kept_from = ground.subject.kept_from
    return kept_from is not None and due_on < kept_from


def _by_date(opens_on: date, due_on: date, today: date, soon: int) -> State:
    if today < opens_on:
        return State.NOT_OPEN
    if today > due_on:
        return State.OVERDUE
    if today == due_on:
        return State.DUE
    return State.DUE_SOON if today >= due_on - DAY * soon else State.OPEN


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _long(rule: DutyRule, length: Duration) -> str:
    """ "7 days", "5 working days"."""
    if not _works(rule):
        return length.in_words
    many = length.weeks * WORKING_WEEK + length.days
    return f"{many} working day{'' if many == 1 else 's'}"


def _words(ground: _Ground, fact: str) -> str:
    return (ground.count.says or in_words)(fact)


def in_words(fact: str) -> str:
    """ "Review held (manager)" for "review.held:manager", where nobody has better words."""
    name, _, of = fact.partition(":")
    said = name.replace(".", " ").replace("_", " ")
    return (f"{said} ({of.replace('-', ' ')})" if of else said).capitalize()
