"""What the working out of one rule for one subject stands on, and one period of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from alongside.duties.engine.counting import Count, in_words
from alongside.duties.engine.told import Happening, Off, Pause, Subject
from alongside.practice.duties import DutyRule

IN_FORCE = "practice.in_force"  # what is counted from the day since which it is asked
AGAIN = "practice.asked_again"  # and what from the day on which it is asked again


@dataclass(frozen=True, slots=True)
class Version:
    """A rule as one version of the practice has it, None where it has not, from a day on."""

    from_on: date
    rule: DutyRule | None
    name: str = ""


@dataclass(frozen=True, slots=True)
class Span:
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
class Ground:
    """What the working out of one rule for one subject stands on."""

    rule: DutyRule
    subject: Subject
    today: date
    count: Count
    least_days: int
    pauses: tuple[Pause, ...]
    since: date
    versions: tuple[Version, ...]
    off: tuple[Off, ...] = ()

    def asked(self, day: date, name: str) -> tuple[date, str] | None:
        """The day that something is counted from, or the first after it on which it is asked."""
        for one in self.off:
            if one.from_on <= day and (one.until is None or day < one.until):
                again = IN_FORCE if one.from_on == date.min else AGAIN
                return (one.until, again) if one.until else None
        return day, name

    def is_off(self, day: date) -> bool:
        """Whether it was not asked that day."""
        found = self.asked(day, "")
        return found is None or found[0] != day

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
                return self.asked(max(found[0].on, self.subject.starts_on), name)
        return None

    @property
    def last_day(self) -> date:
        return min(self.today, self.subject.ended_on or self.today)


def words(ground: Ground, fact: str) -> str:
    return (ground.count.says or in_words)(fact)
