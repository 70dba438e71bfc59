"""What the importer must be told about the place: staff, rooms, stages, its own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from alongside.imports.spelling import squash
from alongside.imports.words import choices, word_list


@dataclass(frozen=True, slots=True)
class StaffMember:
    """Somebody who works here: the key the records will carry, name, initials, other spellings."""

    key: str
    name: str = ""
    initials: str = ""
    also: tuple[str, ...] = ()

    def spellings(self) -> frozenset[str]:
        words = self.name.split()
        short = f"{words[0]}{words[-1][0]}" if len(words) > 1 else ""
        return frozenset(filter(None, map(squash, (self.name, self.initials, short, *self.also))))


@dataclass(frozen=True)
class Setting:
    """The place the rows are for.

    `stages` gives each stage code its names. `rooms` may be empty: then any room is taken as
    written. `youngest` is the age in years under which nobody is expected. `words` adds to or
    overrides the vocabulary: {"outcome": {"attended": ["hui held"]}}.
    """

    staff: tuple[StaffMember, ...] = ()
    rooms: tuple[str, ...] = ()
    stages: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    youngest: int = 14
    words: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_staff", _staff_index(self.staff))
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


def _staff_index(staff: tuple[StaffMember, ...]) -> dict[str, str]:
    """Spellings of exactly one member of staff; what fits two people finds nobody."""
    found: dict[str, set[str]] = {}
    for member in staff:
        for spelling in member.spellings():
            found.setdefault(spelling, set()).add(member.key)
    return {spelling: keys.pop() for spelling, keys in found.items() if len(keys) == 1}


def _stage_index(stages: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    index: dict[str, str] = {}
    for code, names in stages.items():
        for name in (code, *names):
            index[squash(name)] = code
            if squash(name).isdigit():
                index |= {f"{prefix}{squash(name)}": code for prefix in word_list("stage_prefixes")}
    return index
