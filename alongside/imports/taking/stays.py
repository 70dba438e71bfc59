"""A row of the list of residents: the person, their stay, their stage and their key worker."""

from __future__ import annotations

from typing import Any

from alongside.allocations.models import Method
from alongside.allocations.operations import allocate
from alongside.audit.operation import attempt
from alongside.imports.kinds.stays import StayRecord
from alongside.imports.plan import RowPlan
from alongside.imports.taking.intake import Intake, Taken, labelled
from alongside.imports.taking.money import in_words, take_money
from alongside.kit.refusal import Refused
from alongside.residents.models import Resident
from alongside.residents.operations import amend_resident, register_resident
from alongside.stages.importing import import_stage
from alongside.stays.models import Stay
from alongside.stays.operations import amend_imported_stay, import_stay

# The fields of a resident, and the texts of a row that fill them.
FIELDS = {
    "phone": "phone",
    "email": "email",
    "next_of_kin": "next_of_kin",
    "doctor": "gp",
    "ethnicity": "ethnicity",
    "iwi": "heritage",
    "gender": "gender",
    "languages": "language",
    "alerts": "alerts",
}
USED = frozenset({*FIELDS.values(), "reason_left"})


def take(record: StayRecord, row: RowPlan, intake: Intake) -> Taken:
    """Register or amend the person, and take over the stay."""
    kept = labelled(row, record.texts, record.words, used=USED) | in_words(record)
    resident = _resident(record, intake, kept)
    stay, is_new = _stay(record, resident, intake, kept)
    intake.remember_stay(stay)
    _stage(record, stay, intake)
    _worker(record, stay, intake, kept)
    if is_new:
        take_money(record, stay, intake)
    return Taken(stay, resident, stay, kept)


def _resident(record: StayRecord, intake: Intake, kept: dict[str, str]) -> Resident:
    identity = _identity(record, intake, kept)
    resident = intake.residents.get(record.person)
    if resident is None:
        resident = register_resident(intake.scheme, by=intake.by, **identity)
        intake.residents[record.person] = resident
        return resident
    if changed := _missing(resident, identity):
        amend_resident(intake.scheme, by=intake.by, resident=resident, **changed)
    return resident


def _missing(resident: Resident, identity: dict[str, Any]) -> dict[str, Any]:
    """What the row knows and the file on the person does not."""
    return {
        name: value for name, value in identity.items() if value and not getattr(resident, name)
    }


def _identity(record: StayRecord, intake: Intake, kept: dict[str, str]) -> dict[str, Any]:
    known = intake.known(record.person)
    birth = record.birth
    identity: dict[str, Any] = {
        "family_name": record.name.surname,
        "given_name": record.name.forenames,
        "known_as": record.name.known_as,
        "born_on": birth.on,
        "born_words": "" if birth.on else birth.words,
        "national_number": record.ni_number,
        "reference": known.ref if known.ref == record.ref else "",
        **{name: record.texts.get(text, "") for name, text in FIELDS.items()},
    }
    return {name: fitting(name, value, kept) for name, value in identity.items()}


def fitting(name: str, value: Any, kept: dict[str, str]) -> Any:
    """A text that is longer than its field is cut there and kept whole with the record."""
    most: int | None = getattr(Resident._meta.get_field(name), "max_length", None)
    if not isinstance(value, str) or most is None or len(value) <= most:
        return value
    kept[name.replace("_", " ").capitalize()] = value
    return value[:most]


def _stay(
    record: StayRecord, resident: Resident, intake: Intake, kept: dict[str, str]
) -> tuple[Stay, bool]:
    """Their stay, and whether it was not here before."""
    told = intake.earlier.get(record.identity)
    stays = intake.stays_of(resident)
    there = next((s for s in stays if told and told.record_id == s.pk), None) or next(
        (s for s in stays if s.moved_in_on == record.moved_in), None
    )
    if there:
        return _amended(record, there, intake), False
    bed = intake.bed(record.room, living_there=record.moved_out is None)
    if record.room and bed is None:
        kept["Room"] = record.room
    made = import_stay(
        intake.scheme,
        by=intake.by,
        resident=resident,
        moved_in_on=record.moved_in,
        moved_out_on=record.moved_out,
        ended_by=intake.recorder if record.moved_out else None,
        left_words=record.texts.get("reason_left", ""),
        bed=bed,
        service_charge=record.charge,
    )
    return made, True


def _amended(record: StayRecord, stay: Stay, intake: Intake) -> Stay:
    living_there = record.moved_out is None and stay.is_current()
    same = stay.bed is not None and stay.bed.name == record.room
    bed = None if same else intake.bed(record.room, living_there=living_there)
    return amend_imported_stay(
        stay,
        by=intake.by,
        moved_in_on=record.moved_in,
        moved_out_on=record.moved_out,
        ended_by=intake.recorder,
        left_words=record.texts.get("reason_left", ""),
        bed=bed,
        service_charge=record.charge,
    )


def _stage(record: StayRecord, stay: Stay, intake: Intake) -> None:
    if "stage" in record.words:
        intake.stage_in_doubt.add(stay.pk)  # no other list decides it either
    if not record.stage:
        return
    first = intake.scheme.pack.first_stage.key == record.stage
    on = stay.moved_in_on if first else stay.moved_out_on or intake.today
    try:
        with attempt():
            import_stage(stay, by=intake.by, stage=record.stage, on=on)
    except Refused:
        return  # they are at that stage already


def _worker(record: StayRecord, stay: Stay, intake: Intake, kept: dict[str, str]) -> None:
    """The key worker of somebody who is here; of somebody who left, only the name is kept."""
    if record.worker not in intake.staff:
        return
    try:
        with attempt():
            allocate(
                stay,
                by=intake.by,
                worker=intake.staff[record.worker],
                from_on=stay.moved_in_on,
                method=Method.IMPORTED,
            )
    except Refused:
        kept["Key worker"] = intake.worker_name(record.worker)
