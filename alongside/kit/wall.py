"""Whose records may be reached just now: one organisation's, nobody's, or, on purpose, everybody's.

On PostgreSQL the database keeps to it, whatever a query forgot to ask (row-level security, see
`alongside.config.wall`). The rooms say here for whom they work; the engine tells the database,
before the next statement and only when it is somebody else than before. On SQLite nothing asks.

Where nothing was said it is nobody's: no rows, and none can be written.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from contextvars import ContextVar
from uuid import UUID

SETTING = "alongside.organisation"
NOBODYS, EVERYBODYS = "", "every"
type _Block = AbstractContextManager[None]
KEY = "organisation"
"""Under which a session keeps whose records it opens. Whoever begins a session sets it."""


class Side:
    """One side of the wall, for as long as a block lasts; a request learns late who asks."""

    __slots__ = ("whose",)

    def __init__(self, whose: str | None) -> None:
        self.whose = whose


_side: ContextVar[Side | None] = ContextVar("side_of_the_wall", default=None)


def whose() -> str | None:
    """The key of the organisation, `NOBODYS` or `EVERYBODYS`; None: whatever was said last."""
    side = _side.get()
    return side.whose if side else NOBODYS


@contextmanager
def _at(whose: str | None) -> Iterator[None]:
    token = _side.set(Side(whose))
    try:
        yield
    finally:
        _side.reset(token)


def nobody_yet() -> _Block:
    """A block that reaches nothing until it is known who asks: every request begins so."""
    return _at(NOBODYS)


def within(whose: UUID | str) -> _Block:
    """A block that reaches the records of one organisation; takes what `whose` gave as well."""
    return _at(str(whose))


def everybody(because: str) -> _Block:
    """A block that reaches every organisation: a command of whoever keeps the server, say.

    `because` is for whoever reads the code and looks for the ways past the wall.
    """
    if not because:
        raise ValueError("Say why every organisation's records are reached.")
    return _at(EVERYBODYS)


def as_it_stands() -> _Block:
    """A block that only touches what belongs to no organisation, such as sessions."""
    return _at(None)


def known(organisation_id: UUID | str) -> None:
    """From here to the end of the block it is this organisation."""
    _here().whose = str(organisation_id)


def nobody_is_known_here() -> None:
    """From here to the end of the block, or until it is `known`, all are reached.

    For the doors at which nobody is known yet (`rules.toml` names them) and for nothing else.
    """
    _here().whose = EVERYBODYS


def _here() -> Side:
    side = _side.get()
    if side is None:  # outside every block: a test, or a shell, which say so for themselves
        side = Side(NOBODYS)
        _side.set(side)
    return side
