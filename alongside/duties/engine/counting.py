"""How a scheme counts days: its weeks, its working days, and when it speaks up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from alongside.kit.durations import Duration
from alongside.practice.duties import Days, DutyRule
from alongside.practice.pack import Pack

DAY = date.resolution
WORKING_WEEK = 5
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


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
        return self._working(length, day, DAY) if works(rule) else length.after(day)

    def before(self, rule: DutyRule, length: Duration, day: date) -> date:
        """So long before a day, in the days that the rule counts."""
        return self._working(length, day, -DAY) if works(rule) else length.before(day)

    def _working(self, length: Duration, day: date, step: timedelta) -> date:
        left = length.weeks * WORKING_WEEK + length.days
        while left:
            day += step
            left -= day.weekday() < WORKING_WEEK and day not in self.holidays
        return day


def works(rule: DutyRule) -> bool:
    return rule.days is Days.WORKING


@lru_cache(maxsize=4_096)
def day_in_words(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def long(rule: DutyRule, length: Duration) -> str:
    """ "7 days", "5 working days"."""
    if not works(rule):
        return length.in_words
    many = length.weeks * WORKING_WEEK + length.days
    return f"{many} working day{'' if many == 1 else 's'}"


def in_words(fact: str) -> str:
    """ "Review held (manager)" for "review.held:manager", where nobody has better words."""
    name, _, of = fact.partition(":")
    said = name.replace(".", " ").replace("_", " ")
    return (f"{said} ({of.replace('-', ' ')})" if of else said).capitalize()
