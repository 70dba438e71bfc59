"""The bed list: one row is one bed, and who is in it today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from alongside.imports.cells.choices import parse_room
from alongside.imports.cells.names import is_no_name
from alongside.imports.kinds.desk import Desk
from alongside.imports.kinds.people import days_from_today, latest_stay
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.matching import candidates, who_is_nearest
from alongside.imports.register import KnownPerson, Source
from alongside.imports.spelling import squash


@dataclass(frozen=True, slots=True)
class BedRecord:
    """A proposed bed: its room, its state, and the resident in it."""

    source: Source
    identity: str
    room: str
    bed_no: str
    status: str
    person: str
    worker: str
    since: date | None
    stage: str
    texts: Mapping[str, str]
    words: Mapping[str, str]


def propose(row: RowInHand, desk: Desk) -> BedRecord | None:
    """A bed. Rejected without a room. A room not known yet is taken as a new one."""
    room = parse_room(row.value("room"), row.setting).value or row.text("room")
    if not room:
        row.reject("no-room", "room")
        return None
    name = row.text("name")
    unlet = row.setting.meanings("bed_status").get(squash(name), "") if name else ""
    name = "" if unlet or is_no_name(name) else name  # “Vacant” where the resident would stand
    status = row.choice("status", "bed_status") or unlet or ("occupied" if name else "")
    person = _occupant(row, desk, name) if name else None
    since, stage = row.day("since"), row.stage()
    if person:
        _compare(row, person, since, stage)
    if row.text("status"):
        row.words["status"] = row.text("status")
    bed_no = row.text("bed_no")
    return BedRecord(
        source=row.source,
        identity=f"bed|{room}|{bed_no}",
        room=room,
        bed_no=bed_no,
        status=status,
        person=person.key if person else "",
        worker=row.worker() if name else "",
        since=since,
        stage=stage,
        texts=row.texts("fob", "comment"),
        words=row.words,
    )


def _occupant(row: RowInHand, desk: Desk, name: str) -> KnownPerson | None:
    people = candidates(desk.register, desk.answers, name)
    found = who_is_nearest(people, days_from_today(desk.today))
    if found.refused:
        row.doubt(found.refused, "name")
        row.words["name"] = name
    return found.person


def _compare(row: RowInHand, person: KnownPerson, since: date | None, stage: str) -> None:
    stay = latest_stay(person)
    if stay and since and since != stay.moved_in:
        row.doubt("differs-move-in", "since")
    if stay and stage and stay.stage and stage != stay.stage:
        row.doubt("differs-stage", "stage")
