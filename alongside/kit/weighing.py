"""Whether PostgreSQL may answer a question in the way that it found for an earlier one.

What is asked often it weighs once, and keeps the way (decision 0030). That is right for a record
and a short list, and wrong where a question is of a stretch of time: the way it keeps must do for
every stretch, and for a long list it reads far too much. SQLite always keeps its way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_anew: ContextVar[bool] = ContextVar("weighed_anew", default=False)


@contextmanager
def weighed_anew() -> Iterator[None]:
    """A block in which each question is weighed for what it is about."""
    token = _anew.set(True)
    try:
        yield
    finally:
        _anew.reset(token)


def is_weighed_anew() -> bool:
    return _anew.get()
