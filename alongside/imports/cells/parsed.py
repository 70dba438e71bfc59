"""The outcome of reading one cell."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parsed[T]:
    """A value, the reason codes of what is doubtful, and the words that stood there."""

    value: T | None = None
    doubts: tuple[str, ...] = ()
    words: str = ""
