"""What the importer must be told about the place: staff, rooms, stages, its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alongside.imports.spelling import squash
from alongside.imports.staff_names import only_one, ways_to_write
from alongside.imports.words import choices, word_list


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works here: the key the records will carry, name, initials, other spellings."""

    key: str
    name: str = ""
    initials: str = ""
    also: tuple[str, ...] = ()

    def spellings(self) -> frozenset[str]:
        return ways_to_write(self.name) | {
            squash(way) for way in (self.initials, *self.also) if squash(way)
        }


@dataclass(frozen=True)
class Setting:
    """The place the rows are for.

    `stages` gives each stage code its names. `rooms` may be empty: then any room is taken as
    written. `youngest` is the age in years under which nobody is expected. `words` adds to or
    overrides the vocabulary: {"outcome": {"attended": ["hui held"]}}. `elsewhere` are workers of
    whom somebody here said that they are not on the staff list. `most_actions` is how many a form
    of a week holds here; 0 when nobody says.
    """

    staff: tuple[StaffMember, ...] = ()
    rooms: tuple[str, ...] = ()
    stages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    youngest: int = 14
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)
    elsewhere: frozenset[str] = frozenset()
    most_actions: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(
            self, "_staff", only_one((one.key, one.spellings()) for one in self.staff)
        )
        object.__setattr__(self, "_rooms", {squash(room): room for room in self.rooms})
        object.__setattr__(self, "_stages", _stage_index(self.stages))
        object.__setattr__(self, "_choices", {})

    def staff_by_spelling(self) -> dict[str, str]:
        index: dict[str, str] = self.__dict__["_staff"]
        return index

    def rooms_by_spelling(self) -> dict[str, str]:
        index: dict[str, str] = self.__dict__["_rooms"]
        return index

    def stages_by_spelling(self) -> dict[str, str]:
        index: dict[str, str] = self.__dict__["_stages"]
        return index

    def meanings(self, name: str) -> dict[str, str]:
        """Squashed word to meaning, for one list of choices; this place's own words win."""
        cached: dict[str, dict[str, str]] = self.__dict__["_choices"]
        if name not in cached:
            index = {word: meaning for meaning, ws in choices(name).items() for word in ws}
            own = self.words.get(name, {})
            index |= {squash(word): meaning for meaning, ws in own.items() for word in ws}
            cached[name] = index
        return cached[name]


def _stage_index(stages: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for code, names in stages.items():
        for name in (code, *names):
            index[squash(name)] = code
            if squash(name).isdigit():
                index |= {f"{prefix}{squash(name)}": code for prefix in word_list("stage_prefixes")}
    return index
