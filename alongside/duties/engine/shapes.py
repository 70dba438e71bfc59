"""The shapes of time: once, for each, again and again, in each period, ahead of a date."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from alongside.duties.engine.answers import answered
from alongside.duties.engine.counting import DAY, WEEKDAYS, day_in_words, long
from alongside.duties.engine.ground import IN_FORCE, Ground, Span, Version, words
from alongside.duties.engine.pauses import days_left
from alongside.duties.engine.told import Happening
from alongside.kit.durations import Duration
from alongside.practice.duties import DutyKind


def _once(ground: Ground) -> Iterator[Span]:
    if not (start := ground.start()):
        return
    day, name = start
    done = ground.done()
    if by := ground.at(day):
        yield _length_span(ground, by, day, name, met_on=done[0].on if done else None)


def _each(ground: Ground) -> Iterator[Span]:
    begun: dict[Happening, Happening] = {}
    for at in ground.subject.happened(ground.rule.anchor):
        begun.setdefault(replace(at, on=max(at.on, ground.subject.starts_on)), at)
    asked = [pair for pair in begun.items() if not ground.is_off(pair[0].on)]
    owed = [(counted, at, by) for counted, at in asked if (by := ground.at(counted.on))]
    met = answered(ground.rule, [at for _, at, _ in owed], ground.done())
    for counted, at, by in owed:
        span = _length_span(ground, by, counted.on, ground.rule.anchor, met.get(at))
        yield replace(span, ref=at.ref, concerning=at.concerning)


def _rolling(ground: Ground) -> Iterator[Span]:
    """Counted again from each time it was done after the anchor, the first time from the anchor.

    What a later version was the first to ask for is counted from the day it came into force.
    """
    if not (start := ground.start()):
        return
    day, name = start
    if ground.at(day) is None:
        if not (start := ground.asked(max(day, ground.first_asked()), IN_FORCE)):
            return
        day, name = start
    waiting = sorted({at.on for at in ground.done() if at.on > day})
    while (by := ground.at(day)) is not None:
        span = _length_span(ground, by, day, name)
        met = next((on for on in waiting if on >= span.opens_on), None)
        yield replace(span, met_on=met)
        if met is None or _gone(ground, met):
            return
        if not (start := ground.asked(met, ground.rule.done_by)):
            return
        day, name = start
        waiting = [on for on in waiting if on > day]


def _gone(ground: Ground, day: date) -> bool:
    return ground.subject.ended_on is not None and day >= ground.subject.ended_on


def _before(ground: Ground) -> Iterator[Span]:
    """Ahead of each date planned after the start.

    One written after that date counts only when it names the same record. A date that says since
    when it is known opens then, and is answered by what was done after that day.
    """
    opens = ground.subject.starts_on
    done = ground.done()
    least = opens
    owed: set[tuple[date, str]] = set()
    planned = sorted(set(ground.subject.happened(ground.rule.before)))
    for at in (at for at in planned if at.on > ground.subject.starts_on):
        if at.since:
            opens, least = max(at.since, ground.subject.starts_on), at.since + DAY
        start = ground.asked(opens, "")
        if start is None or ground.is_off(at.on):
            opens, least = at.on, at.on + DAY
            continue
        opens = start[0]
        own = [by.on for by in done if by.names and by.names == at.ref]
        unnamed = [by.on for by in done if not by.names and least <= by.on <= at.on]
        # Two dates that became known on one day, of nothing that tells them apart, are one.
        if (by := ground.at(opens)) and by.rule and (opens, at.ref) not in owed:
            owed.add((opens, at.ref))
            lead = by.rule.due or Duration()
            yield Span(
                by=by,
                start=opens,
                opens_on=opens,
                due_on=max(ground.count.before(by.rule, lead, at.on), opens),
                why=(
                    f"{words(ground, ground.rule.before)} for {day_in_words(at.on)}; "
                    + (f"due {long(by.rule, lead)} before." if lead else "due on that day.")
                ),
                met_on=min(own or unnamed, default=None),
                ref=at.ref,
            )
        opens, least = at.on, at.on + DAY


def _fixed(ground: Ground) -> Iterator[Span]:
    """Each calendar period since the start, with so many happenings in it at least."""
    if not (start := ground.start()):
        return
    day, name = start
    first = _period_start(ground, day)
    while max(first, day) <= ground.last_day:
        after = _period_after(ground, first)
        last = after - DAY
        if last >= ground.since or ground.rule.due:
            for opens, until in _parts(ground, max(first, day), last):
                long_enough = opens == first or (last - opens).days + 1 >= ground.least_days
                if long_enough and (by := ground.at(opens)):
                    span = _period_span(ground, by, opens, last, name, day)
                    if until is None or (span.met_on and span.met_on <= until):
                        yield span
        first = after


def _parts(ground: Ground, opens: date, last: date) -> Iterator[tuple[date, date | None]]:
    """The parts of a period on which it is asked: from which day, and when it went off in it."""
    for one in ground.off:
        if one.from_on > last or (one.until and one.until <= opens):
            continue
        if one.from_on > opens:
            yield opens, one.from_on
        if one.until is None or one.until > last:
            return
        opens = one.until
    yield opens, None


def _period_span(  # noqa: PLR0917
    ground: Ground, by: Version, opens: date, last: date, name: str, day: date
) -> Span:
    rule = by.rule or ground.rule
    if rule.due:
        return _after_the_period(ground, by, opens, last)
    inside = [at.on for at in ground.done() if opens <= at.on <= last]
    met = inside[rule.minimum - 1] if len(inside) >= rule.minimum else None
    return Span(
        by=by,
        start=opens,
        opens_on=opens,
        due_on=last,
        why=(
            f"{rule.minimum} each {rule.every}, since {words(ground, name).lower()} on "
            f"{day_in_words(day)}; this {rule.every} ends on {day_in_words(last)}."
        ),
        met_on=met,
        count=len(inside),
        ends=True,
        excused=days_left(ground, opens, last) < ground.least_days,
    )


def _after_the_period(ground: Ground, by: Version, opens: date, last: date) -> Span:
    """Done once the period is over, and before the next one is: a report about a month."""
    rule = by.rule or ground.rule
    next_first = last + DAY
    until = _period_after(ground, next_first)
    inside = [at.on for at in ground.done() if next_first <= at.on < until]
    due = ground.count.after(rule, rule.due or Duration(), last)
    return Span(
        by=by,
        start=opens,
        opens_on=next_first,
        due_on=due,
        why=(
            f"For the {rule.every} that ends on {day_in_words(last)}; "
            f"due {long(rule, rule.due or Duration())} later, on {day_in_words(due)}."
        ),
        met_on=inside[rule.minimum - 1] if len(inside) >= rule.minimum else None,
        count=len(inside),
    )


def _length_span(
    ground: Ground, by: Version, day: date, name: str, met_on: date | None = None
) -> Span:
    rule = by.rule or ground.rule
    length = rule.due or (Duration.parse(rule.every) if rule.every else Duration())
    due = ground.count.after(rule, length, day)
    opens = rule.opens.after(day) if rule.opens else day
    when = f"{long(rule, length)} later, on {day_in_words(due)}" if length else "the same day"
    ahead = f"; opens {rule.opens.in_words} later, on {day_in_words(opens)}" if rule.opens else ""
    return Span(
        by=by,
        start=day,
        opens_on=opens,
        due_on=due,
        why=f"{words(ground, name)} on {day_in_words(day)}{ahead}; due {when}.",
        met_on=met_on,
    )


def _nothing(_ground: Ground) -> Iterator[Span]:
    """A limit never falls due: it refuses or asks for a reason when somebody acts."""
    yield from ()


SPANS: dict[DutyKind, Callable[[Ground], Iterator[Span]]] = {
    DutyKind.ONCE: _once,
    DutyKind.EACH: _each,
    DutyKind.ROLLING: _rolling,
    DutyKind.WINDOW: _rolling,
    DutyKind.FIXED: _fixed,
    DutyKind.BEFORE: _before,
    DutyKind.LIMIT: _nothing,
}


def _period_start(ground: Ground, day: date) -> date:
    if ground.rule.every == "month":
        return day.replace(day=1)
    return day - DAY * ((day.weekday() - ground.count.first_weekday) % len(WEEKDAYS))


def _period_after(ground: Ground, first: date) -> date:
    length = Duration(months=1) if ground.rule.every == "month" else Duration(weeks=1)
    return length.after(first)
