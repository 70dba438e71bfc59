"""What a person's period comes to. Worked out from stored duties and sessions; nothing is kept."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from itertools import pairwise

from alongside.duties.models import Duty, Excuse, State
from alongside.keywork.models import Session
from alongside.organisation.models import Staff
from alongside.stays.models import Stay


class Standing(StrEnum):
    """How it stands with one person in a period; the most urgent first."""

    MISSED = "missed"
    LATE = "late"
    UNKNOWN = "unknown"
    EXCUSED = "excused"
    MET = "met"
    NONE = "none"


# Words, the tone, and a sign: no two standings differ by colour alone.
SHOWN: dict[Standing, tuple[str, str, str]] = {
    Standing.MISSED: ("Missed at least one", "bad", "✗"),
    Standing.LATE: ("All done, some late", "warn", "◑"),
    Standing.UNKNOWN: ("Not yet known", "info", "?"),
    Standing.EXCUSED: ("Only excused", "quiet", "~"),
    Standing.MET: ("All met in time", "good", "✓"),
    Standing.NONE: ("None due", "quiet", "–"),
}


@dataclass(slots=True)
class Covered:
    """One person's period: how often each thing came of the duty, and by whom they were seen.

    `gap` is the longest time without a session, in days, from the first to the last day of the
    period on which they were here; `seen` counts the sessions by who held them.
    """

    stay: Stay
    worker: Staff | None = None
    states: Counter[str] = field(default_factory=Counter)
    overdue: int = 0
    own: Counter[str] = field(default_factory=Counter)
    stood_in: Counter[str] = field(default_factory=Counter)
    gap: int | None = None

    @property
    def met(self) -> int:
        return self.states[State.MET] + self.late

    @property
    def late(self) -> int:
        return self.states[State.MET_LATE]

    @property
    def missed(self) -> int:
        return self.states[State.MISSED] + self.overdue

    @property
    def excused(self) -> int:
        return self.states[State.EXCUSED]

    @property
    def paused(self) -> int:
        return self.states[State.PAUSED]

    @property
    def unknown(self) -> int:
        """Open still, and not overdue."""
        return self.states[State.OPEN] - self.overdue

    @property
    def due(self) -> int:
        """All that fell due, however it ended."""
        return sum(self.states.values())

    @property
    def sessions(self) -> int:
        return self.own.total() + self.stood_in.total()

    @property
    def seen(self) -> list[tuple[str, int, bool]]:
        """By whom, how often, and whether they stood in; their own worker first."""
        own = [(name, number, False) for name, number in self.own.items()]
        return own + [(name, number, True) for name, number in self.stood_in.items()]

    @property
    def standing(self) -> Standing:
        if self.missed:
            return Standing.MISSED
        if self.late:
            return Standing.LATE
        if self.met:
            return Standing.MET
        if self.unknown or self.paused:
            return Standing.UNKNOWN
        return Standing.EXCUSED if self.excused else Standing.NONE

    @property
    def shown(self) -> tuple[str, str, str]:
        return SHOWN[self.standing]


@dataclass(frozen=True, slots=True)
class Group:
    """Everybody with whom it stands alike."""

    standing: Standing
    people: list[Covered]

    @property
    def says(self) -> str:
        return SHOWN[self.standing][0]

    @property
    def tone(self) -> str:
        return SHOWN[self.standing][1]

    @property
    def sign(self) -> str:
        return SHOWN[self.standing][2]


@dataclass(frozen=True, slots=True)
class Coverage:
    """Everybody who was here in a period, and how it stands with each of them."""

    people: list[Covered]

    @property
    def groups(self) -> list[Group]:
        return [
            Group(standing, [one for one in self.people if one.standing is standing])
            for standing in Standing
        ]

    @property
    def known(self) -> int:
        """People of whom something is known: something was met or missed."""
        return sum(1 for one in self.people if one.met or one.missed)

    @property
    def fully_met(self) -> int:
        """People none of whose was missed. Whoever was let down once is not in it."""
        return sum(1 for one in self.people if one.met and not one.missed)

    @property
    def share(self) -> int | None:
        """Of the people of whom something is known, how many of a hundred; None of nobody."""
        return 100 * self.fully_met // self.known if self.known else None


@dataclass(frozen=True, slots=True)
class Period:
    """One duty of one person, with what was excused and the sessions that fell into it."""

    duty: Duty
    excuse: Excuse | None
    sessions: Sequence[Session]
    overdue: bool


def longest_gap(days: Iterable[date], first: date, last: date) -> int:
    """The most days between two of these, the first and the last day counted as ends."""
    marks = sorted({first, last, *(day for day in days if first <= day <= last)})
    return max(((later - earlier).days for earlier, later in pairwise(marks)), default=0)
