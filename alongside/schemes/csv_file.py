"""A rehearsal as a file that a spreadsheet opens."""

from __future__ import annotations

import csv
from io import StringIO

from alongside.schemes.rehearsing import Fell, Rehearsal

HEAD = ("Practice", "Person", "What", "Due", "Outcome", "Done", "Why", "Source")
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(found: Rehearsal) -> str:
    """Every duty that fell due, under the practice in force and under the one rehearsed."""
    file = StringIO()
    rows = csv.writer(file)
    rows.writerow(HEAD)
    for pack, fallen in ((found.in_force, found.was), (found.rehearsed, found.now)):
        rows.writerows(_row(pack.name, one) for one in fallen)
    return file.getvalue()


def _row(name: str, one: Fell) -> list[str]:
    return [
        _cell(each)
        for each in (
            name, str(one.stay.resident), one.says, one.due_on.isoformat(), one.outcome,
            one.met_on.isoformat() if one.met_on else "", one.why, one.source,
        )
    ]  # fmt: skip


def _cell(text: str) -> str:
    """What a spreadsheet would take for a formula is made text."""
    return f"'{text}" if text.startswith(FORMULA) else text
