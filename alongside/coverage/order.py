"""Whom the reader of the coverage chose, in the order the reader chose: page and file alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from alongside.coverage.models import Covered, Standing
from alongside.coverage.queries import ORDER

NEVER = -1
SORTS: dict[str, Callable[[Covered], Any]] = {
    "urgent": lambda one: (ORDER.index(one.standing), -one.missed, -_gap(one)),
    "name": lambda one: one.stay.resident.name_key,
    "met": lambda one: one.met,
    "missed": lambda one: one.missed,
    "excused": lambda one: one.excused,
    "gap": lambda one: _gap(one),
}


def _gap(one: Covered) -> int:
    return NEVER if one.gap is None else one.gap


def chosen(asked: Mapping[str, str], people: list[Covered]) -> list[Covered]:
    """Those whom the reader chose, in the order the reader chose."""
    if (show := asked.get("show", "")) in Standing:
        people = [one for one in people if one.standing == show]
    sort = sort_of(asked)
    ordered = sorted(people, key=SORTS[sort.lstrip("-")], reverse=sort.startswith("-"))
    if sort.lstrip("-") == "gap":  # What is not known stands last, whichever way the list runs.
        ordered.sort(key=lambda one: one.gap is None)
    return ordered


def sort_of(asked: Mapping[str, str]) -> str:
    sort = asked.get("sort", "")
    return sort if sort.lstrip("-") in SORTS else "urgent"
