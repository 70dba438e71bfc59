"""What a resident says is done, from every room that knows of something.

A room above this floor (the plan, with its actions) registers its own here, as the header's
facts are registered, so that the monthly comparison shows all of it in one list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from alongside.kit.together import read
from alongside.stays.models import Stay


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing said to be done: what, since when, and the evidence there is, in words.

    `record_type` is the label of the record ("plans.PlanAction").
    """

    record_type: str
    record_id: UUID
    says: str
    claimed_on: date
    by: str = ""
    evidence: str = ""
    url: str = ""


type Rows = Callable[[Stay, date], Sequence[QuerySet[Any, Any]]]
type Teller = Callable[..., Iterable[Claim]]


@dataclass(frozen=True, slots=True)
class Told:
    """Which rows claims of one kind are read from, and how they are told."""

    rows: Rows
    tells: Teller


CLAIMS: dict[str, Told] = {}


def claims(name: str, *, rows: Rows) -> Callable[[Teller], Teller]:
    """Register who tells the claims of one kind since a day, and from which rows.

    The teller is given the stay, the day, and each list; it asks nothing more.
    """

    def register(teller: Teller) -> Teller:
        CLAIMS[name] = Told(rows, teller)
        return teller

    return register


def claims_of(stay: Stay, since: date, *others: QuerySet[Any, Any]) -> list[Claim]:
    """Everything said to be done since that day, oldest first; one query, `others` with it."""
    asked = [(told, told.rows(stay, since)) for told in CLAIMS.values()]
    read(*others, *(rows for _, found in asked for rows in found))
    said = [claim for told, found in asked for claim in told.tells(stay, since, *found)]
    return sorted(said, key=lambda claim: (claim.claimed_on, str(claim.record_id)))
