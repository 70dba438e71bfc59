"""Takes somebody out of every table, and empties what the journal said of them.

It is called by one operation, inside its transaction, with the permit of two people. What is left:
that it was done, by whom and why (`Erasure`), and the links of the journal without their words.
"""

from __future__ import annotations

import errno
import json
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import batched
from pathlib import Path
from typing import Any
from uuid import UUID

from django.apps import apps
from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import Q

from alongside.audit.models import Once, Payload, Permit
from alongside.drafts.models import Draft
from alongside.drafts.naming import keys_in
from alongside.kit.certain import written_out
from alongside.kit.refusal import Refused
from alongside.retention.models import Erasure
from alongside.retention.person import (
    AT_ONCE,
    belongings,
    keys_of,
    loose_rows,
    mentions_of,
)

LIST = "erasures.jsonl"
ROOM = 64 * 1024
"""Bytes that must be free beside the list before somebody is erased: many times one line."""


def erase_person(erasure: Erasure, *, approved_by: UUID, again: bool = False) -> dict[str, int]:
    """Erase everything of the person; how many rows went, by table. Files go after the commit."""
    if not again:
        require_room_on_the_list()
    resident_id = erasure.resident_id
    keys = keys_of(resident_id)
    theirs = [
        (one.model, list(one.of(resident_id).values_list("pk", flat=True))) for one in belongings()
    ]
    files = [path for model, rows in theirs for path in files_of(model, rows)]
    files += _let_go_of_imports(resident_id)
    permit = Permit.objects.create(
        erasure_id=erasure.pk, asked_by_id=erasure.asked_by_id, approved_by_id=approved_by
    )
    counts: dict[str, int] = {}
    _forget_mentions(resident_id)
    count(counts, Draft, _forget_drafts(keys))
    for rows in loose_rows(keys):
        count(counts, rows.model, rows._raw_delete(rows.db))
    for model, pks in theirs:
        for some in batched(pks, AT_ONCE, strict=False):
            gone = model._base_manager.filter(pk__in=some)
            count(counts, model, gone._raw_delete(gone.db))
    _empty_the_journal(keys, erasure.pk)
    permit.delete()
    _compact_the_words()
    transaction.on_commit(lambda: afterwards(files, _as_told(erasure), tell=not again))
    return counts


def erased_before() -> Iterator[dict[str, Any]]:
    """Every erasure this installation knows of, also one that a backup does not."""
    path = Path(settings.VAR) / LIST
    if path.exists():
        for line in path.read_text(encoding="utf-8").splitlines():
            yield json.loads(line)


def count(counts: dict[str, int], model: type[models.Model], gone: int) -> None:
    """Add to how many rows went of a table."""
    if gone:
        counts[model._meta.label] = counts.get(model._meta.label, 0) + gone


def _forget_mentions(resident_id: UUID) -> None:
    for rows in mentions_of(resident_id):
        for label in ("partner",):
            rows.update(**{label: None, "both_agreed_on": None})


def _forget_drafts(keys: set[UUID]) -> int:
    """What colleagues had begun to write about them: a draft names what it is about in its form."""
    about = [
        pk for pk, form, at in Draft.objects.values_list("pk", "form", "at")
        if any(key in keys for key in keys_in(f"{form} {at}"))
    ]  # fmt: skip
    return sum(
        Draft.objects.filter(pk__in=some).delete()[0]
        for some in batched(about, AT_ONCE, strict=False)
    )


def _empty_the_journal(keys: set[UUID], erasure_id: UUID) -> None:
    for some in batched(sorted(keys), AT_ONCE, strict=False):
        about = Q(entry__subject_id__in=some) | Q(entry__record_id__in=some)
        told = Payload.objects.filter(about, erased_by=None).values_list("pk", flat=True)
        for pks in batched(list(told), AT_ONCE, strict=False):
            Payload.objects.filter(pk__in=pks).update(values={}, salt="", erased_by=erasure_id)
        Once.objects.filter(record_id__in=some).delete()


def files_of(model: type[models.Model], rows: Iterable[Any]) -> Iterator[Any]:
    """The files that hang on these rows, by their keys."""
    fields = [one for one in model._meta.concrete_fields if isinstance(one, models.FileField)]
    for field in fields:
        for some in batched(rows, AT_ONCE, strict=False):
            for record in model._base_manager.filter(pk__in=some).exclude(**{field.name: ""}):
                yield getattr(record, field.attname)


def _let_go_of_imports(resident_id: UUID) -> list[Any]:
    """The spreadsheets this person came in with: their files, and what was remembered of rows."""
    imported = apps.get_model("imports.ImportedRow")._base_manager.filter(
        Q(resident=resident_id) | Q(stay__resident=resident_id)
    )
    runs, verdicts = (
        apps.get_model(f"imports.{name}")._base_manager for name in ("ImportRun", "RowVerdict")
    )
    files = []
    for run in runs.filter(pk__in=imported.values("run")):
        files += [one for one in (run.file, run.rejected) if one]
        runs.filter(pk=run.pk).update(
            file="", rejected="", notices=[], questions=[], duplicates=[], rejected_people=[]
        )
    for run_id, sheet, number in list(imported.values_list("run", "sheet", "number")):
        verdicts.filter(run=run_id, sheet=sheet, number=number).delete()
    return files


def _compact_the_words() -> None:
    """The search index of SQLite keeps words in old segments until they are merged."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO moments_text(moments_text) VALUES ('optimize')")


def afterwards(files: Iterable[Any], said: dict[str, str], *, tell: bool) -> None:
    """Once it is certain: the files go, and the list is told what a backup has to repeat."""
    for one in files:
        one.storage.delete(one.name)
    if tell:
        _tell_the_list(said)
    if connection.vendor == "sqlite" and not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _as_told(erasure: Erasure) -> dict[str, str]:
    """What a restored backup needs to repeat it. Keys and the rule; nobody's name."""
    return {
        "erasure": str(erasure.pk), "person": str(erasure.resident_id),
        "scheme": str(erasure.scheme_id), "rule": erasure.rule, "rule_says": erasure.rule_says,
        "source": erasure.source, "due_on": erasure.due_on.isoformat(),
        "asked_by": str(erasure.asked_by_id), "answered_by": str(erasure.answered_by_id),
    }  # fmt: skip


def require_room_on_the_list() -> None:
    """Nobody is erased whom a restored backup would bring back unnoticed: where the list of
    erasures cannot be written, the erasure is refused before it begins."""
    path = Path(settings.VAR) / LIST
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
        there = os.statvfs(path)
        if stat.S_ISREG(path.stat().st_mode) and there.f_bavail * there.f_frsize >= ROOM:
            return
        why = os.strerror(errno.ENOSPC)
    except OSError as full:
        why = str(full.strerror or full)
    raise Refused(
        f"The list of erasures cannot be written: {why}.",
        instead=f"Nothing was erased. Make room in {path.parent}, and try again.",
    )


def _tell_the_list(said: dict[str, str]) -> None:
    path = Path(settings.VAR) / LIST
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8") as kept:
        kept.write(json.dumps(said) + "\n")
        written_out(kept)
