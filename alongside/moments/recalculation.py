"""Keeps the timeline in step with the records."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from alongside.audit.operation import Done
from alongside.moments.models import Moment, Reader
from alongside.moments.registry import TELLERS, Line


def follow(done: Sequence[Done]) -> None:
    """Tell again the lines of every record that an operation made, changed or acted on."""
    touched: dict[Any, Any] = {}
    for one in done:
        for record in (one.subject, one.record):
            touched[record.pk] = record  # the later one is the fresher one
    for record in touched.values():
        telling = TELLERS.get(type(record))
        if telling:
            _write(telling.teller(record))


def rebuild() -> int:
    """Delete every moment and tell all of them again. Returns how many there are."""
    Moment.objects.all().delete()
    for telling in TELLERS.values():
        for record in telling.rows():
            _write(telling.teller(record))
    return Moment.objects.count()


def _write(lines: Iterable[Line]) -> None:
    for line in lines:
        moment, _ = Moment.objects.update_or_create(
            record_id=line.of.pk, part=line.part, defaults=_fields(line)
        )
        if line.readers is not None:
            _name_readers(moment, line)


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
        "restricted": line.readers is not None,
    }


def _name_readers(moment: Moment, line: Line) -> None:
    wanted = set(line.readers or ())
    moment.readers.exclude(staff_id__in=wanted).delete()
    there = set(moment.readers.values_list("staff_id", flat=True))
    Reader.objects.bulk_create(
        Reader(moment=moment, staff_id=staff_id) for staff_id in wanted - there
    )
