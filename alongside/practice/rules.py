"""Single values a service sets: switches, limits, and how long records are kept."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto

from alongside.kit.durations import Duration

# The switch of services that give everybody a worker of their own. Source: 002, introduction.
KEY_WORKING = "key_working"


@dataclass(frozen=True, slots=True)
class Feature:
    """A switch. `locked` stops a pack stacked on this one, or a service, from turning it on."""

    key: str
    on: bool
    says: str = ""
    locked: bool = False
    source: str = ""


class WhenPassed(StrEnum):
    """What happens beyond a limit."""

    REFUSE = auto()
    OVERRIDE = auto()
    WARN = auto()


@dataclass(frozen=True, slots=True)
class Limit:
    """A number with its unit, where it comes from, and what happens beyond it."""

    key: str
    number: int
    unit: str
    says: str
    source: str
    when_passed: WhenPassed = WhenPassed.WARN

    def __int__(self) -> int:
        return self.number


@dataclass(frozen=True, slots=True)
class Retention:
    """How long a kind of record is kept, and from which event that is counted."""

    key: str
    says: str
    keep: Duration
    counted_from: str
    source: str
