"""What somebody must have learned or shown before they hold a role."""

from __future__ import annotations

from dataclasses import dataclass

from alongside.kit.durations import Duration
from alongside.practice.rules import WhenPassed


@dataclass(frozen=True, slots=True)
class TrainingGate:
    """One condition for holding any of `roles`. `when_missing` says whether it stops or warns.

    `valid_for` is how long the evidence counts; left out, it counts for ever. `in_progress`
    lets somebody through who is working towards it with a target date.
    """

    key: str
    says: str
    roles: tuple[str, ...]
    evidence: str
    source: str
    when_missing: WhenPassed = WhenPassed.WARN
    valid_for: Duration | None = None
    in_progress: bool = False
