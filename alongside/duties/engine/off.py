"""Days on which something is not asked: of a whole service, or of one subject alone.

What was met by then stays. What was overdue counts as missed as long as it is off. What was open
goes; once it is asked again it comes back, due that day at the earliest. Weeks and months that
were off are never owed, and what happened on those days is never asked about; what would be
counted from one of those days is counted from the day on which it is asked again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from alongside.duties.engine.counting import day_in_words
from alongside.duties.engine.ground import Ground, Span
from alongside.duties.engine.pauses import moved
from alongside.duties.engine.told import Duty, Off, State


def joined_off(off: Iterable[Off], today: date) -> tuple[Off, ...]:
    """The days without overlaps, the earliest first; what has not begun or ended yet does not."""
    joined: list[Off] = []
    for one in sorted(off, key=lambda one: one.from_on):
        if one.from_on > today:
            continue
        until = one.until if one.until and one.until <= today else None
        last = joined[-1] if joined else None
        if last and (last.until is None or one.from_on <= last.until):
            ends = max(last.until, until) if last.until and until else None
            joined[-1] = Off(last.from_on, ends)
        else:
            joined.append(Off(one.from_on, until))
    return tuple(joined)


def left(ground: Ground, spans: Iterable[Span]) -> Iterator[Span]:
    """The spans that are owed still, with the day of those that waited moved."""
    for span in spans:
        found: Span | None = span
        for one in _while_there(ground):
            found = _left(ground, found, one) if found else None
        if found:
            yield found


def _while_there(ground: Ground) -> Sequence[Off]:
    """What was off before the subject had gone."""
    ended = ground.subject.ended_on
    return [one for one in ground.off if ended is None or one.from_on < ended]


def _left(ground: Ground, span: Span, one: Off) -> Span | None:
    if span.ends or span.start >= one.from_on:
        return span
    if span.met_on and (one.until is None or span.met_on < one.until):
        return span
    if moved(ground, span, span.due_on) < one.from_on:
        return span
    ended = ground.subject.ended_on
    if one.until is None or (ended and ended <= one.until):
        return None
    days = f"from {day_in_words(one.from_on)} to {day_in_words(one.until)}"
    why = f"{span.why} Not owed {days}; asked again from then on."
    return replace(span, due_on=max(span.due_on, one.until), why=why)


def settled(ground: Ground, duty: Duty) -> Duty:
    """One that was overdue when it was switched off counts as missed until it is asked again."""
    open_still = {State.OVERDUE, State.VOID}
    if duty.met_on or duty.missed or not duty.breached or duty.state not in open_still:
        return duty
    for one in _while_there(ground):
        is_on = one.until is not None and one.until <= ground.last_day
        if duty.due_on < one.from_on <= ground.last_day and not is_on:
            ended = day_in_words(one.from_on)
            why = f"{duty.why} It was missed when this was no longer asked, on {ended}."
            return replace(duty, state=State.OVERDUE, missed=True, why=why)
    return duty
