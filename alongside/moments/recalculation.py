"""Keeps the timeline in step with the records."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import batched
from typing import Any

from alongside.audit.operation import Done
from alongside.kit.insert import insert_unless_there
from alongside.moments.models import Moment, Reader
from alongside.moments.registry import TELLERS, Line

AT_ONCE = 500


def follow(done: Sequence[Done]) -> None:
    """Tell again the lines of every record that an operation made, changed or acted on."""
    touched: dict[Any, Any] = {}
    for one in done:
        for record in (one.subject, one.record):
            touched[record.pk] = record  # the later one is the fresher one
    acted_on = {one.subject.pk for one in done}
    lines: list[Line] = []
    for record in touched.values():
        if telling := TELLERS.get(type(record)):
            lines.extend(telling.teller(record))
    if len(lines) == 1 and lines[0].of.pk not in acted_on and _add(lines[0]):
        return
    _write(lines)


def _add(line: Line) -> bool:
    """Store a line that is new, as that of a new record is; whether it was."""
    moment = Moment(**_fields(line))
    if not insert_unless_there(moment, ["record_id", "part"]):
        return False
    Reader.objects.bulk_create(
        Reader(moment=moment, staff_id=key) for key in set(line.readers or ())
    )
    return True


def rebuild() -> int:
    """Delete every moment and tell all of them again. Returns how many there are."""
    Moment.objects.all().delete()
    for telling in TELLERS.values():
        for records in batched(telling.rows(), AT_ONCE):
            _write([line for record in records for line in telling.teller(record)])
    return Moment.objects.count()


def _write(lines: list[Line]) -> None:
    """Store the lines: new ones in one go, changed ones one by one, the same ones not at all."""
    told = {(line.of.pk, line.part): line for line in lines}
    ids = {record_id for record_id, _ in told}
    there = {
        (moment.record_id, moment.part): moment
        for moment in (Moment.objects.filter(record_id__in=ids) if ids else ())
    }
    new = [Moment(**_fields(line)) for key, line in told.items() if key not in there]
    for moment in Moment.objects.bulk_create(new):
        there[(moment.record_id, moment.part)] = moment
    for key, line in told.items():
        _change(there[key], _fields(line))
        if line.readers is not None or there[key].restricted:
            _name_readers(there[key], line)


def _change(moment: Moment, fields: dict[str, Any]) -> None:
    changed = [name for name, value in fields.items() if getattr(moment, name) != value]
    for name in changed:
        setattr(moment, name, fields[name])
    if changed:
        moment.save(update_fields=changed)


def _fields(line: Line) -> dict[str, Any]:
    return {
        "scheme_id": line.stay.scheme_id,
        "resident_id": line.stay.resident_id,
        "stay_id": line.stay.pk,
        "kind": line.kind,
        "title": line.title[:240],
        "text": line.text,
        "note": line.note[:240],
        "by": line.by[:200],
        "link": line.link,
        "happened_at": line.happened_at,
        "recorded_at": line.recorded_at,
        "record_type": line.of._meta.label,
        "record_id": line.of.pk,
        "part": line.part,
        "restricted": line.readers is not None,
    }


def _name_readers(moment: Moment, line: Line) -> None:
    wanted = set(line.readers or ())
    moment.readers.exclude(staff_id__in=wanted).delete()
    there = set(moment.readers.values_list("staff_id", flat=True))
    Reader.objects.bulk_create(
        Reader(moment=moment, staff_id=staff_id) for staff_id in wanted - there
    )
