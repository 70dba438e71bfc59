"""Cuts the power many times over a recorded day: `replaying.py LOG BEFORE CUTS SEED`.

Every picture of the disk must open, be whole, verify, and hold everything that had been told to
somebody outside. Says on its last line, as JSON, how many cuts held and what went wrong first.
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sys
from pathlib import Path
from typing import Any

import django

from tests.durability.disk import Disk, cuts
from tests.durability.judging import judge


def main(log: str, before: str, many: str, seed: str) -> None:
    django.setup()
    sys.stdout.write(json.dumps(replayed(Path(log), Path(before), int(many), int(seed))) + "\n")


def replayed(log: Path, before: Path, many: int, seed: int) -> dict[str, Any]:
    from django.conf import settings
    from django.db import connection

    disk, held, wrong = Disk(before), 0, list[str]()
    for moment, way, chance in cuts(log, disk, many, seed):
        connection.close()
        shutil.rmtree(settings.VAR, ignore_errors=True)
        disk.cut(Path(settings.VAR), chance, way)
        faults = _faults(disk.told, Path(settings.MEDIA_ROOT))
        held += not faults
        wrong += [f"after {moment} ({way}): {one}" for one in faults]
    return {"held": held, "told": len(disk.told), "wrong": wrong[:5]}


def _faults(told: list[str], media: Path) -> list[str]:
    """What is broken, and what somebody was told is saved and is not."""
    try:
        left = judge()
    except Exception as fault:  # whatever a broken file makes of it
        return [repr(fault)]
    papers = {
        hashlib.sha256(one.read_bytes()).hexdigest() for one in media.rglob("*") if one.is_file()
    }
    here = {*left["texts"], *(f"paper {one}" for one in papers)}
    return [*left["faults"], *(f"lost: {one}" for one in told if one not in here)]


if __name__ == "__main__":
    main(*sys.argv[1:])
