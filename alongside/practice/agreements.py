"""Agreements and guides: the texts a service explains to a person and asks them to sign."""

from __future__ import annotations

from dataclasses import dataclass, field

from alongside.kit.durations import Duration
from alongside.practice.keyed import Keyed


@dataclass(frozen=True, slots=True)
class Clause:
    """One numbered clause. `can_be_breached` lets a breach name it."""

    key: str
    says: str
    can_be_breached: bool = False


@dataclass(frozen=True, slots=True)
class Agreement:
    """A versioned text. `replace_me` marks our neutral starter, which a service must replace.

    `due` is counted from admission; `signed_by` is empty for a guide that is only explained.
    `asks_confidence` asks the person whether they feel confident to use it, as of a complaint.
    """

    key: str
    says: str
    version: str
    text: str
    source: str
    clauses: Keyed[Clause] = field(default_factory=Keyed)
    signed_by: tuple[str, ...] = ()
    due: Duration | None = None
    at_admission: bool = True
    replace_me: bool = False
    asks_confidence: bool = False
