"""A pack's duties in plain words: what is owed, by when, by whom, what closes it, and why."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from alongside.kit.durations import Duration
from alongside.practice.contents import Pack
from alongside.practice.duties import DutyKind, DutyRule

type Says = Callable[[str], str]

COVER = "cover:"
WORKER = "key_worker"
AGAIN = "again and again"
SHAPES = {
    DutyKind.ONCE: "once",
    DutyKind.ROLLING: AGAIN,
    DutyKind.FIXED: AGAIN,
    DutyKind.WINDOW: AGAIN,
    DutyKind.EACH: "when something happens",
    DutyKind.BEFORE: "ahead of a date",
}
ABOUT = {
    "referral": "For a referral",
    "aftercare": "After the move",
    "other_duty": "For a task that was handed on",
    "staff": "For each colleague",
    "scheme": "For the service",
    "data_breach": "For a data breach",
}


@dataclass(frozen=True, slots=True)
class Clause:
    """One duty as a line that anybody can read. `is_on` is false while its switch is off; `about`
    is the kind of thing that it is owed for: a stay, a colleague, the service, and so on."""

    key: str
    says: str
    when: str
    who: tuple[str, ...]
    closed_by: str
    source: str
    is_on: bool
    about: str


def clauses(pack: Pack, says: Says | None = None) -> list[Clause]:
    """Every duty of the pack, in its order; limits fall never due and are left out.

    `says` puts the name of a fact in words, where somebody has better ones than its name.
    """
    return [
        Clause(
            key=rule.key,
            says=rule.says,
            when=when(rule, says or fact_in_words),
            who=tuple(owner(pack, each) for each in rule.owner),
            closed_by=fact_in_words(rule.done_by),
            source=rule.source,
            is_on=pack.owes(rule),
            about=rule.subject,
        )
        for rule in pack.duties
        if rule.kind is not DutyKind.LIMIT
    ]


def grouped(pack: Pack, found: list[Clause]) -> list[tuple[str, list[Clause]]]:
    """The same in groups that can be folded: what is owed to each person, by its shape, then what
    is owed for anything else, the service last. Empty groups are left out."""
    person = pack.terms["resident"].singular
    groups: dict[str, list[Clause]] = {
        **{f"For each {person}: {shape}": [] for shape in SHAPES.values()},
        **{says: [] for says in ABOUT.values()},
    }
    for one in found:
        shape = SHAPES[pack.duties[one.key].kind]
        says = f"For each {person}: {shape}" if one.about == "stay" else ABOUT.get(one.about)
        groups.setdefault(says or f"For each {fact_in_words(one.about)}", []).append(one)
    return [(says, rows) for says, rows in groups.items() if rows]


def owed_by_worker(pack: Pack, says: Says | None = None) -> list[Clause]:
    """What somebody can expect of the one worker who is there for them, in the pack's order."""
    theirs = {WORKER, *(role.key for role in pack.roles if role.else_held_by == WORKER)}
    return [
        one
        for one in clauses(pack, says)
        if one.is_on and (rule := pack.duties[one.key]).subject == "stay" and theirs & {*rule.owner}
    ]


def when(rule: DutyRule, says: Says) -> str:
    """ "7 days after admission"; "1 each week, from admission"."""
    start = says(rule.anchor)
    due = rule.due.in_words if rule.due else ""
    opens = f"opens {rule.opens.in_words} after {start}, " if rule.opens else ""
    match rule.kind:
        case DutyKind.FIXED:
            return f"{rule.minimum} each {rule.every}, from {start}"
        case DutyKind.ROLLING:
            return f"{opens}every {_length(rule.every)}, from {start}"
        case DutyKind.BEFORE:
            return (
                f"{due} before {says(rule.before)}" if rule.due else (f"before {says(rule.before)}")
            )
        case DutyKind.WINDOW:
            return f"{opens}due {due} after {start}, and so on from each time"
        case DutyKind.EACH:
            return f"{_after(rule)} each {start}"
    return f"{opens}{_after(rule)} {start}"


def _after(rule: DutyRule) -> str:
    return f"{rule.due.in_words} after" if rule.due else "the same day as"


def _length(every: str) -> str:
    return Duration.parse(every).in_words


def owner(pack: Pack, name: str) -> str:
    """A role in the words of the pack; "cover for ..." for whoever stands in."""
    role = name.removeprefix(COVER)
    if found := pack.roles.get(role):
        says = found.says
    else:
        term = pack.terms.get(role)
        says = term.singular if term else role
    return f"cover for the {says}" if name.startswith(COVER) else says


def fact_in_words(name: str) -> str:
    """ "review.held:manager" is "review held (manager)"."""
    plain, _, of = name.partition(":")
    words = plain.replace(".", " ").replace("_", " ")
    return f"{words} ({of.replace('-', ' ').replace('_', ' ')})" if of else words
