"""Who is who: when two rows are one person, and which person a row speaks of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date

from alongside.imports.cells.dates import Birth
from alongside.imports.cells.names import PersonName, letters_different, without_title
from alongside.imports.register import KnownPerson, Register
from alongside.imports.spelling import squash

LETTERS_APART = 3
SAME_NAME_NO_BIRTH = "same name, one date of birth missing or approximate"
SWAPPED = "same name, day and month swapped"
SIMILAR_NAME = "similar name, same date of birth"
OTHER_NI = "same name and date of birth, different NI numbers"
OTHER_REF = "same name and date of birth, different reference"
SHARED_NI = "same NI number, different people"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two people who may be one; never merged without somebody saying so."""

    one: str
    other: str
    why: str


@dataclass(frozen=True, slots=True)
class PersonAnswer:
    """The answer to “Who is …?”: a person's key, or a name with the date of birth."""

    key: str = ""
    name: str = ""
    born: date | None = None


@dataclass(frozen=True)
class Answers:
    """What people have said, remembered from one import to the next.

    `people`: a text as it stands in files to who it may be. `rows`: the fingerprint of one row
    to the person it is about, for names that fit two who were both staying.
    """

    people: Mapping[str, tuple[PersonAnswer, ...]] = field(default_factory=dict)
    rows: Mapping[str, PersonAnswer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        spelt = {squash(text): answer for text, answer in self.people.items()}
        object.__setattr__(self, "_spelt", spelt)

    def about(self, text: str) -> tuple[PersonAnswer, ...]:
        spelt: dict[str, tuple[PersonAnswer, ...]] = self.__dict__["_spelt"]
        return spelt.get(squash(text), ())


def same_people(register: Register, new: KnownPerson) -> list[KnownPerson]:
    """Everybody who surely is this person: rules a and b, or one and the same reference."""
    if new.ref and (owner := register.with_ref(new.ref)) and not owner.row_rejected:
        return [owner] if owner.same_name(new.name) else []
    if not new.birth.on:
        return []
    born = register.born_on(new.birth.on)
    by_number = [p for p in born if new.ni_number and p.ni_number == new.ni_number]
    by_name = [p for p in born if p.same_name(new.name) and not _contradict(p, new)]
    return by_number or by_name


def _contradict(one: KnownPerson, other: KnownPerson) -> bool:
    ni = one.ni_number and other.ni_number and one.ni_number != other.ni_number
    ref = one.ref and other.ref and one.ref != other.ref
    return bool(ni or ref)


def duplicates(register: Register, new: KnownPerson) -> list[Duplicate]:
    """Everybody who may be this person: rules c to f."""
    found: dict[str, str] = {}
    for other in register.named_alike(new.name):
        if other.key != new.key and (why := _why_alike(other, new)):
            found[other.key] = why
    if new.birth.on:
        for other in register.born_on(new.birth.on):
            if other.key != new.key and not other.same_name(new.name) and _similar(other, new):
                found.setdefault(other.key, SIMILAR_NAME)
    for other in register.with_ni(new.ni_number) if new.ni_number else ():
        if other.key != new.key and other.birth.on != new.birth.on:
            found.setdefault(other.key, SHARED_NI)
    return [Duplicate(key, new.key, why) for key, why in found.items()]


def _why_alike(one: KnownPerson, other: KnownPerson) -> str:
    a, b = one.birth, other.birth
    if not a.on or not b.on:
        return SAME_NAME_NO_BIRTH if _years_agree(a, b) else ""
    if a.on == b.on:
        return OTHER_NI if _other_numbers(one, other) else OTHER_REF
    swapped = a.on.year == b.on.year and (a.on.month, a.on.day) == (b.on.day, b.on.month)
    return SWAPPED if swapped else ""


def _other_numbers(one: KnownPerson, other: KnownPerson) -> bool:
    return bool(one.ni_number and other.ni_number and one.ni_number != other.ni_number)


def _years_agree(one: Birth, other: Birth) -> bool:
    return one.year is None or other.year is None or abs(one.year - other.year) <= 1


def _similar(one: KnownPerson, other: KnownPerson) -> bool:
    a, b = squash(one.name.full()), squash(other.name.full())
    at_most = min(LETTERS_APART, min(len(a), len(b)) // 3)
    return letters_different(a, b, at_most=at_most)


@dataclass(frozen=True, slots=True)
class Found:
    """Who a row speaks of; `refused` is why nobody could be taken, `doubt` what to check."""

    person: KnownPerson | None = None
    refused: str = ""
    doubt: str = ""


def candidates(register: Register, answers: Answers, text: str) -> list[KnownPerson]:
    """Everybody a name in a file may mean, by the answers first, then by spelling."""
    answered = answers.about(text)
    if answered:
        people = (answered_person(register, answer) for answer in answered)
        return [person for person in people if person]
    if "?" in text:
        return []
    return register.spelt(text) or register.spelt(without_title(text)[0])


def answered_person(register: Register, answer: PersonAnswer) -> KnownPerson | None:
    """The person somebody named in an answer, if they are known here."""
    if answer.key:
        return register.people.get(answer.key)
    spelt = register.spelt(answer.name)
    exact = [p for p in spelt if p.birth.on == answer.born] if answer.born else spelt
    return min(exact or spelt, key=lambda p: p.row_rejected, default=None)


def who_stayed(people: list[KnownPerson], day: date) -> Found:
    """Rule 7: of those the name fits, the one who was staying on that day."""
    if not people:
        return Found(refused="person-unknown")
    here = [person for person in people if person.stays]
    staying = [person for person in here if person.staying_on(day)]
    if len(staying) == 1:
        return Found(staying[0], doubt="chosen-by-dates" if len(here) > 1 else "")
    if staying:
        return Found(refused="which-person")
    if any(person.row_rejected for person in people):
        return Found(refused="resident-row-rejected")
    return Found(refused="not-staying")


def who_is_nearest(people: list[KnownPerson], apart: Callable[[KnownPerson], int]) -> Found:
    """Of those the name fits, the one whose stay lies nearest; for sheets without one day."""
    here = [person for person in people if person.stays]
    if not here:
        rejected = any(person.row_rejected for person in people)
        if people and not rejected:
            return Found(people[0])
        return Found(refused="resident-row-rejected" if rejected else "person-unknown")
    ranked = sorted(here, key=apart)
    if len(ranked) > 1 and apart(ranked[0]) == apart(ranked[1]):
        return Found(refused="which-person")
    return Found(ranked[0])


def suggestions(register: Register, text: str, at_most: int = 5) -> tuple[str, ...]:
    """People worth offering when asking who somebody is, the likeliest first."""
    asked = squash(text)
    if not asked:
        return ()
    scored = [
        (score, person.name.shown(), person.key)
        for person in register.people.values()
        if not person.row_rejected and (score := _likeness(person.name, asked))
    ]
    return tuple(key for _, _, key in sorted(scored, key=lambda s: (-s[0], s[1]))[:at_most])


def _likeness(name: PersonName, asked: str) -> int:
    words = [squash(w) for w in (name.known_as, *name.forenames.split(), name.surname) if squash(w)]
    if asked in words:
        return 3
    if any(asked.startswith(word) or word.startswith(asked) for word in words):
        return 2
    close = any(letters_different(asked, s, at_most=LETTERS_APART) for s in name.spellings())
    return 2 if close and len(asked) > 2 * LETTERS_APART else 0
