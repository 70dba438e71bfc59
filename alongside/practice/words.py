"""The words a service uses, and the lists people choose from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum, auto


@dataclass(frozen=True, slots=True)
class Term:
    """What a service calls one thing. Possessives and the article are worked out when left out."""

    key: str
    singular: str
    plural: str
    possessive: str = ""
    plural_possessive: str = ""
    article: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        _fill(self, "possessive", _owned(self.singular))
        _fill(self, "plural_possessive", _owned(self.plural))
        _fill(self, "article", "an" if self.singular[:1].lower() in tuple("aeiou") else "a")

    @property
    def with_article(self) -> str:
        """ "a resident", "an action plan"."""
        return f"{self.article} {self.singular}"

    def for_count(self, count: int) -> str:
        """ "1 resident", "12 residents"."""
        return f"{count} {self.singular if count == 1 else self.plural}"

    def __str__(self) -> str:
        return self.singular


def _owned(words: str) -> str:
    return f"{words}’" if words.endswith("s") else f"{words}’s"


def _fill(term: Term, field: str, words: str) -> None:
    if not getattr(term, field):
        object.__setattr__(term, field, words)


class CountsAgainst(StrEnum):
    """Whose miss it was, so that a person's own choice is never a failure of the service."""

    RESIDENT = auto()
    SERVICE = auto()
    NOBODY = auto()


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer on a list. `needs_text` asks the person to say more in their own words.

    `counts_against` is for missed sessions; `started_by` names the roles (or "resident") who
    may begin it; `restricted` keeps what is written under it to the people who may read it.
    """

    key: str
    says: str
    help: str = ""
    needs_text: bool = False
    counts_against: CountsAgainst = CountsAgainst.NOBODY
    started_by: tuple[str, ...] = ()
    restricted: bool = False
    source: str = ""

    def __str__(self) -> str:
        return self.says
