"""What every kind of sheet works with while the rows of a file are planned."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from alongside.imports.kinds.rows import RowInHand
from alongside.imports.matching import Answers, Duplicate
from alongside.imports.register import Register, Source
from alongside.imports.setting import Setting


@dataclass(frozen=True, slots=True)
class Asked:
    """A name that could not be settled, in one row."""

    text: str
    source: Source
    which: bool


@dataclass
class Desk:
    """What every kind of sheet works with: the place, who is known, what was answered, the day.

    `duplicates`, `asked`, `workers` and `also` are filled as the rows are read; `workers` are names
    of staff that fit nobody for sure; `also` holds warnings that belong to an earlier row;
    `living` is who has which room now; `fresh` is what rows of this file said, by fingerprint;
    `one_person` is whom rows mean that are surely of one person, by sheet and group.
    """

    setting: Setting
    register: Register
    answers: Answers
    today: date
    duplicates: list[Duplicate] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    workers: list[tuple[str, Source]] = field(default_factory=list)
    also: list[tuple[Source, str]] = field(default_factory=list)
    fresh: dict[str, Source] = field(default_factory=dict)
    one_person: dict[tuple[str, str], str] = field(default_factory=dict)
    living: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        self.living = {
            stay.room: key
            for key, person in self.register.people.items()
            for stay in person.stays
            if stay.room and not stay.moved_out
        }

    def same_person(self, row: RowInHand) -> str:
        """The key of whoever an earlier row of this one’s group was about; nothing when none."""
        key = self.one_person.get((row.table.name, row.row.whose), "") if row.row.whose else ""
        return key if key in self.register.people else ""

    def note_person(self, row: RowInHand, key: str) -> None:
        if row.row.whose and key:
            self.one_person[row.table.name, row.row.whose] = key

    def new_key(self, source: Source) -> str:
        key = f"new:{source.sheet}:{source.row}"
        while key in self.register.people:
            key += "+"
        return key
