"""The arithmetic of scores, exact to the last figure. Pure: no database, no clock.

Formula version 1 (ours; requirements 3.3): points of the rated items over the most they could
be, as a whole percentage, half rounded up. Items with no need, declined or not asked stand
outside. No rated item means no score, never 0. Numerator and denominator are kept; only what is
shown is rounded, and rounded numbers are never averaged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from alongside.practice.frameworks import Area, Framework, ScoreMethod

type Levels = Mapping[str, str]
HALF = Fraction(1, 2)


@dataclass(frozen=True, slots=True)
class Score:
    """Points out of the most there could be. `share` is what the percentage is rounded from."""

    points: int
    most: int
    share: Fraction | None
    rated: int

    @property
    def percent(self) -> int | None:
        """Whole per cent, half rounded up; None when nothing is rated."""
        return None if self.share is None else int(100 * self.share + HALF)

    def __str__(self) -> str:
        return "not assessed" if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two assessments over only the items rated in both, and the needs that are new."""

    before: Score
    now: Score
    new_needs: tuple[str, ...]
    no_longer: tuple[str, ...]
    items: int

    @property
    def change(self) -> int | None:
        """Percentage points from then to now, like for like; None when nothing is in both."""
        if self.before.percent is None or self.now.percent is None:
            return None
        return self.now.percent - self.before.percent

    def fell(self) -> bool:
        """Whether the share itself is lower, however small the fall and however it rounds."""
        before, now = self.before.share, self.now.share
        return before is not None and now is not None and now < before


def score(framework: Framework, levels: Levels) -> Score:
    """The overall score of the levels chosen, by the framework's own method."""
    pooled = _pooled(framework, levels)
    if not framework.has_percent:
        return Score(pooled.points, pooled.most, None, pooled.rated)
    if framework.method is ScoreMethod.AREA_MEAN:
        shares = [area.share for area in _areas(framework, levels) if area.share is not None]
        mean = sum(shares, Fraction(0)) / len(shares) if shares else None
        return Score(pooled.points, pooled.most, mean, pooled.rated)
    return pooled


def area_scores(framework: Framework, levels: Levels) -> list[tuple[Area, Score]]:
    """The score of each area, in the framework's order."""
    found = _areas(framework, levels)
    if not framework.has_percent:
        found = [Score(each.points, each.most, None, each.rated) for each in found]
    return list(zip(framework.areas, found, strict=True))


def compare(framework: Framework, before: Levels, now: Levels) -> Comparison:
    """Like for like: both scored over the items rated in both."""
    both = before.keys() & now.keys()
    return Comparison(
        before=score(framework, {item: before[item] for item in both}),
        now=score(framework, {item: now[item] for item in both}),
        new_needs=_in_order(framework, now.keys() - both),
        no_longer=_in_order(framework, before.keys() - both),
        items=len(both),
    )


def _in_order(framework: Framework, keys: Iterable[str]) -> tuple[str, ...]:
    wanted = set(keys)
    return tuple(item.key for item in framework.items if item.key in wanted)


def _areas(framework: Framework, levels: Levels) -> list[Score]:
    return [
        _pooled(framework, {key: levels[key] for key in area.items.keys() if key in levels})  # noqa: SIM118
        for area in framework.areas
    ]


def _pooled(framework: Framework, levels: Levels) -> Score:
    points = sum(framework.points_of(level) for level in levels.values())
    most = framework.most_points * len(levels)
    return Score(points, most, Fraction(points, most) if most else None, len(levels))
