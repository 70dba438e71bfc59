"""How a record tells its line on the timeline.

Each app's `moments.py` registers, for a kind of record, a function that returns the lines it
makes: usually one, sometimes several parts (moved in, moved on), none when it is not to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models

from alongside.kit.records import Record
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a timeline, as the record's own app tells it.

    `kind` is a short stable word to filter by; `title` and `text` are what is shown and
    searched; `link` is the page of the record; `readers` names the only staff who may see a
    restricted line (None when it is not restricted).
    """

    of: Record
    stay: Stay
    kind: str
    title: str
    happened_at: datetime
    recorded_at: datetime
    by: str = ""
    text: str = ""
    link: str = ""
    part: str = ""
    note: str = ""
    readers: Sequence[UUID] | None = None


type Teller = Callable[[Any], Iterable[Line]]


@dataclass(frozen=True, slots=True)
class Telling:
    """A teller, and the rows to tell again when everything is rebuilt."""

    teller: Teller
    rows: Callable[[], Iterable[Any]]


TELLERS: dict[type[models.Model], Telling] = {}


def tells[M: models.Model](
    model: type[M], *, rows: Callable[[], Iterable[M]]
) -> Callable[[Callable[[M], Iterable[Line]]], Callable[[M], Iterable[Line]]]:
    """Register the function that tells the lines of one kind of record.

    `rows` gives every record of the kind, with what the teller needs at hand.
    """

    def register(teller: Callable[[M], Iterable[Line]]) -> Callable[[M], Iterable[Line]]:
        TELLERS[model] = Telling(teller, rows)
        return teller

    return register
