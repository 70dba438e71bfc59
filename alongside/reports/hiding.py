"""Small numbers are hidden in what others are shown: behind "two moved out" stand two people.

Nothing is added up, so that no hidden number can be had by subtraction: there is one line for each
thing, no total, no line for a part of another, and the months do not overlap.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alongside.reports.figures import Figure, Group, Line

# Counted for each worker in the house; others are told how many in all.
BY_WORKER = ("held", "missed")


def to_share(groups: Iterable[Group], least: int) -> list[Line]:
    """Every figure as others are shown it; below `least`, a naught as well, it is hidden."""
    return [
        Line(group.says, figure.says, shown(figure.number, least))
        for group in groups for figure in _undivided(group)
    ]  # fmt: skip


def shown(number: int, least: int) -> str:
    return str(number) if number >= least else f"fewer than {least}"


def _undivided(group: Group) -> Sequence[Figure]:
    """What is counted for each worker is one number: a worker is a person, too."""
    kinds = {figure.key.partition("-")[0] for figure in group.figures}
    if group.figures and not kinds <= set(BY_WORKER):
        return group.figures
    return [Figure(group.says, "In all", sum(figure.number for figure in group.figures))]
