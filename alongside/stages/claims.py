"""What a resident says is done, from every room that knows of something.

A room above this floor (the plan, with its actions) registers its own here, as the header's
facts are registered, so that the monthly comparison shows all of it in one list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

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


type Teller = Callable[[Stay, date], Iterable[Claim]]
CLAIMS: dict[str, Teller] = {}


def claims(name: str) -> Callable[[Teller], Teller]:
    """Register who tells the claims of one kind since a day; fixed number of queries."""

    def register(teller: Teller) -> Teller:
        CLAIMS[name] = teller
        return teller

    return register


def claims_of(stay: Stay, since: date) -> list[Claim]:
    """Everything said to be done since that day, oldest first."""
    found = [claim for teller in CLAIMS.values() for claim in teller(stay, since)]
    return sorted(found, key=lambda claim: (claim.claimed_on, str(claim.record_id)))
