"""Which lists can leave the house as a file: each room tells its own, in its `leaving.py`.

A room says what a list is called, which right it asks for, and gives it when asked: its columns,
and its rows when they are wanted. Nothing else in the house makes a file of a list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from alongside.exports.files import CSV, KINDS, XLSX, file_of
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its key, its head, and whether it says who somebody is.

    What says who somebody is leaves only when it was ticked by hand.
    """

    key: str
    says: str
    names: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """What is handed out: the bytes, their kind, the ending of the file, and how many rows."""

    data: bytes
    kind: str
    ending: str
    rows: int


@dataclass(frozen=True, slots=True)
class Leaving:
    """One list as it was asked for.

    `title` says what it is and names nobody, for it is kept. `rows` gives every row, with a cell
    for each column in their order. A list that is a file already, such as one that was brought
    and goes back to be mended, gives it by `ready` instead, whole, and says in `many` of how many
    people it is. `a_row_each`: nobody has two rows. `back` is the page it is on.
    """

    title: str
    stem: str
    back: str
    columns: Sequence[Column]
    rows: Callable[[], Iterable[Sequence[str]]] = field(default=lambda: ())
    ready: Callable[[], Content] | None = None
    many: int = 0
    a_row_each: bool = True

    def naming(self, keys: Iterable[str]) -> int:
        """How many people it would name: a row each, or else the names of its first column that
        says who somebody is, each once. 0 when no such column is among these."""
        if self.ready:
            return self.many
        named = [number for number, one in enumerate(self.columns) if one.names]
        if not {self.columns[number].key for number in named} & set(keys):
            return 0
        told = [row[named[0]] for row in self.rows()]
        return len(told) if self.a_row_each else len(set(told))

    def content(self, kind: str, keys: Iterable[str]) -> Content:
        """The file with only these columns, in the order of the list."""
        if self.ready:
            return self.ready()
        chosen = set(keys)
        at = [number for number, one in enumerate(self.columns) if one.key in chosen]
        rows = [[row[number] for number in at] for row in self.rows()]
        head = [self.columns[number].says for number in at]
        return Content(file_of(kind, self.title, head, rows), KINDS[kind], kind, len(rows))

    @property
    def kinds(self) -> tuple[str, ...]:
        return () if self.ready else (CSV, XLSX)


type Give = Callable[[Staff, Scheme, Mapping[str, str]], Leaving | None]


@dataclass(frozen=True, slots=True)
class Way:
    """A list that can leave, and what its reader's role must include."""

    key: str
    says: str
    needs: Action
    give: Give


WAYS: dict[str, Way] = {}


def leaves(key: str, *, says: str, needs: Action) -> Callable[[Give], Give]:
    """Register a list, asked for as its own page was; it gives None when it is not there."""

    def register(give: Give) -> Give:
        WAYS[key] = Way(key, says, needs, give)
        return give

    return register
