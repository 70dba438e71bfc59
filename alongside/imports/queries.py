"""What an import reads: the place, who is known here, what was answered; and the pages' lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import models
from django.shortcuts import get_object_or_404

from alongside.accommodation.models import Bed
from alongside.imports.cells.dates import Birth, parse_birth
from alongside.imports.cells.names import PersonName
from alongside.imports.kinds.rows import RowInHand
from alongside.imports.mapped import SheetMapping
from alongside.imports.mapping import guess_mapping, with_days_of
from alongside.imports.matching import Answers, PersonAnswer
from alongside.imports.models import (
    ImportedRow,
    ImportRun,
    RememberedAnswer,
    RememberedMapping,
    RememberedWorker,
    RowVerdict,
)
from alongside.imports.notices import ASKS
from alongside.imports.plan import ImportPlan, RowPlan, plan_import
from alongside.imports.reading.apart import read_file_apart
from alongside.imports.reading.sheets import Limits, SourceFile
from alongside.imports.reading.table import Table
from alongside.imports.reading.tables import tables_in
from alongside.imports.register import KnownPerson, KnownStay, Register, SeenRow
from alongside.imports.setting import Setting, StaffMember
from alongside.imports.spelling import squash
from alongside.imports.verdicts import Reason, Verdict
from alongside.imports.words import kinds
from alongside.keywork.models.notes import SESSION
from alongside.organisation.models import Scheme, Staff
from alongside.residents.models import Resident
from alongside.stages.models import StageMove
from alongside.stays.models import Stay

MEGABYTE = 1_000_000
# What is brought in once: a row that has changed since is put right on the record itself.
TAKEN_ONCE = frozenset({"sessions", "plans", "referrals"})


def run_for(staff: Staff, scheme: Scheme, pk: UUID) -> ImportRun:
    """That import, if it was brought to this scheme and the person works there; else 404."""
    return get_object_or_404(ImportRun.objects.visible_to(staff).for_page(), scheme=scheme, pk=pk)


def imports_at(scheme: Scheme) -> models.QuerySet[ImportRun]:
    """Every import of the scheme, the latest first."""
    return ImportRun.objects.filter(scheme=scheme).for_page().order_by("-recorded_at")


def verdicts(run: ImportRun, verdict: str = "", sheet: str = "") -> models.QuerySet[RowVerdict]:
    """The rows of the last look through the file, in its order."""
    rows = RowVerdict.objects.filter(run=run)
    rows = rows.filter(verdict=verdict) if verdict else rows
    return rows.filter(sheet=sheet) if sheet else rows


def limits_at(scheme: Scheme) -> Limits:
    """How large a file may be, as the practice has it."""
    return Limits(file_bytes=int(scheme.pack.limit("import_file")) * MEGABYTE)


def source_of(run: ImportRun) -> SourceFile:
    """The file as read. Raises `Unreadable` when it cannot be."""
    with run.file.open("rb") as kept:
        return read_file_apart(run.file_name, kept.read(), limits_at(run.scheme))


def setting_of(
    scheme: Scheme, tables: Sequence[Table] = (), mappings: Mapping[str, SheetMapping] | None = None
) -> Setting:
    """The place as the importer must know it. Rooms that a bed list in the file names count too."""
    rooms = dict.fromkeys(
        Bed.objects.filter(scheme=scheme, closed_on=None).values_list("name", flat=True)
    )
    rooms |= dict.fromkeys(_listed_rooms(tables, mappings or {}))
    told = RememberedWorker.objects.filter(scheme=scheme).values_list("text", "staff_id")
    also: dict[UUID | None, list[str]] = {}
    for text, key in told:
        also.setdefault(key, []).append(text)
    return Setting(
        staff=tuple(
            StaffMember(str(one.pk), one.name, one.initials, (one.email, *also.get(one.pk, ())))
            for one in Staff.objects.at(scheme)
        ),
        elsewhere=frozenset(map(squash, also.get(None, ()))),
        rooms=tuple(rooms),
        stages=stage_names(scheme),
        words={"note_kind": note_kind_names(scheme)},
        most_actions=_most_actions(scheme),
    )


def staff_at(scheme: Scheme) -> list[Staff]:
    """Everybody who works at the scheme today, by name."""
    return list(Staff.objects.at(scheme))


def _most_actions(scheme: Scheme) -> int:
    most = scheme.pack.limits.get("weekly_actions_most")
    return int(most) if most else 0


def note_kind_names(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Each kind of note of the pack and what lists call it; a session has a list of its own."""
    kinds = (kind for kind in scheme.pack.choices("note_kinds") if kind.key != SESSION)
    return {kind.key: (kind.key, kind.says, *kind.says.split()[:1]) for kind in kinds}


def _listed_rooms(tables: Sequence[Table], mappings: Mapping[str, SheetMapping]) -> Iterable[str]:
    for table in tables:
        mapping = mappings.get(table.name)
        if mapping is None or mapping.kind != "beds":
            continue
        for row in table.records:
            if room := RowInHand(table, mapping, row, Setting()).text("room"):
                yield room


def stage_names(scheme: Scheme) -> dict[str, tuple[str, ...]]:
    """Each stage of the pack and what lists call it: its name, its number, its first letters."""
    if not scheme.pack.has("stages"):
        return {}
    return {stage.key: _short_names(stage.says) for stage in scheme.pack.stages}


def _short_names(says: str) -> tuple[str, ...]:
    last = says.rsplit(maxsplit=1)[-1]
    if last.isdigit():
        return (says, last)
    short = {says[:length] for length in (4, 5)} if " " not in says else set()
    return (says, *sorted(short))


def tables_of(source: SourceFile) -> list[Table]:
    return tables_in(source)


def remembered_mappings(scheme: Scheme) -> list[SheetMapping]:
    """How sheets were read here before, the latest first."""
    kept = RememberedMapping.objects.filter(scheme=scheme).order_by("-recorded_at")
    return [SheetMapping.from_json(one.mapping) for one in kept]


def guessed(scheme: Scheme, tables: Sequence[Table], digest: str = "") -> dict[str, SheetMapping]:
    """How each sheet is read: as remembered, or as well as can be guessed.

    What was said of the days of this very file (`digest`) before counts again.
    """
    remembered = remembered_mappings(scheme)
    first = {table.name: guess_mapping(table, None, remembered) for table in tables}
    setting = setting_of(scheme, tables, first)
    before = _said_before(scheme, digest)
    found = {table.name: guess_mapping(table, setting, remembered) for table in tables}
    return {
        table.name: with_days_of(before.get(table.name), found[table.name], table, setting)
        for table in tables
    }


def _said_before(scheme: Scheme, digest: str) -> dict[str, SheetMapping]:
    runs = ImportRun.objects.filter(scheme=scheme, digest=digest) if digest else None
    last = runs.order_by("-recorded_at").first() if runs is not None else None
    return mappings_of(last) if last else {}


def answers_at(scheme: Scheme) -> Answers:
    """Everything people here have said about names in files."""
    people: dict[str, list[PersonAnswer]] = {}
    rows: dict[str, PersonAnswer] = {}
    for kept in RememberedAnswer.objects.filter(scheme=scheme).order_by("pk"):
        answer = PersonAnswer(key=str(kept.resident_id or ""), name=kept.name, born=kept.born_on)
        if kept.fingerprint:
            rows[kept.fingerprint] = answer
        else:
            people.setdefault(kept.text, []).append(answer)
    return Answers({text: tuple(found) for text, found in people.items()}, rows)


def register_of(scheme: Scheme) -> Register:
    """Everybody on file here, their stays at this scheme, and every row brought in before.

    Five queries, whatever the size.
    """
    today = scheme.today()
    rows = list(
        ImportedRow.objects.filter(scheme=scheme)
        .order_by("pk")
        .values_list("fingerprint", "identity", "resident_id", "name")
    )
    stays = _stays(scheme)
    register = Register()
    also = _other_names(rows)
    for resident in Resident.objects.filter(organisation_id=scheme.organisation_id):
        register.add(_known(resident, stays.get(resident.pk, ()), also, today))
    for person in _rejected_people(scheme):
        if person.key not in register.people:
            register.add(person)
    for fingerprint, identity, resident_id, _ in rows:
        seen = SeenRow(fingerprint, str(resident_id or ""))
        register.seen[fingerprint] = register.identities[identity] = seen
    return register


def _stays(scheme: Scheme) -> dict[UUID, tuple[KnownStay, ...]]:
    stages: dict[UUID, str] = {}
    moves = StageMove.objects.filter(stay__scheme=scheme).order_by("at", "pk")
    stages.update(moves.values_list("stay_id", "stage"))
    found: dict[UUID, list[KnownStay]] = {}
    listed = Stay.objects.filter(scheme=scheme).values_list(
        "pk", "resident_id", "moved_in_on", "moved_out_on", "bed__name"
    )
    for pk, resident_id, moved_in, moved_out, bed in listed:
        stay = KnownStay(moved_in, moved_out, stages.get(pk, ""), bed or "")
        found.setdefault(resident_id, []).append(stay)
    return {pk: tuple(known) for pk, known in found.items()}


def _other_names(rows: Iterable[tuple[str, str, UUID | None, list[str]]]) -> dict[UUID, set[str]]:
    """Names that rows bore about somebody; kept as [surname, forenames, known as]."""
    found: dict[UUID, set[str]] = {}
    for _, _, resident_id, name in rows:
        if resident_id and name:
            found.setdefault(resident_id, set()).add("\t".join(name))
    return found


def _known(
    resident: Resident, stays: tuple[KnownStay, ...], also: Mapping[UUID, set[str]], today: date
) -> KnownPerson:
    name = PersonName(resident.family_name, resident.given_name, resident.known_as)
    others = (PersonName(*text.split("\t")) for text in sorted(also.get(resident.pk, ())))
    return KnownPerson(
        key=str(resident.pk),
        name=name,
        birth=_birth(resident, today),
        ni_number=resident.national_number,
        ref=resident.reference,
        stays=stays,
        also=tuple(other for other in others if other != name),
    )


def _birth(resident: Resident, today: date) -> Birth:
    if resident.born_on:
        return Birth(resident.born_on, "", resident.born_on.year)
    if not resident.born_words:
        return Birth()
    read = parse_birth(resident.born_words, today=today).value or Birth()
    return replace(read, on=None)


def _rejected_people(scheme: Scheme) -> list[KnownPerson]:
    last = (
        ImportRun.objects.filter(scheme=scheme, applied_at__isnull=False)
        .order_by("-applied_at")
        .values_list("rejected_people", flat=True)
        .first()
    )
    return [
        KnownPerson(
            key=one["key"],
            name=PersonName(*one["name"]),
            birth=Birth(date.fromisoformat(one["born"]) if one["born"] else None),
            ref=one["ref"],
            row_rejected=True,
        )
        for one in last or ()
    ]


@dataclass(frozen=True, slots=True)
class Look:
    """One look through a file: the plan, and the place it was made for."""

    plan: ImportPlan
    setting: Setting
    source: SourceFile


def look_through(run: ImportRun, mappings: Mapping[str, SheetMapping] | None = None) -> Look:
    """The dry run of a file as the place stands now. Nothing is written."""
    source = source_of(run)
    tables = tables_in(source)
    used = mappings or mappings_of(run)
    setting = setting_of(run.scheme, tables, used)
    plan = plan_import(
        tables,
        used,
        register=register_of(run.scheme),
        answers=answers_at(run.scheme),
        today=run.scheme.today(),
        setting=setting,
    )
    return Look(replace(plan, rows=tuple(map(_taken_once, plan.rows))), setting, source)


def _taken_once(row: RowPlan) -> RowPlan:
    if row.verdict != Verdict.UPDATE or row.kind not in TAKEN_ONCE:
        return row
    reason = Reason("changed-since", row.sheet, row.row)
    return replace(row, verdict=Verdict.REJECTED, reasons=(reason,), record=None)


def mappings_of(run: ImportRun) -> dict[str, SheetMapping]:
    return {sheet: SheetMapping.from_json(kept) for sheet, kept in run.mappings.items()}


def still_asked(run: ImportRun, sheet: str) -> str:
    """What must still be said about a sheet before it can be read; nothing when all is said."""
    mapping = mappings_of(run)[sheet]
    if mapping.asks:
        return ASKS[mapping.asks[0]]
    needs = [
        " or ".join(f.label.lower() for name in need if (f := kinds()[mapping.kind].field(name)))
        for need in mapping.missing()
    ]
    return f"Now say which column holds: {'; '.join(needs)}." if needs else ""


def spelt_alike(text: str) -> str:
    """The form in which two ways of writing a name are one."""
    return squash(text)[:200]
