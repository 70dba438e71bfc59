"""Sheets and forms whose questions the pack declares."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum, auto

from alongside.practice.keyed import Keyed
from alongside.practice.words import Choice


class QuestionKind(StrEnum):
    """How a question is answered."""

    TEXT = auto()
    LONG_TEXT = auto()
    YES_NO = auto()
    TICK = auto()
    CHOICE = auto()
    CHOICES = auto()
    NUMBER = auto()
    DATE = auto()
    TIME = auto()
    DATE_TIME = auto()
    PERSON = auto()
    STAFF = auto()
    SIGNATURE = auto()


class About(StrEnum):
    """Whom or what a sheet is about."""

    STAY = auto()
    STAFF = auto()
    SCHEME = auto()


@dataclass(frozen=True, slots=True)
class Question:
    """One question. Its answers come from its own `options` or from the choice list `choices`."""

    key: str
    says: str
    help: str = ""
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = False
    restricted: bool = False
    choices: str = ""
    options: Keyed[Choice] = field(default_factory=Keyed)
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """A group of questions under one heading."""

    key: str
    says: str
    help: str = ""
    questions: Keyed[Question] = field(default_factory=Keyed)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A set of questions asked on one occasion. `signed_by` lists who signs it, in order.

    `on_file` offers it in each person's file, to be filled in as often as it is needed. One that
    is `about` a colleague or the service is offered on the page of the team instead.
    """

    key: str
    says: str
    source: str
    help: str = ""
    sections: Keyed[Section] = field(default_factory=Keyed)
    signed_by: tuple[str, ...] = ()
    restricted: bool = False
    on_file: bool = False
    about: About = About.STAY

    @property
    def questions(self) -> tuple[Question, ...]:
        return tuple(question for section in self.sections for question in section.questions)


@dataclass(frozen=True, slots=True)
class Form:
    """A form with a heading part and numbered lines. `lines_at_most` 0 means it has no lines.

    `line_fields` are asked on each line; `motto` is printed on the paper copy;
    `printed_fields` are the only ones that a copy on public display may show.
    """

    key: str
    says: str
    source: str
    fields: Keyed[Question] = field(default_factory=Keyed)
    line_fields: Keyed[Question] = field(default_factory=Keyed)
    lines_at_least: int = 0
    lines_at_most: int = 0
    signed_by: tuple[str, ...] = ()
    motto: str = ""
    printed_fields: tuple[str, ...] = ()
