"""What a scheme, or one person, may have otherwise than the pack: numbers, words and switches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum, auto

from alongside.kit.durations import Duration
from alongside.practice.contents import Pack
from alongside.practice.duties import DutyKind, DutyRule, Schedule
from alongside.practice.keyed import NotInPack
from alongside.practice.rules import WhenPassed
from alongside.practice.words import Term

type At = tuple[str, str, str]
type Value = int | str | bool
WITHDRAWN = "withdrawn"  # that an aim of the pack is none here
FORMS = ("singular", "plural", "possessive")
HOW_OFTEN = "times"
# Units of one whose word is not that of several without its last letter.
OF_ONE = {"people": "person", "young people": "young person", "tries": "try", "breaches": "breach"}
LENGTHS = {
    "opens": "how long after the start it opens",
    "due": "how long after the start it is due",
    "every": "how often",
}


class Kind(StrEnum):
    """What can stand in a place."""

    NUMBER = auto()
    LENGTH = auto()
    PERIOD = auto()
    WORD = auto()
    TEXT = auto()
    SWITCH = auto()


@dataclass(frozen=True, slots=True)
class Place:
    """One value of a pack that may be otherwise: section, key and field say where it stands.

    `value` is what stands there now. A `locked` switch is shown and cannot be changed.
    """

    at: At
    says: str
    kind: Kind
    value: Value
    unit: str = ""
    source: str = ""
    locked: bool = False

    @property
    def shown(self) -> str:
        return in_words(self.kind, self.value, self.unit)

    @property
    def path(self) -> str:
        return "/".join(self.at)


def in_words(kind: Kind, value: Value | None, unit: str = "") -> str:
    """A value as people say it: "7 days", "once each week", "on"."""
    match kind, value:
        case _, None:
            return "as in the pack"
        case Kind.SWITCH, _:
            return "on" if value else "off"
        case Kind.LENGTH, str(text) if text.startswith("P"):
            length = Duration.parse(text)
            return length.in_words if length else "the same day"
        case Kind.PERIOD, _:
            return f"each {value}"
        case Kind.NUMBER, _:
            return _counted(str(value), unit)
    return str(value)


def _counted(number: str, unit: str) -> str:
    """A number with its unit: "once", "1 day", "7 days"."""
    if number != "1":
        return f"{number} {unit}".strip()
    return (
        "once" if unit == HOW_OFTEN else f"1 {OF_ONE.get(unit) or unit.removesuffix('s')}".strip()
    )


def limits(pack: Pack) -> list[Place]:
    """Every number that is not a duty's."""
    return [
        Place(
            ("limits", limit.key, "number"),
            limit.says,
            Kind.NUMBER,
            limit.number,
            limit.unit,
            limit.source,
        )
        for limit in pack.limits
    ]


def clocks(pack: Pack) -> list[Place]:
    """Every length, period and count of a duty."""
    return [place for duty in pack.duties for place in clocks_of(duty)]


ABOUT_US = {"staff", "scheme"}  # subjects that are not somebody who lives here
TIMES = {"seconds", "minutes", "hours", "days", "weeks", "months", "years"}
SHAPES = (
    ("Once", {DutyKind.ONCE}),
    ("Again and again", {DutyKind.ROLLING, DutyKind.FIXED, DutyKind.WINDOW}),
    ("When something happens", {DutyKind.EACH}),
    ("Ahead of a date", {DutyKind.BEFORE}),
)
PASSED = (
    ("Nothing goes beyond these", WhenPassed.REFUSE),
    ("Beyond these somebody gives a reason", WhenPassed.OVERRIDE),
    ("These are pointed out", WhenPassed.WARN),
)


def grouped(pack: Pack) -> list[tuple[str, list[Place]]]:
    """Every number, in groups that somebody would look for it in; empty ones are left out."""
    about_people = [duty for duty in pack.duties if duty.subject not in ABOUT_US]
    groups = [
        (
            f"Clocks: {says.lower()}",
            [p for d in about_people if d.kind in kinds for p in clocks_of(d)],
        )
        for says, kinds in SHAPES
    ]
    about_us = [duty for duty in pack.duties if duty.subject in ABOUT_US]
    groups.append(
        ("Clocks: colleagues and the service", [p for d in about_us for p in clocks_of(d)])
    )
    beyond = {limit.key: (limit.when_passed, limit.unit) for limit in pack.limits}
    for says, passed in PASSED:
        those = [p for p in limits(pack) if beyond[p.at[1]][0] == passed]
        counted = [p for p in those if beyond[p.at[1]][1] not in TIMES]
        groups += [
            (f"{says}: lengths of time", [p for p in those if p not in counted]),
            (f"{says}: counts", counted),
        ]
    return [(says, places) for says, places in groups if places]


def clocks_of(duty: DutyRule) -> Iterator[Place]:
    """What of one duty may be otherwise."""
    if duty.kind is DutyKind.LIMIT:
        return
    for field, says in LENGTHS.items():
        value = getattr(duty, field)
        if value is None or value == "":
            continue
        kind = Kind.PERIOD if field == "every" and duty.schedule is Schedule.FIXED else Kind.LENGTH
        yield Place(
            ("duties", duty.key, field), f"{duty.says}: {says}", kind, str(value), "", duty.source
        )
    if duty.schedule is Schedule.FIXED:
        says = f"{duty.says}: how many times at least, each {duty.every}"
        at = ("duties", duty.key, "minimum")
        yield Place(at, says, Kind.NUMBER, duty.minimum, HOW_OFTEN, duty.source)


def words(pack: Pack) -> list[Place]:
    """Every word, in each of its FORMS."""
    return [place for term in pack.terms for place in forms_of(term)]


def forms_of(term: Term) -> list[Place]:
    """One word in each of its FORMS."""
    return [
        Place(
            ("terms", term.key, form), f"{getattr(term, form)} ({form})", Kind.WORD,
            getattr(term, form), "", term.source,
        )
        for form in FORMS
    ]  # fmt: skip


def titles(pack: Pack) -> list[Place]:
    """What each thing that is owed is called."""
    return [
        Place(("duties", rule.key, "says"), rule.says, Kind.TEXT, rule.says, "", rule.source)
        for rule in pack.duties
        if not rule.limit
    ]


def aims(pack: Pack) -> list[Place]:
    """What the service is there for, each in a sentence of its own."""
    return [
        Place(("aims", aim.key, "says"), aim.says, Kind.TEXT, aim.says, "", aim.source)
        for aim in pack.aims_in_order
    ]


def switches(pack: Pack) -> list[Place]:
    """Every switch, the locked ones too."""
    return [
        Place(
            ("features", feature.key, "on"),
            feature.says or feature.key,
            Kind.SWITCH,
            feature.on,
            "",
            feature.source,
            feature.locked,
        )
        for feature in pack.features
    ]


def everything(pack: Pack) -> Iterable[Place]:
    yield from limits(pack)
    yield from clocks(pack)
    yield from words(pack)
    yield from titles(pack)
    yield from switches(pack)
    yield from aims(pack)


def place(pack: Pack, at: At) -> Place:
    """The place of that name. Raises NotInPack when nothing there may be changed."""
    for found in everything(pack):
        if found.at == at:
            return found
    raise NotInPack(f"Nothing can be changed at {'.'.join(at)}.")


def for_one_person(pack: Pack, at: At) -> Place:
    """The same for one person: every word, and the numbers and the title of what they are owed."""
    found = place(pack, at)
    of_theirs = at[0] == "duties" and pack.duties[at[1]].subject == "stay"
    if not (of_theirs or at[0] == "terms"):
        raise NotInPack(f"{found.says} is the same for everybody.")
    return found
