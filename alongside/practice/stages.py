"""Stages: the tasks of each level, what evidences them, and what reaching a level unlocks."""

from __future__ import annotations

from dataclasses import dataclass, field

from alongside.practice.keyed import Keyed


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that shows a task is done: a fact of the record, or a person's judgement.

    `fact` names what the record is asked; it is met at `at_least` (a count or a percentage, as
    `unit` says). `judged` means the record cannot say: a member of staff confirms in words.
    `of` narrows the fact (a kind, a status); `running` asks for so many weeks in a row.
    `lasting` means that once reached it stays reached: what comes later does not undo it.
    `or_by_hand` lets staff confirm it in words where the record does not show it; it never lapses
    by itself.
    """

    fact: str
    says: str = ""
    at_least: int = 1
    unit: str = "count"
    of: str = ""
    running: int = 0
    judged: bool = False
    lasting: bool = False
    or_by_hand: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a task that asks for several things; every part must be met."""

    key: str
    says: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One task of a stage; its key is its code. All of its evidence and parts must be met.

    `conditional` tasks ("where appropriate") can be marked not applicable with a reason.
    `private` keeps the evidence to the resident and staff of the file.
    """

    key: str
    says: str
    evidence: tuple[Evidence, ...] = ()
    parts: Keyed[Part] = field(default_factory=Keyed)
    conditional: bool = False
    condition: str = ""
    help: str = ""
    private: bool = False
    source: str = ""

    @property
    def code(self) -> str:
        return self.key

    @property
    def all_evidence(self) -> tuple[Evidence, ...]:
        """Its own evidence and that of every part."""
        return self.evidence + tuple(found for part in self.parts for found in part.evidence)


@dataclass(frozen=True, slots=True)
class Privilege:
    """What reaching a stage opens; its key is its kind. A later stage replaces the same kind.

    `number` is how many of `unit` (1 night out each week); 0 when there is nothing to count.
    """

    key: str
    says: str
    number: int = 0
    unit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """One level. `next` is empty on the last; `agreement` is the standing it gives a stay."""

    key: str
    says: str
    next: str = ""
    agreement: str = ""
    tasks: Keyed[Task] = field(default_factory=Keyed)
    privileges: Keyed[Privilege] = field(default_factory=Keyed)
    source: str = ""

    @property
    def is_last(self) -> bool:
        return not self.next

    def __str__(self) -> str:
        return self.says
