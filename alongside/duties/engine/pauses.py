"""Days that do not count: joined, taken out of a week, added to a date."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from alongside.duties.engine.counting import DAY
from alongside.duties.engine.ground import Ground, Span
from alongside.duties.engine.told import Pause


def joined(pauses: Iterable[Pause]) -> tuple[Pause, ...]:
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


def days_left(ground: Ground, first: date, last: date) -> int:
    """How many days of a period are not paused."""
    lost = sum(
        max(0, (min(pause.back_on or date.max, last + DAY) - max(pause.starts_on, first)).days)
        for pause in ground.pauses
    )
    return (last - first).days + 1 - lost


def moved(ground: Ground, span: Span, day: date) -> date:
    """A date with the paused days since the start added; a pause still open counts to today."""
    for pause in ground.pauses:
        starts = max(pause.starts_on, span.start)
        if starts > day or (span.met_on and pause.starts_on >= span.met_on):
            continue
        back = pause.back_on or max(ground.today, starts)
        day += max(back - starts, timedelta())
    return day


def paused_today(ground: Ground) -> bool:
    return any(
        pause.starts_on <= ground.today < (pause.back_on or date.max) for pause in ground.pauses
    )
