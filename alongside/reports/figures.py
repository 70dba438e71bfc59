"""What a figure is, and how others are shown it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One number, what it counts, and the name under which its people are opened."""

    key: str
    says: str
    number: int


@dataclass(frozen=True, slots=True)
class Group:
    """Figures of one kind. They are never added together."""

    says: str
    figures: list[Figure]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what is shared: under which head, what, and how many, in words."""

    group: str
    says: str
    many: str
