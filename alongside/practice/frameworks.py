"""Assessment frameworks: areas, the items in them, and the scale they are rated on."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, auto

from alongside.practice.keyed import Keyed


class ScoreMethod(StrEnum):
    """How points become a percentage; NONE shows levels and never a percentage."""

    POOLED = auto()
    AREA_MEAN = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Level:
    """One step of the scale. `anchor` is the sentence a resident might say at this step.

    `actions_at_least` is how many actions engaged in belong to this level; 0 asks nothing.
    """

    key: str
    says: str
    meaning: str
    anchor: str = ""
    actions_at_least: int = 0
    source: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One numbered question of a framework; its key is the number, "1.10"."""

    key: str
    says: str
    help: str = ""
    sensitive: bool = False
    source: str = ""

    @property
    def order(self) -> tuple[int, ...]:
        """The numeric parts, so that 1.2 comes before 1.10."""
        return tuple(int(part) for part in self.key.split(".") if part.isdigit())


@dataclass(frozen=True, slots=True)
class Area:
    """A group of items; its key is its number."""

    key: str
    says: str
    items: Keyed[Item] = field(default_factory=Keyed)
    source: str = ""

    @property
    def in_order(self) -> tuple[Item, ...]:
        return tuple(sorted(self.items, key=lambda item: item.order))


@dataclass(frozen=True, slots=True)
class Framework:
    """A way to look at someone's needs together. `formula` is the version of the arithmetic.

    `drawn_as` "house" shows its parts as the walls of a house, the last as the ground.
    """

    key: str
    says: str
    source: str
    scale: tuple[str, ...]
    points: tuple[int, ...]
    levels: Keyed[Level]
    areas: Keyed[Area]
    method: ScoreMethod = ScoreMethod.POOLED
    formula: str = "1"
    score_says: str = "progress score"
    drawn_as: str = ""

    @property
    def items(self) -> tuple[Item, ...]:
        """Every item, in number order."""
        return tuple(item for area in self.areas for item in area.in_order)

    def item(self, key: str) -> Item:
        return Keyed({item.key: item for item in self.items})[key]

    def area_of(self, item_key: str) -> Area:
        return Keyed({item.key: area for area in self.areas for item in area.items})[item_key]

    @property
    def steps(self) -> tuple[Level, ...]:
        """The levels from lowest to highest."""
        return tuple(self.levels[key] for key in self.scale)

    @property
    def has_percent(self) -> bool:
        """Whether it comes to a percentage at all. Walls that must be in balance do not."""
        return self.method is not ScoreMethod.NONE

    def points_of(self, level_key: str) -> int:
        return Keyed(dict(zip(self.scale, self.points, strict=True)))[level_key]

    @property
    def most_points(self) -> int:
        """The points of the highest level: what each rated item is out of."""
        return max(self.points)
