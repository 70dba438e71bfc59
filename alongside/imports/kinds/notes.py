"""Notes of every kind: one row is one note about one person on one day."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.people import person_staying
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.register import Source
from alongside.imports.spelling import squash


@dataclass(frozen=True, slots=True)
class NoteRecord:
    """A proposed note. `kind` is a key of the pack's kinds of note, or empty when none fits."""

    source: Source
    identity: str
    person: str
    happened_on: date
    kind: str
    worker: str
    note: str
    texts: Mapping[str, str]
    words: Mapping[str, str]


def propose(row: RowInHand, desk: Desk) -> NoteRecord | None:
    """A note. Rejected without a right date, one sure person, and something written."""
    on = row.sure_day("date")
    if on and on > desk.today:
        row.reject("future-date", "date")
    if not row.text("note"):
        row.reject("no-note", "note")
    if row.rejections or not on:
        return None
    person = person_staying(row, desk, on)
    if not person:
        return None
    mark = row.text("line") or _digest(row.note("note"))
    return NoteRecord(
        source=row.source,
        identity=f"note|{squash(row.name_text())}|{on}|{row.text('start')}|{mark}",
        person=person.key,
        happened_on=on,
        kind=_kind(row),
        worker=row.worker(),
        note=row.note("note"),
        texts=row.start(),
        words=row.words,
    )


def _kind(row: RowInHand) -> str:
    said = row.text("type")
    kind = row.setting.meanings("note_kind").get(squash(said), "")
    if said and not kind:
        row.doubt("kind-unknown", "type")
        row.words["type"] = said
    return kind


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]
