"""Applying a file: every row that was not rejected becomes a record, in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from alongside.audit.actors import Actor
from alongside.audit.operation import attempt, operation
from alongside.imports.models import ImportedRow, ImportRun, RememberedAnswer
from alongside.imports.operations.bringing import remember_mapping
from alongside.imports.operations.checks import applied_already, no_file
from alongside.imports.operations.looking import keep_look
from alongside.imports.plan import ImportPlan, RowPlan
from alongside.imports.queries import Look, look_through
from alongside.imports.register import KnownPerson
from alongside.imports.taking.intake import Intake, Taken
from alongside.imports.taking.rows import TAKE
from alongside.imports.verdicts import Reason, Verdict
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Staff
from alongside.practice.actions import Action
from alongside.residents.models import Resident
from alongside.residents.operations import propose_duplicate

EVERY = 20

type Tell = Callable[[int, int], None]


def cannot_be_applied(run: ImportRun) -> Refused | None:
    """Once, while the file is there, and when there is something in it."""
    if refusal := applied_already(run) or no_file(run):
        return refusal
    if run.to_bring:
        return None
    if run.count(Verdict.UNCHANGED) and not run.refused:
        return Refused(
            "Everything in this file is here already.", instead="There is nothing left to do."
        )
    return Refused(
        "There is nothing in this file to bring in.",
        instead="Say how its sheets are read, or mend what was rejected.",
    )


@operation("import.begun", needs=Action.IMPORT_RECORDS, unless=cannot_be_applied)
def begin_applying(run: ImportRun, *, by: Actor) -> ImportRun:
    """Say that applying begins now, so that everybody sees it is under way.

    Refused when it was applied already, the file is gone, or nothing in it can be brought in.
    """
    run.begun_at, run.stopped_because = clock.now(), ""
    run.save(update_fields=["begun_at", "stopped_because"])
    return run


@operation("import.stopped", needs=Action.IMPORT_RECORDS, unless=applied_already)
def stop_applying(run: ImportRun, *, by: Actor, because: str) -> ImportRun:
    """Record that applying came to nothing, and why. Refused when it was applied after all."""
    run.stopped_because = because
    run.save(update_fields=["stopped_because"])
    return run


@operation("import.applied", needs=Action.IMPORT_RECORDS, unless=cannot_be_applied)
def apply_import(run: ImportRun, *, by: Actor, tell: Tell | None = None) -> ImportRun:
    """Make every row that was not rejected a record of the room it belongs to; all or nothing.

    The file is looked through again first, as things stand now. A row that a room refuses is
    rejected with its words, like any other. `tell` hears how many rows are done, of how many.

    Refused when it was applied already, the file is gone, or nothing in it can be brought in.
    """
    look = look_through(run)
    intake = Intake.opened(run.scheme, by, look.plan)
    rows, taken = _take_all(look.plan, intake, tell)
    ImportedRow.objects.bulk_create(
        (_imported(run, row, what, look) for row, what in taken), batch_size=500
    )
    _propose_duplicates(look.plan, intake)
    _finish_answers(run, intake, look.plan)
    for mapping in look.plan.mappings.values():
        if mapping.kind:  # a sheet nobody asked for this time may be wanted the next
            remember_mapping(run.scheme, mapping)
    done = replace(look, plan=replace(look.plan, rows=rows))
    keep_look(run, done, dict(look.plan.mappings))
    run.rejected_people = [
        _rejected(p) for p in look.plan.register.people.values() if p.row_rejected
    ]
    run.applied_at = clock.now()
    run.begun_at = run.begun_at or run.applied_at
    run.applied_by = by if isinstance(by, Staff) else None
    run.stopped_because = ""
    run.save(
        update_fields=["rejected_people", "applied_at", "begun_at", "applied_by", "stopped_because"]
    )
    return run


def _take_all(
    plan: ImportPlan, intake: Intake, tell: Tell | None
) -> tuple[tuple[RowPlan, ...], list[tuple[RowPlan, Taken]]]:
    """Every row as it ended, and what those that were taken in became."""
    ended: list[RowPlan] = []
    taken: list[tuple[RowPlan, Taken]] = []
    for number, row in enumerate(plan.rows):
        if tell and number % EVERY == 0:
            tell(number, len(plan.rows))
        if row.record is None:
            ended.append(row)
            continue
        try:
            with attempt():
                what = TAKE[row.kind](row.record, row, intake)
        except Refused as refusal:
            ended.append(_refused(row, refusal))
        else:
            ended.append(row)
            taken.append((row, what))
    return tuple(ended), taken


def _refused(row: RowPlan, refusal: Refused) -> RowPlan:
    reason = Reason("refused", row.sheet, row.row, told=(refusal.because, refusal.instead))
    return replace(row, verdict=Verdict.REJECTED, reasons=(reason,), record=None)


def _imported(run: ImportRun, row: RowPlan, what: Taken, look: Look) -> ImportedRow:
    record: Any = row.record
    return ImportedRow(
        scheme=run.scheme,
        run=run,
        sheet=row.sheet[:120],
        number=row.row,
        kind=row.kind,
        identity=record.identity[:400],
        fingerprint=row.fingerprint,
        resident=what.resident,
        stay=what.stay,
        record_type=what.record._meta.label,
        record_id=what.record.pk,
        kept=dict(what.kept),
        name=_name_in(record, what.resident),
    )


def _name_in(record: Any, resident: Resident | None) -> list[str]:
    """The name a row bore, when it is not the one on file."""
    name = getattr(record, "name", None)
    if name is None or resident is None:
        return []
    told = [name.surname, name.forenames, name.known_as]
    on_file = [resident.family_name, resident.given_name, resident.known_as]
    return [] if told == on_file else told


def _propose_duplicates(plan: ImportPlan, intake: Intake) -> None:
    for pair in plan.duplicates:
        one, other = intake.residents.get(pair.one), intake.residents.get(pair.other)
        if one and other and one.pk != other.pk:
            propose_duplicate(intake.scheme, by=intake.by, one=one, other=other, why=pair.why[:200])


def _finish_answers(run: ImportRun, intake: Intake, plan: ImportPlan) -> None:
    """Answers that named somebody who was not on file yet now point to their file."""
    waiting = RememberedAnswer.objects.filter(scheme=run.scheme, resident=None)
    for answer in waiting:
        spelt = [p for p in plan.register.spelt(answer.name) if p.birth.on == answer.born_on]
        if len(spelt) == 1 and (resident := intake.residents.get(spelt[0].key)):
            answer.resident = resident
            answer.save(update_fields=["resident"])


def _rejected(person: KnownPerson) -> dict[str, Any]:
    name = person.name
    return {
        "key": person.key,
        "name": [name.surname, name.forenames, name.known_as],
        "born": person.birth.on.isoformat() if person.birth.on else "",
        "ref": person.ref,
    }
