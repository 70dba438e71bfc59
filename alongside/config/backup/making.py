"""Makes a backup: a consistent picture of the database while others write, and the files."""

from __future__ import annotations

import hashlib
import io
import json
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.db import connection, connections, transaction
from django.db.migrations.recorder import MigrationRecorder

from alongside.config.backup.rows import lines, tables
from alongside.config.backup.sealed import Sealing
from alongside.kit import clock
from alongside.kit.certain import on_the_disk

PICTURE = "picture"
MANIFEST, ROWS, FILES = "manifest.json", "rows", "files"


def make_backup(to: Path, passphrase: str) -> dict[str, Any]:
    """Write everything into one encrypted file; returns what it holds. Never half a file."""
    to.parent.mkdir(parents=True, exist_ok=True)
    half = to.with_name(f"{to.name}.half")
    with (
        half.open("wb") as file,
        Sealing(file, passphrase) as sealing,
        tarfile.open(fileobj=cast("Any", sealing), mode="w|") as tar,
    ):
        manifest = _everything(tar)
        _add(tar, MANIFEST, json.dumps(manifest, sort_keys=True).encode())
    on_the_disk(half)
    half.replace(to)
    on_the_disk(to)
    return manifest


def _everything(tar: tarfile.TarFile) -> dict[str, Any]:
    rows: dict[str, dict[str, Any]] = {}
    with picture() as using:
        applied = sorted(MigrationRecorder(connections[using]).applied_migrations())
        for model in tables():
            rows[model._meta.db_table] = _table(tar, model, using)
    return {
        "at": clock.now().isoformat(),
        "engine": connection.vendor,
        "migrations": [list(one) for one in applied],
        "rows": rows,
        "files": dict(_files(tar)),
    }


def _table(tar: tarfile.TarFile, model: Any, using: str) -> dict[str, Any]:
    sum_, many = hashlib.sha256(), 0
    with tempfile.TemporaryFile() as kept:
        for line in lines(model, using):
            told = line.encode() + b"\n"
            sum_.update(told)
            kept.write(told)
            many += 1
        entry = tarfile.TarInfo(f"{ROWS}/{model._meta.db_table}.jsonl")
        entry.size = kept.tell()
        kept.seek(0)
        tar.addfile(entry, kept)
    return {"rows": many, "sha256": sum_.hexdigest()}


def _files(tar: tarfile.TarFile) -> Iterator[tuple[str, str]]:
    folder = Path(settings.MEDIA_ROOT)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            name = path.relative_to(folder).as_posix()
            data = path.read_bytes()
            _add(tar, f"{FILES}/{name}", data)
            yield name, hashlib.sha256(data).hexdigest()


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = len(data)
    tar.addfile(entry, io.BytesIO(data))


@contextmanager
def picture() -> Iterator[str]:
    """The alias of a database that stands still: everything as it was at one instant."""
    with tempfile.TemporaryDirectory(prefix="alongside-backup-") as folder:
        known = dict(connections[connection.alias].settings_dict)
        if connection.vendor == "sqlite":
            known["NAME"] = str(Path(folder) / "picture.sqlite")
            _copy(known["NAME"])
        else:
            from psycopg import IsolationLevel

            known["OPTIONS"] = {
                **known["OPTIONS"], "isolation_level": IsolationLevel.REPEATABLE_READ,
            }  # fmt: skip
        connections.databases[PICTURE] = known
        try:
            with transaction.atomic(using=PICTURE):
                yield PICTURE
        finally:
            connections[PICTURE].close()
            del connections[PICTURE]
            del connections.databases[PICTURE]


def _copy(to: str) -> None:
    """SQLite's own online backup, in steps, so that writers are not held up."""
    import sqlite3

    connection.ensure_connection()
    target = sqlite3.connect(to)
    try:
        raw: Any = connection.connection
        raw.backup(target, pages=2_000)
    finally:
        target.close()
