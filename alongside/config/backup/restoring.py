"""Puts a backup back into an empty database, of either engine, and checks every row of it."""

from __future__ import annotations

import hashlib
import json
import tarfile
from collections.abc import Iterator
from itertools import batched
from pathlib import Path, PurePosixPath
from typing import Any, cast

from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from alongside.audit.reading import forget_what_was_told
from alongside.audit.verifying import verify
from alongside.config.backup.making import FILES, MANIFEST, ROWS
from alongside.config.backup.rows import made_of, row_hashes, tables
from alongside.config.backup.sealed import Opening
from alongside.kit.certain import on_the_disk
from alongside.organisation.models import Organisation

AT_ONCE = 500


class NotRestored(Exception):
    """Why a backup was not put back. The database is as it was."""


def restore(source: Path, passphrase: str) -> dict[str, Any]:
    """Fill an empty database from a backup; returns its manifest. All of it, or nothing.

    Raises `NotRestored` when there are records already, or a row, a file or the journal is not
    what the backup says; `WrongKey` for another passphrase or a file that was changed.
    """
    call_command("migrate", verbosity=0, interactive=False)
    if Organisation.objects.exists():
        raise NotRestored("There are records in this database already. Restore into an empty one.")
    with transaction.atomic():
        manifest = _fill(source, passphrase)
        _check(manifest)
    forget_what_was_told()
    return manifest


def _fill(source: Path, passphrase: str) -> dict[str, Any]:
    known = {model._meta.db_table: model for model in tables()}
    manifest: dict[str, Any] = {}
    with (
        source.open("rb") as file,
        Opening(file, passphrase) as opening,
        tarfile.open(fileobj=cast("Any", opening), mode="r|") as tar,
    ):
        for entry in tar:
            kind, _, name = entry.name.partition("/")
            content = tar.extractfile(entry)
            if content is None:
                continue
            if entry.name == MANIFEST:
                manifest = json.loads(content.read())
            elif kind == ROWS:
                _put(known, name.removesuffix(".jsonl"), content)
            elif kind == FILES:
                _place(name, content.read())
    _go_on_counting()
    return manifest


def _put(known: dict[str, Any], table: str, content: Any) -> None:
    if table not in known:
        raise NotRestored(f"The backup has a table {table}, this version does not.")
    model = known[table]
    made = (made_of(model, line.decode()) for line in content)
    for some in batched(made, AT_ONCE, strict=False):
        model._base_manager.bulk_create(some)


def _place(name: str, data: bytes) -> None:
    parts = PurePosixPath(name).parts
    if not parts or ".." in parts or name.startswith("/"):
        raise NotRestored(f"The backup has a file outside its folder: {name}.")
    path = Path(settings.MEDIA_ROOT).joinpath(*parts)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    on_the_disk(path, within=Path(settings.MEDIA_ROOT))


def _go_on_counting() -> None:
    """Keys that the engine counts go on behind the highest that was put back."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), tables()):
            cursor.execute(statement)


def _check(manifest: dict[str, Any]) -> None:
    if not manifest:
        raise NotRestored("The backup says nothing of what it holds.")
    wrong = [*_wrong_rows(manifest), *_wrong_files(manifest)]
    wrong += [str(one) for one in verify().faults]
    if wrong:
        raise NotRestored(f"Not what the backup says: {', '.join(wrong[:5])}.")


def _wrong_rows(manifest: dict[str, Any]) -> Iterator[str]:
    here = row_hashes()
    for table, said in manifest["rows"].items():
        if here.get(table) != said["sha256"]:
            yield table


def _wrong_files(manifest: dict[str, Any]) -> Iterator[str]:
    for name, said in manifest["files"].items():
        path = Path(settings.MEDIA_ROOT) / name
        if not path.is_file() or hashlib.sha256(path.read_bytes()).hexdigest() != said:
            yield name
