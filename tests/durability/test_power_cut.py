"""The power goes at any moment: nothing that somebody was told is saved is lost, nothing broken.

What the disk could hold is rebuilt from a record of everything that was asked of it.
"""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from tests.durability.compiling import library
from tests.durability.disk import Disk, cuts
from tests.durability.house import a_house, run
from tests.run import ROOT

CUTS = int(os.environ.get("ALONGSIDE_CUTS", "800"))
NOTES = 120
on_sqlite = pytest.mark.skipif(
    bool(os.environ.get("ALONGSIDE_DATABASE")), reason="SQLite’s own file is tried once"
)


def under_the_recorder(folder: Path, log: Path, **env: str) -> dict[str, str]:
    return {
        **os.environ, **env, "LD_PRELOAD": str(library("recorder")),
        "DISK_DIR": str(folder), "DISK_LOG": str(log),
    }  # fmt: skip


def lost_in(tmp_path: Path, statements: str, many: int) -> int:
    """In how many of so many cuts something was lost or broken, under those settings."""
    folder, log = tmp_path / "disk", tmp_path / "log"
    folder.mkdir()
    subprocess.run(
        [sys.executable, "-m", "tests.durability.plain", str(folder), "60", statements],
        cwd=ROOT, env=under_the_recorder(folder, log), check=True,
    )  # fmt: skip
    disk, lost = Disk(), 0
    for number, (_, way, chance) in enumerate(cuts(log, disk, many, seed=1)):
        image = tmp_path / f"image-{number}"
        image.mkdir()
        disk.cut(image, chance, way)
        lost += bool(disk.told) and not set(disk.told) <= what_is_in(image / "plain.sqlite")
        shutil.rmtree(image)
    assert len(disk.told) > 20
    return lost


def what_is_in(file: Path) -> set[str]:
    """The keys in a whole file; nothing where it is not whole."""
    line = sqlite3.connect(file)
    try:
        whole = line.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        return {str(key) for (key,) in line.execute("SELECT id FROM note")} if whole else set()
    except sqlite3.DatabaseError:
        return set()
    finally:
        line.close()


def the_houses_settings() -> str:
    return str(settings.DATABASES["default"]["OPTIONS"]["init_command"])


@pytest.mark.goal("G42")
@on_sqlite
def test_a_power_cut_loses_nothing_under_the_settings_of_the_house(tmp_path, tally) -> None:
    lost = lost_in(tmp_path, the_houses_settings(), many=60)
    tally(60 - lost, of=60)


@on_sqlite
def test_the_trial_finds_what_weaker_settings_lose(tmp_path) -> None:
    weaker = the_houses_settings().replace("synchronous=FULL", "synchronous=NORMAL")
    assert weaker != the_houses_settings()
    assert lost_in(tmp_path, weaker, many=60) > 10


@on_sqlite
def test_every_connection_of_the_house_has_these_settings(db) -> None:
    with connection.cursor() as cursor:
        found = [cursor.execute(f"PRAGMA {one}").fetchone()[0] for one in
                 ("journal_mode", "synchronous", "mmap_size", "foreign_keys")]  # fmt: skip
    assert found[0] in {"wal", "memory"}
    assert found[1:] == [2, 0, 1]


@pytest.mark.goal("G42")
@pytest.mark.slow
@on_sqlite
def test_a_power_cut_in_a_working_day_loses_nothing(tmp_path, tally) -> None:
    house = a_house(tmp_path / "house")
    before, log = tmp_path / "before", tmp_path / "log"
    shutil.copytree(house.folder, before)
    add = f"/file/{house.stay}/documents/add/"
    run(
        "tests.durability.recorded", house.session, house.write, add, str(NOTES),
        env=under_the_recorder(house.folder, log, **house.env),
    )  # fmt: skip
    told = json.loads(
        house.run("tests.durability.replaying", str(log), str(before), str(CUTS), "1")
    )
    assert told["wrong"] == []
    assert told["told"] > NOTES / 2
    tally(told["held"], of=CUTS)
