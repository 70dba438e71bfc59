"""The shifts of a service: when they begin and end, and how many people each needs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import time
from enum import StrEnum, auto


class Awake(StrEnum):
    """How somebody is there: awake, asleep in the house, or at the end of a telephone."""

    WAKING = auto()
    SLEEP_IN = auto()
    ON_CALL = auto()


@dataclass(frozen=True, slots=True)
class ShiftKind:
    """One shift of every day, by the clock on the wall ("22:00"); one that ends at or before its
    start ends on the next day and belongs to the day it starts. `least` is how many it needs."""

    key: str
    says: str
    starts: str
    ends: str
    least: int
    source: str
    awake: Awake = Awake.WAKING

    @property
    def starts_at(self) -> time:
        return time.fromisoformat(self.starts)

    @property
    def ends_at(self) -> time:
        return time.fromisoformat(self.ends)

    @property
    def is_overnight(self) -> bool:
        return self.ends_at <= self.starts_at

    def __str__(self) -> str:
        return self.says
