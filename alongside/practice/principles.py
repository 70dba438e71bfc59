"""The practice model of a service with its principles, and what the service is there for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PracticeModel:
    """A way of working that a service declares: Housing First, trauma-informed.

    `principles` are keys of the choice list of that name. They can be named in plans, notes and
    sessions, as tags; a practice whose models name none has no tags.
    """

    key: str
    says: str
    source: str
    help: str = ""
    principles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """One thing the service is there for. An objective says under which aim it stands (`under`).

    A goal can name the one that it serves. A service can put it in its own words, add others, and
    withdraw one: then it is `withdrawn`, and goals that named it keep its words.
    """

    key: str
    says: str
    source: str
    under: str = ""
    withdrawn: bool = False
