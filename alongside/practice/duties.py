"""Duties as a pack declares them: what is owed, from when, by when, by whom, closed by what."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from alongside.kit.durations import Duration

# How the facts of a form that was filled in begin.
FORM_DONE = "sheet.completed:"


class DutyKind(StrEnum):
    """The shapes of time a duty can have."""

    ONCE = auto()
    ROLLING = auto()
    FIXED = auto()
    WINDOW = auto()
    BEFORE = auto()
    EACH = auto()
    LIMIT = auto()


class Schedule(StrEnum):
    """Fixed calendar periods, or rolling on from the last time it was done."""

    ROLLING = auto()
    FIXED = auto()


class Days(StrEnum):
    """Which days a length counts: every day, or those on which offices work."""

    CALENDAR = auto()
    WORKING = auto()


class Closes(StrEnum):
    """What is closed of several that are owed at once, by what names none of them."""

    ONE = auto()
    ALL = auto()


class RepeatFrom(StrEnum):
    NEVER = auto()
    COMPLETION = auto()


@dataclass(frozen=True, slots=True)
class DutyRule:
    """One obligation. Dates are local calendar dates; lengths are ISO 8601 ("P7D").

    `anchor` is the fact it is counted from; `opens` and `due` are counted from it. `every`
    repeats it: a length when rolling, "week" or "month" when the schedule is fixed. `before`
    names a date it must be done ahead of, by `due`. `for_each` makes one for every occurrence
    of the anchor. `minimum` is how often within one period. `first_period_limit` names the limit
    that says how many days a first period must have to be counted. `else_from` is counted from
    while the anchor has not happened, so that nobody is forgotten for want of it. A fact may be
    narrowed after a colon: "review.held:manager". Nothing is owed while `feature` is off.

    `key_working` marks what belongs to working with named workers. While the switch of that name
    is off it does not arise; what was open goes, what was met or missed stays, and when it is on
    again it is counted from that day.

    `roles` asks it, about members of staff, only of those who work here in one of these roles, for
    as long as they do.

    `closes` says what is closed, of several things that `for_each` makes due at once, by what does
    not name one of them: `one`, the one that has waited longest, or `all` of them. A form closes
    one unless `all` is said, and asks which; anything else closes all unless `one` is said.

    `days = "working"` counts the days of `due` without weekends and the pack's list
    `public_holidays`. A fixed period with a `due` is done after it, so long after its end.
    `remind` is counted from the anchor, `escalate` from the day it was due: on the first of them
    the line manager of whoever owes it is told, on the next one the level above. Without them
    the limits `reminder_before`, `escalate_after` and `escalate_again_after` hold.
    """

    key: str
    says: str
    source: str
    subject: str = "stay"
    anchor: str = ""
    else_from: str = ""
    opens: Duration | None = None
    due: Duration | None = None
    every: str = ""
    schedule: Schedule = Schedule.ROLLING
    repeat_from: RepeatFrom = RepeatFrom.NEVER
    before: str = ""
    for_each: bool = False
    minimum: int = 1
    first_period_limit: str = ""
    owner: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    done_by: str = ""
    closes: Closes | None = None
    remind: tuple[Duration, ...] = ()
    escalate: tuple[Duration, ...] = ()
    days: Days = Days.CALENDAR
    pause_when: tuple[str, ...] = ()
    breach_reasons: tuple[str, ...] = ()
    limit: str = ""
    feature: str = ""
    key_working: bool = False

    @property
    def closes_one(self) -> bool:
        """Whether each time it is done answers only one of several that are owed."""
        if self.closes is None:
            return self.done_by.startswith(FORM_DONE)
        return self.closes is Closes.ONE

    @property
    def kind(self) -> DutyKind:
        if self.limit:
            return DutyKind.LIMIT
        if self.before:
            return DutyKind.BEFORE
        if self.every:
            fixed = self.schedule is Schedule.FIXED
            return DutyKind.FIXED if fixed else DutyKind.ROLLING
        if self.repeat_from is RepeatFrom.COMPLETION:
            return DutyKind.WINDOW
        return DutyKind.EACH if self.for_each else DutyKind.ONCE
