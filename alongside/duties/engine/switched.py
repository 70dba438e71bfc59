"""What becomes of a duty that is switched off for one subject for some time.

What was met or missed by then stays. What is over and was not done was missed; what is still to
come goes; once it is switched on again, what was waiting is owed again from that day at the
earliest, and weeks or months that were off are never owed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from alongside.duties.engine.counting import day_in_words
from alongside.duties.engine.ground import Span
from alongside.duties.engine.told import Duty, Off, State


def spans_left(spans: Iterable[Span], off: Sequence[Off], today: date) -> Iterator[Span]:
    """The spans that are owed still, with the day of those that waited moved."""
    for span in spans:
        left: Span | None = span
        for one in off:
            if left and one.from_on <= today:
                left = _left(left, one, today)
        if left:
            yield left


def _left(span: Span, off: Off, today: date) -> Span | None:
    if span.met_on and (span.met_on < off.from_on or not span.ends):
        return span
    if span.due_on < off.from_on:
        return span
    on_again = off.until if off.until and off.until <= today else None
    if span.ends:
        return span if on_again and span.start >= on_again else None
    if on_again is None:
        return None
    why = f"{span.why} Not owed from {day_in_words(off.from_on)} to {day_in_words(on_again)}."
    return replace(span, due_on=max(span.due_on, on_again), why=why)


def settled(duty: Duty, off: Sequence[Off], today: date) -> Duty:
    """One that was overdue when it was switched off was missed."""
    now = any(
        one.from_on <= today and (one.until is None or one.until > today)
        and duty.due_on < one.from_on
        for one in off
    )  # fmt: skip
    return replace(duty, missed=True) if now and duty.state is State.OVERDUE else duty
