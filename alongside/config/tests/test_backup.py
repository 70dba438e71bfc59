"""A backup puts back every row, into either engine, and nothing with a wrong key."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import threading
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, cast
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from alongside.config.backup.rows import row_hashes, tables
from alongside.config.backup.sealed import Opening, Sealing, WrongKey
from alongside.keywork.operations import write_note
from alongside.kit import wall
from alongside.retention.operations import erase, propose_erasure
from alongside.stays.models import Stay
from alongside.testing.cast import assemble
from tests.house.things import THINGS

KEY = "correct horse battery"
ROOT = Path(__file__).resolve().parents[3]
TOLD = """
import json, sys, django
django.setup()
from alongside.config.backup.rows import row_hashes
from alongside.audit.verifying import verify
from alongside.kit import wall
with wall.everybody("a test"):
    print(json.dumps({"rows": row_hashes(), "faults": [str(one) for one in verify().faults]}))
"""


def elsewhere(folder: Path, *command: str, database: str = "", key: str = KEY):
    """Run a command of ours on another machine: a folder, and perhaps a database, of its own."""
    env = {**os.environ, "ALONGSIDE_VAR": str(folder), "ALONGSIDE_BACKUP_KEY": key}
    env["ALONGSIDE_DATABASE"] = database or f"sqlite:///{folder}/alongside.sqlite"
    folder.mkdir(parents=True, exist_ok=True)
    return subprocess.run(  # noqa: S603
        [sys.executable, *command], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )


def restored(folder: Path, kept: Path, *, database: str = "", key: str = KEY):
    return elsewhere(
        folder, "-m", "alongside.config.command", "restore", str(kept), database=database, key=key
    )


def told_by(folder: Path, database: str = "") -> dict[str, Any]:
    done = elsewhere(folder, "-c", TOLD, database=database)
    assert done.returncode == 0, done.stderr[-2000:]
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def here() -> str:
    """The address of the database of this test."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    address = urlsplit(os.environ["ALONGSIDE_DATABASE"])
    return urlunsplit(address._replace(path=f"/{name}"))


def backed_up(folder: Path) -> Path:
    """A backup of the database of this test, made by the command."""
    kept = folder / "kept.backup"
    done = elsewhere(folder, "-m", "alongside.config.command", "backup", str(kept), database=here())
    assert done.returncode == 0, done.stderr[-2000:]
    return kept


def manifest_of(kept: Path) -> dict[str, Any]:
    with (
        kept.open("rb") as file,
        Opening(file, KEY) as opening,
        tarfile.open(fileobj=cast("Any", opening), mode="r|") as tar,
    ):
        for entry in tar:
            if entry.name == "manifest.json":
                return dict(json.loads(cast("Any", tar.extractfile(entry)).read()))
    raise AssertionError("There is no manifest.")


def row_of(kept: Path, table: str) -> str:
    """The rows of one table, as they lie in a backup."""
    with (
        kept.open("rb") as file,
        Opening(file, KEY) as opening,
        tarfile.open(fileobj=cast("Any", opening), mode="r|") as tar,
    ):
        for entry in tar:
            if entry.name == f"rows/{table}.jsonl":
                return str(cast("Any", tar.extractfile(entry)).read().decode())
    raise AssertionError(f"There is no {table}.")


def a_house():
    cast = assemble()
    for name in (
        "note_id",
        "booking_id",
        "plan_id",
        "money pk",
        "sharing pk",
        "sealed_id",
        "export_id",
    ):
        THINGS[name](cast)
    return cast


def a_full_house():
    """One of everything that any address names, as in a demonstration."""
    cast = assemble()
    for make in THINGS.values():
        # Some never are at once, such as two proposals to erase one file.
        with suppress(Exception), transaction.atomic():
            make(cast)
    return cast


def test_a_sealed_stream_comes_back_and_no_byte_of_it_can_differ(tmp_path) -> None:
    kept, plain = tmp_path / "x", os.urandom(3_000_000)
    with kept.open("wb") as file, Sealing(file, KEY) as sealing:
        sealing.write(plain)
    with kept.open("rb") as file:
        assert Opening(file, KEY).read() == plain
    sealed = kept.read_bytes()
    for changed in (sealed[:-20], sealed[:500] + b"x" + sealed[501:], sealed[:-1] + b"x"):
        kept.write_bytes(changed)
        with kept.open("rb") as file, pytest.raises(WrongKey):
            Opening(file, KEY).read()


@pytest.mark.goal("G53")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_backup_under_load_restores_to_the_same_rows(tmp_path, tally) -> None:
    cast = a_house()
    going = threading.Event()
    writing = threading.Thread(target=_write_on, args=(cast, going), daemon=True)
    writing.start()
    going.wait(10)
    kept = backed_up(tmp_path)
    going.clear()
    writing.join(30)
    manifest = manifest_of(kept)

    done = restored(tmp_path / "new", kept)
    assert done.returncode == 0, done.stderr[-2000:]
    told = told_by(tmp_path / "new")
    same = sum(told["rows"][table] == said["sha256"] for table, said in manifest["rows"].items())
    assert told["faults"] == []
    tally(same, of=len(manifest["rows"]))


def _write_on(cast, going: threading.Event) -> None:
    number = 0
    going.set()
    try:
        while going.is_set():
            with wall.within(cast.organisation.pk):
                write_note(cast.tomasz, by=cast.amina, kind="informal", text=f"Note {number}")
            number += 1
    finally:
        connection.close()


@pytest.mark.goal("G53")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_wrong_key_and_a_database_that_is_not_empty_are_refused(tmp_path, monkeypatch) -> None:
    a_house()
    kept = backed_up(tmp_path)
    assert b"Tomasz" not in kept.read_bytes()

    done = restored(tmp_path / "new", kept, key="wrong")
    assert done.returncode != 0
    assert "passphrase" in done.stderr
    monkeypatch.setenv("ALONGSIDE_BACKUP_KEY", KEY)
    with pytest.raises(CommandError, match="records in this database already"):
        call_command("restore", str(kept))
    monkeypatch.delenv("ALONGSIDE_BACKUP_KEY")
    with pytest.raises(CommandError, match="No passphrase"):
        call_command("backup", str(kept))


WHO = """
import django
django.setup()
from alongside.audit.verifying import verify
from alongside.residents.models import Resident
from alongside.retention.models import Erasure
from alongside.rights.models import Sealed
from alongside.kit import wall
with wall.everybody("a test"):
    print(sorted(Resident.objects.values_list("given_name", flat=True)), Erasure.objects.count(),
          [one.words for one in Sealed.objects.all()], [str(one) for one in verify().faults])
"""


@pytest.mark.goal("G53", "G39")
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_whoever_was_erased_stays_erased_when_an_older_backup_is_put_back(
    tmp_path, settings
) -> None:
    """The list of erasures lies beside the database, and goes along with what is carried away."""
    settings.VAR = settings.MEDIA_ROOT = tmp_path / "old"
    cast = a_house()
    kept = backed_up(tmp_path)
    Stay.objects.filter(pk=cast.tomasz.pk).update(
        moved_in_on=date(2010, 3, 1), moved_out_on=date(2011, 3, 1), ended_by=cast.grace,
        left_because="planned",
    )  # fmt: skip
    left = Stay.objects.select_related(*Stay.LOCK_WITH).get(pk=cast.tomasz.pk)
    erase(propose_erasure(left, by=cast.amina), by=cast.grace)
    listed = (tmp_path / "old" / "erasures.jsonl").read_text(encoding="utf-8")
    assert "Tomasz" not in listed

    assert str(cast.tomasz.resident_id) in row_of(kept, "residents_resident"), "It is older."

    after = tmp_path / "with the list"
    after.mkdir()
    (after / "erasures.jsonl").write_text(listed, encoding="utf-8")
    done = restored(after, kept)
    assert "1 erasures repeated" in done.stdout, done.stderr[-2000:]
    who = elsewhere(after, "-c", WHO).stdout
    assert "Tomasz" not in who
    assert who.strip().endswith("1 [] []")


@pytest.mark.goal("G55")
@pytest.mark.slow
@pytest.mark.skipif(
    bool(os.environ.get("ALONGSIDE_DATABASE")), reason="moved once, from SQLite and back"
)
@pytest.mark.django_db(transaction=True)
def test_from_sqlite_to_postgresql_and_back_every_row_is_the_same(
    tmp_path, tally, monkeypatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))  # the server that is lent to us asks
    from tests.run import a_postgresql

    a_full_house()
    before = row_hashes()
    filled = sum(one._base_manager.exists() for one in tables())
    assert filled > 60
    kept = backed_up(tmp_path)
    with a_postgresql() as address:
        there = tmp_path / "postgresql"
        done = restored(there, kept, database=address)
        assert done.returncode == 0, done.stderr[-2000:]
        moved = told_by(there, database=address)
        back = elsewhere(
            there, "-m", "alongside.config.command", "move-database",
            f"sqlite:///{tmp_path}/back.sqlite", database=address,
        )  # fmt: skip
        assert back.returncode == 0, back.stderr[-2000:]
    again = told_by(tmp_path / "back", database=f"sqlite:///{tmp_path}/back.sqlite")
    assert moved["faults"] == again["faults"] == []
    same = sum(before[one] == moved["rows"][one] == again["rows"][one] for one in before)
    tally(same, of=len(before))
