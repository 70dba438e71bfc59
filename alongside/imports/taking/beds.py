"""A row of the bed list: the bed, and what keeps it from being offered."""

from __future__ import annotations

from alongside.accommodation.models import Bed, OutOfUse
from alongside.accommodation.operations import import_out_of_use
from alongside.imports.kinds.beds import BedRecord
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.stays.models import Stay
from alongside.stays.operations import amend_imported_stay

KEPT_FREE = frozenset({"reserved", "out_of_use"})


def take(record: BedRecord, row: RowPlan, intake: Intake) -> Taken:
    """Add the bed when there is none of that name; close it when the list says so.

    A bed kept for somebody whom the list does not name surely is closed too, in the list's words.
    """
    bed = intake.bed(record.room, living_there=False)
    assert bed is not None  # noqa: S101 - a row without a room was rejected
    stay = _lived_in(record, bed, intake)
    if record.status in KEPT_FREE and bed.pk not in intake.taken:
        _close(record, bed, intake)
    kept = labelled(row, record.texts, record.words, used=frozenset({"status"}))
    return Taken(bed, stay.resident if stay else None, stay, kept)


def _lived_in(record: BedRecord, bed: Bed, intake: Intake) -> Stay | None:
    """The open stay of the person named; they get this bed when no other list gave them one."""
    resident = intake.residents.get(record.person)
    stays = intake.stays_of(resident) if resident else []
    stay = next((stay for stay in stays if stay.is_current()), None)
    if stay and stay.bed_id is None and bed.pk not in intake.taken:
        stay = amend_imported_stay(stay, by=intake.by, bed=bed)
        intake.remember_stay(stay)
    return stay


def _close(record: BedRecord, bed: Bed, intake: Intake) -> None:
    if OutOfUse.objects.on(intake.today).filter(bed=bed).exists():
        return
    import_out_of_use(
        bed,
        by=intake.by,
        recorded_by=intake.recorder,
        from_on=intake.today,
        reason=record.words.get("status") or record.status.replace("_", " "),
    )
