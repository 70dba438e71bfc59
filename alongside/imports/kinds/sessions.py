"""Key work sessions: one row is one session, whether or not the resident came."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.imports.cells.choices import meaning_of
from alongside.imports.cells.minutes import parse_minutes
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.people import person_staying
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.reading.sheets import is_empty, text_of
from alongside.imports.register import Source
from alongside.imports.spelling import squash

ATTENDED, MISSED = "attended", "did_not_attend"


@dataclass(frozen=True, slots=True)
class SessionRecord:
    """A proposed session. `minutes` is contact time in whole minutes, only when attended."""

    source: Source
    identity: str
    person: str
    held_on: date
    outcome: str
    minutes: int | None
    worker: str
    note: str
    texts: Mapping[str, str]
    words: Mapping[str, str]


def propose(row: RowInHand, desk: Desk) -> SessionRecord | None:
    """A session. Rejected without a right date, one sure person, and an outcome."""
    held_on = row.sure_day("date")
    if held_on and held_on > desk.today:
        row.reject("future-date", "date")
    outcome = _outcome(row)
    if not outcome and not row.rejections.keys() & {"mark-unclear", "two-outcomes"}:
        row.reject("no-outcome", "outcome")
    if row.rejections or not held_on:
        return None
    person = person_staying(row, desk, held_on)
    if not person:
        return None
    worker = row.worker()
    mark = row.text("line") or worker
    return SessionRecord(
        source=row.source,
        identity=f"session|{squash(row.name_text())}|{held_on}|{mark}|{outcome}",
        person=person.key,
        held_on=held_on,
        outcome=outcome,
        minutes=_minutes(row, outcome),
        worker=worker,
        note=row.note("note"),
        texts=row.start() | row.texts("type", "checked"),
        words=row.words,
    )


def _outcome(row: RowInHand) -> str:
    """What came of it. A list of lengths that never speaks of outcomes lists what was held."""
    if row.has_ticks("outcome"):
        return row.ticked("outcome")
    if turned := _turned(row):
        return turned
    if row.has("outcome") or is_empty(row.value("minutes")):
        return meaning_of(row.value("outcome"), "outcome", row.setting)
    if parse_minutes(row.value("minutes"), unit_minutes=row.mapping.minutes_in).value:
        row.doubt("outcome-assumed", "minutes")
        return ATTENDED
    return ""


def _turned(row: RowInHand) -> str:
    """Under “DNA?” or “No show” a yes says that they did not come, and a no that they did."""
    known = row.setting.meanings("outcome")
    asked = any(_asks_whether_missed(column.heading, known) for column in row.columns("outcome"))
    said = row.setting.meanings("yes_no").get(squash(row.text("outcome"))) if asked else ""
    return {"yes": MISSED, "no": ATTENDED}.get(said or "", "")


def _asks_whether_missed(heading: str, known: Mapping[str, str]) -> bool:
    """“DNA Y/N” asks only that; “Att/DNA/Canc” names what may stand below it."""
    if known.get(squash(heading)) == MISSED:
        return True
    words = (squash(word) for word in re.split(r"\W+", heading))
    return {known[word] for word in words if len(word) > len("no") and word in known} == {MISSED}


def _minutes(row: RowInHand, outcome: str) -> int | None:
    value = row.value("minutes")
    if outcome != ATTENDED:
        if text_of(value).strip("0:.,"):
            row.doubt("minutes-not-attended", "minutes")
            row.words["minutes"] = row.text("minutes")
        return None
    if row.has("minutes") and is_empty(value):
        if row.table.shape == "days":
            return None  # a mark in a grid says no length, and is not expected to
        row.doubt("minutes-missing", "minutes")
        return None
    read = parse_minutes(value, unit_minutes=row.mapping.minutes_in)
    return row.keep("minutes", read)
