"""Bringing a file, saying how its sheets are read and who its names are."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import PurePath

from django.core.files.base import ContentFile

from alongside.audit.actors import Actor
from alongside.audit.operation import operation
from alongside.documents.gate import require_harmless, safe_name
from alongside.imports import queries
from alongside.imports.mapped import SheetMapping
from alongside.imports.models import (
    ImportRun,
    RememberedAnswer,
    RememberedMapping,
    RememberedWorker,
)
from alongside.imports.operations.checks import applied_already, no_file
from alongside.imports.operations.letting_go import let_old_files_go
from alongside.imports.operations.looking import keep_look
from alongside.imports.queries import look_through, spelt_alike
from alongside.imports.reading.apart import read_file_apart
from alongside.imports.reading.sheets import Unreadable
from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.actions import Action


def cannot_be_read_again(run: ImportRun) -> Refused | None:
    """A file is read differently only before it is applied, and while it is there."""
    return applied_already(run) or no_file(run)


# Sheets without headings are alike only in how many columns they have.
LETTERS_ALONE = re.compile(r"column[a-z]+(?:\|column[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Said:
    """Who a name in a file means: somebody on file (`key`), or a full name with the birthday.

    `fingerprint` narrows it to one row. `key` counts only when it is a resident's.
    """

    text: str
    name: str
    key: str = ""
    born: date | None = None
    fingerprint: str = ""


@operation("import.started", needs=Action.IMPORT_RECORDS)
def start_import(
    scheme: Scheme, *, by: Actor, name: str, content: bytes, sheets: Sequence[str] = ()
) -> ImportRun:
    """Take in a file, guess how its sheets are read, and look through it. Nothing is applied.

    `sheets` names the only sheets to read; all of them when it is left out. Files of earlier
    imports that are due to be let go are let go.

    Refused when it is empty, too large, or neither a workbook nor text with columns.
    """
    let_old_files_go(scheme, by=by)
    name = safe_name(name)
    require_harmless(content, field="file")
    try:
        source = read_file_apart(name, content, queries.limits_at(scheme))
    except Unreadable as unreadable:
        raise Refused(unreadable.because, instead=unreadable.instead, field="file") from unreadable
    tables = queries.tables_of(source)
    if not tables:
        raise Refused(
            "Nothing in this file looks like a table with a heading.",
            instead="Put a heading above each column, such as Name and Moved in, and try again.",
            field="file",
        )
    _require_sheets(sheets, [table.name for table in tables])
    digest = hashlib.sha256(content).hexdigest()
    mappings = queries.guessed(scheme, tables, digest)
    if sheets:
        mappings = {n: m if n in sheets else _left_out(m) for n, m in mappings.items()}
    run = ImportRun(
        scheme=scheme,
        file_name=PurePath(name).name[:200],
        digest=digest,
        size=len(content),
        mappings={sheet: mapping.to_json() for sheet, mapping in mappings.items()},
        recorded_by=by if isinstance(by, Staff) else None,
    )
    run.file.save("file", ContentFile(content), save=False)
    run.save(force_insert=True)
    keep_look(run, look_through(run, mappings), mappings)
    return run


@operation("import.mapped", needs=Action.IMPORT_RECORDS, unless=cannot_be_read_again)
def map_sheets(run: ImportRun, *, by: Actor, mappings: Mapping[str, SheetMapping]) -> ImportRun:
    """Say how these sheets are read, remember it for the next file, and look through it again.

    Other sheets with the same headings, one for each month, say, are then read the same way.

    Refused when the import was applied, or the file has been let go.
    """
    used = {**queries.mappings_of(run), **mappings}
    used |= _read_alike(run, used, mappings)
    for mapping in mappings.values():
        remember_mapping(run.scheme, mapping)
    keep_look(run, look_through(run, used), used)
    return run


@operation("import.names_answered", needs=Action.IMPORT_RECORDS, unless=cannot_be_read_again)
def answer_names(run: ImportRun, *, by: Actor, answers: Sequence[Said]) -> ImportRun:
    """Say who names in the file are, remember it for every later file, and look again.

    One name may mean two people: the one staying on the day is taken.

    Refused when the import was applied, or the file has been let go.
    """
    for said in answers:
        RememberedAnswer.objects.get_or_create(
            scheme=run.scheme,
            text_key=spelt_alike(said.text),
            fingerprint=said.fingerprint,
            who_key=f"{spelt_alike(said.name)}|{said.born or ''}|{said.key}",
            defaults={
                "text": said.text[:200],
                "resident_id": said.key or None,
                "name": said.name[:400],
                "born_on": said.born,
                "answered_by": by if isinstance(by, Staff) else None,
            },
        )
    keep_look(run, look_through(run), queries.mappings_of(run))
    return run


@operation("import.workers_answered", needs=Action.IMPORT_RECORDS, unless=cannot_be_read_again)
def answer_workers(run: ImportRun, *, by: Actor, answers: Mapping[str, Staff | None]) -> ImportRun:
    """Say which member of staff workers in the file are, remember it, and look again.

    Nobody, for one who is not on the staff list. What was said last counts.

    Refused when the import was applied, or the file has been let go.
    """
    for text, staff in answers.items():
        RememberedWorker.objects.update_or_create(
            scheme=run.scheme,
            text_key=spelt_alike(text),
            defaults={
                "text": text[:200],
                "staff": staff,
                "answered_by": by if isinstance(by, Staff) else None,
            },
        )
    keep_look(run, look_through(run), queries.mappings_of(run))
    return run


@operation("import.looked_through", needs=Action.IMPORT_RECORDS, unless=cannot_be_read_again)
def look_again(run: ImportRun, *, by: Actor) -> ImportRun:
    """Look through the file again, because something here has changed since.

    Refused when the import was applied, or the file has been let go.
    """
    keep_look(run, look_through(run), queries.mappings_of(run))
    return run


def remember_mapping(scheme: Scheme, mapping: SheetMapping) -> None:
    digest = hashlib.sha256(mapping.signature.encode()).hexdigest()
    RememberedMapping.objects.update_or_create(
        scheme=scheme,
        sheet_key=spelt_alike(mapping.sheet)[:120],
        signature_digest=digest,
        defaults={
            "kind": mapping.kind,
            "mapping": replace(mapping, starts="", year=0, year_from="", asks=()).to_json(),
            "recorded_at": clock.now(),
        },
    )


def _read_alike(
    run: ImportRun, used: Mapping[str, SheetMapping], said: Mapping[str, SheetMapping]
) -> dict[str, SheetMapping]:
    """Sheets with the headings of one that was just said; not hidden ones, nor those left out."""
    hidden = {one["sheet"] for one in run.notices if one["what"] == "hidden sheet"}
    refused = {
        (kept.sheet, kept.signature)
        for kept in queries.remembered_mappings(run.scheme)
        if not kept.kind
    }
    return {
        name: replace(told, sheet=name)
        for told in said.values()
        if told.kind and not LETTERS_ALONE.fullmatch(told.signature)
        for name, kept in used.items()
        if name not in said and name not in hidden and kept.signature == told.signature
        if (name, kept.signature) not in refused
    }


def _left_out(mapping: SheetMapping) -> SheetMapping:
    return SheetMapping(mapping.sheet, "", mapping.columns, mapping.signature)


def _require_sheets(asked: Sequence[str], there: Sequence[str]) -> None:
    for sheet in asked:
        if sheet not in there:
            raise Refused(
                f"There is no sheet “{sheet}” with a table in this file.",
                instead=f"Choose from: {', '.join(there)}.",
                field="sheet",
            )
