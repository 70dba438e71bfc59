"""What the engine is told of a subject, and what it answers with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum, auto


class State(StrEnum):
    """How a duty stands today."""

    NOT_OPEN = auto()
    OPEN = auto()
    DUE_SOON = auto()
    DUE = auto()
    OVERDUE = auto()
    DONE = auto()
    DONE_LATE = auto()
    WAIVED = auto()
    PAUSED = auto()
    VOID = auto()


@dataclass(frozen=True, slots=True, order=True)
class Happening:
    """Something that happened on a local date. `ref` says to which record, so that pairs meet.

    `concerning` is the key of a member of staff whom it is about, and who must not answer it.
    `answers` is the `ref` of the thing that it answers, where that is not the record's own: empty
    when it names none.
    `since` is the day on which a date to come was written down, where that matters: what was done
    up to then is what gave the date, and cannot answer it.
    """

    on: date
    ref: str = ""
    since: date | None = field(default=None, compare=False)
    concerning: str = field(default="", compare=False)
    answers: str | None = field(default=None, compare=False)

    @property
    def names(self) -> str:
        """The thing it answers, by its `ref`; empty when it names none."""
        return self.ref if self.answers is None else self.answers


@dataclass(frozen=True, slots=True, order=True)
class Pause:
    """Days that do not count: from `starts_on` up to, not including, the day they are back."""

    starts_on: date
    back_on: date | None
    kind: str


@dataclass(frozen=True, slots=True)
class Off:
    """Days on which something is not asked: up to, not including, `until`."""

    from_on: date
    until: date | None = None


type Identity = tuple[str, str, date, str]
type Facts = Mapping[str, Iterable[Happening | date]]


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom or what the duties are about, and everything the engine may know of it.

    `facts` are keyed by the names that the pack uses, narrowed ones ("review.held:manager") too.
    `waived` holds the identities of duties that somebody waived with a reason. Before `kept_from`
    the records were kept elsewhere. `off` says by the key of a rule when it was not asked of them.
    """

    kind: str
    ref: str
    starts_on: date
    ended_on: date | None = None
    facts: Facts = field(default_factory=dict)
    pauses: tuple[Pause, ...] = ()
    waived: frozenset[Identity] = frozenset()
    kept_from: date | None = None
    off: Mapping[str, Sequence[Off]] = field(default_factory=dict)
    _sorted: dict[str, list[Happening]] = field(default_factory=dict, compare=False, repr=False)

    def happened(self, name: str) -> list[Happening]:
        """Every occurrence of a fact, earliest first; one named record counts once."""
        found = self._sorted.get(name)
        if found is None:
            found = self._sorted[name] = self._in_order(name)
        return found

    def _in_order(self, name: str) -> list[Happening]:
        told = self.facts.get(name, ()) if name else ()
        if not told:
            return []
        found = [Happening(at) if isinstance(at, date) else at for at in told]
        named = {at for at in found if at.ref}
        return sorted([*named, *(at for at in found if not at.ref)])


@dataclass(frozen=True, slots=True)
class Duty:
    """One thing owed. The same facts always give the same `identity`, so it is stored once.

    `first_due_on` is the date before paused days were added. `why` is the arithmetic in words.
    `breached` stays true for ever once the due date passed without it, done late or left since.
    `missed` is a week or month that is over: it can no longer be put right.
    """

    key: str
    subject: str
    period_on: date
    ref: str
    says: str
    opens_on: date
    due_on: date
    first_due_on: date
    state: State
    met_on: date | None
    count: int
    minimum: int
    owner: tuple[str, ...]
    remind_on: tuple[date, ...]
    why: str
    source: str
    breached: bool
    missed: bool
    done_by: str = ""
    concerning: str = ""
    escalate_on: tuple[date, ...] = ()
    version: str = ""

    @property
    def identity(self) -> Identity:
        return (self.key, self.subject, self.period_on, self.ref)
