"""What an import tells the timeline: the words of a row that found no field of their own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time

from alongside.imports.models import ImportedRow, ImportRun
from alongside.moments.registry import Line, tells

KIND = "imported"
TITLES = {
    "stays": "Taken over from the older list of people",
    "beds": "Taken over from the older bed list",
    "referrals": "Taken over from the older list of referrals",
    "move_on": "Taken over from the older move-on list",
    "stage_sheet": "Taken over from the older stage sheet",
    "sessions": "Taken over from the older key-work log",
    "plans": "Taken over from the older action plans",
    "notes": "Taken over from the older list of notes",
}
# What tells a line of its own already, and so is not told twice.
TOLD_ELSEWHERE = frozenset({"referrals"})


def _rows(run: ImportRun) -> Iterable[ImportedRow]:
    return (
        ImportedRow.objects.filter(run=run, stay__isnull=False)
        .exclude(kept={})
        .exclude(kind__in=TOLD_ELSEWHERE)
        .select_related("stay__scheme", "stay__resident", "scheme", "run__recorded_by")
    )


@tells(ImportRun, rows=lambda: ImportRun.objects.filter(applied_at__isnull=False).iterator())
def import_lines(run: ImportRun) -> Iterable[Line]:
    """One line for each row that has words to keep, once it was applied."""
    if not run.is_applied():
        return
    for row in _rows(run):
        assert row.stay is not None  # noqa: S101 - only rows with a stay were read
        yield Line(
            of=row,
            stay=row.stay,
            kind=KIND,
            title=TITLES[row.kind],
            text=row.words(),
            note=f"{row.sheet}, row {row.number}",
            happened_at=datetime.combine(row.day(), time(12), tzinfo=row.scheme.zone),
            recorded_at=row.recorded_at,
            by=run.recorded_by.name if run.recorded_by else "",
        )
