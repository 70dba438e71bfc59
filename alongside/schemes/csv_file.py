"""A rehearsal as a file that a spreadsheet opens."""

from __future__ import annotations

from alongside.schemes.rehearsing import Fell, Rehearsal
from alongside.ui import spreadsheets

HEAD = ("Practice", "Person", "What", "Due", "Outcome", "Done", "Why", "Source")


def as_csv(found: Rehearsal) -> str:
    """Every duty that fell due, under the practice in force and under the one rehearsed."""
    both = ((found.in_force, found.was), (found.rehearsed, found.now))
    return spreadsheets.as_csv(HEAD, (_row(pack.name, one) for pack, fell in both for one in fell))


def _row(name: str, one: Fell) -> tuple[str, ...]:
    return (
        name, str(one.stay.resident), one.says, one.due_on.isoformat(), one.outcome,
        one.met_on.isoformat() if one.met_on else "", one.why, one.source,
    )  # fmt: skip
