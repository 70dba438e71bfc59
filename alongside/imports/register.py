"""The people, stays and rows already known: from the database, or from earlier in the file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from alongside.imports.cells.dates import Birth
from alongside.imports.cells.names import PersonName
from alongside.imports.spelling import squash


@dataclass(frozen=True, slots=True)
class Source:
    """Where a person or record was read: sheet and row; empty when already in the database.

    `part` tells records apart that were made of one row, such as the cells of a grid.
    """

    sheet: str = ""
    row: int = 0
    part: str = ""


NOWHERE = Source()
NO_BIRTH = Birth()


@dataclass(frozen=True, slots=True)
class KnownStay:
    """One stay; the day of moving in and the day of moving out both count as staying."""

    moved_in: date
    moved_out: date | None = None
    stage: str = ""
    room: str = ""

    def covers(self, day: date) -> bool:
        return self.moved_in <= day and (self.moved_out is None or day <= self.moved_out)


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody the importer knows.

    `row_rejected` means only that their row was not imported. `also` are other names that rows
    about the same person bore.
    """

    key: str
    name: PersonName
    birth: Birth = NO_BIRTH
    ni_number: str = ""
    ref: str = ""
    stays: tuple[KnownStay, ...] = ()
    source: Source = NOWHERE
    row_rejected: bool = False
    also: tuple[PersonName, ...] = ()

    def spellings(self) -> frozenset[str]:
        """Every way of writing any of the names this person is known by."""
        return frozenset().union(*(name.spellings() for name in (self.name, *self.also)))

    def staying_on(self, day: date) -> bool:
        return any(stay.covers(day) for stay in self.stays)

    def same_name(self, name: PersonName) -> bool:
        return bool(self.spellings() & name.spellings())


@dataclass(frozen=True, slots=True)
class SeenRow:
    """A row imported before: its fingerprint, and the person it was about."""

    fingerprint: str
    person: str = ""


@dataclass
class Register:
    """Everybody known, found quickly by name, reference, NI number and date of birth.

    `seen` holds the fingerprints of rows imported before; `identities` what each record was
    called, so that a changed row is told from a new one. A plan works on a copy.
    """

    people: dict[str, KnownPerson] = field(default_factory=dict)
    seen: dict[str, SeenRow] = field(default_factory=dict)
    identities: dict[str, SeenRow] = field(default_factory=dict)
    _names: dict[str, list[str]] = field(default_factory=dict)
    _refs: dict[str, str] = field(default_factory=dict)
    _ni: dict[str, list[str]] = field(default_factory=dict)
    _births: dict[date, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, people: Iterable[KnownPerson]) -> Register:
        register = cls()
        for person in people:
            register.add(person)
        return register

    def copy(self) -> Register:
        again = Register.of(self.people.values())
        again.seen, again.identities = dict(self.seen), dict(self.identities)
        return again

    def add(self, person: KnownPerson) -> None:
        self.people[person.key] = person
        for spelling in person.spellings():
            self._index(self._names, spelling, person.key)
        if person.ref:
            self._refs.setdefault(squash(person.ref), person.key)
        if person.row_rejected:
            return
        if person.ni_number:
            self._index(self._ni, person.ni_number, person.key)
        if person.birth.on:
            self._index(self._births, person.birth.on, person.key)

    @staticmethod
    def _index[K](index: dict[K, list[str]], entry: K, key: str) -> None:
        keys = index.setdefault(entry, [])
        if key not in keys:
            keys.append(key)

    def learn(self, key: str, told: KnownPerson) -> None:
        """What another row about the same person adds: a name, an NI number, a reference."""
        known = self.people[key]
        also = known.also if told.name in (known.name, *known.also) else (*known.also, told.name)
        self.add(
            replace(
                known,
                also=also,
                ni_number=known.ni_number or told.ni_number,
                ref=known.ref or told.ref,
                birth=told.birth if told.birth.on and not known.birth.on else known.birth,
            )
        )

    def add_stay(self, key: str, stay: KnownStay) -> None:
        person = self.people[key]
        if stay not in person.stays:
            self.people[key] = replace(person, stays=(*person.stays, stay))

    def replace_stay(self, key: str, old: KnownStay, new: KnownStay) -> None:
        person = self.people[key]
        stays = tuple(new if stay == old else stay for stay in person.stays)
        self.people[key] = replace(person, stays=stays)

    def forget_rejected(self, name: PersonName, ref: str) -> None:
        """Their row has been mended: drop the note that it was rejected."""
        for person in self._found(self._names, list(name.spellings())):
            if person.row_rejected and (not ref or not person.ref or person.ref == ref):
                self._drop(person)

    def _drop(self, person: KnownPerson) -> None:
        del self.people[person.key]
        if self._refs.get(squash(person.ref)) == person.key:
            del self._refs[squash(person.ref)]

    def _found[K](self, index: dict[K, list[str]], entries: list[K]) -> list[KnownPerson]:
        keys = dict.fromkeys(key for entry in entries for key in index.get(entry, ()))
        return [self.people[key] for key in keys if key in self.people]

    def spelt(self, text: str) -> list[KnownPerson]:
        """Everybody, rejected rows too, whose name can be written like this."""
        return self._found(self._names, [squash(text)])

    def named_alike(self, name: PersonName) -> list[KnownPerson]:
        found = self._found(self._names, sorted(name.spellings()))
        return [person for person in found if not person.row_rejected]

    def born_on(self, day: date) -> list[KnownPerson]:
        return self._found(self._births, [day])

    def with_ni(self, number: str) -> list[KnownPerson]:
        return self._found(self._ni, [number])

    def with_ref(self, ref: str) -> KnownPerson | None:
        return self.people.get(self._refs.get(squash(ref), ""))
