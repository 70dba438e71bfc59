"""Which of several things that are owed at once is closed by what was done."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from alongside.duties.engine.told import Happening
from alongside.practice.duties import DutyRule


def answered(
    rule: DutyRule, things: Sequence[Happening], done: Iterable[Happening]
) -> dict[Happening, date]:
    """The day on which each of these things was answered, as far as it was. Oldest first.

    What names a thing answers that one and no other. What names nothing answers, by the rule,
    the one that has waited longest, or everything up to then. What was answered stays so,
    whatever is done later.
    """
    by_ref = {thing.ref: thing for thing in things if thing.ref}
    open_things = list(things)
    found: dict[Happening, date] = {}
    for at in sorted(done, key=lambda at: (at.on, not at.names, at.ref)):
        for thing in _closed_by(rule, at, open_things, by_ref):
            open_things.remove(thing)
            found[thing] = at.on
    return found


def _closed_by(
    rule: DutyRule, at: Happening, open_things: list[Happening], by_ref: dict[str, Happening]
) -> list[Happening]:
    waiting = [thing for thing in open_things if thing.on <= at.on]
    if at.names or at.ref in by_ref:
        own = (by_ref.get(at.names), by_ref.get(at.ref))
        return [thing for thing in waiting if thing in own]
    return waiting[:1] if rule.closes_one else waiting
