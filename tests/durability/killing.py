"""Writers that are killed in the middle: `killing.py LEDGER NOTES KILLS`.

Two processes write notes for Amina at once, and tell a ledger of each that is saved. One of them
is killed again and again, at a moment nobody chose, and another takes its place.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
import time_machine

from alongside.kit import wall
from tests.durability.filling import NOON

WRITERS = 2
PATIENCE = 1200


def main(ledger: str, notes: str, kills: str) -> None:
    with time_machine.travel(NOON), wall.everybody("writers, killed as they write"):
        django.setup()
        import_module("alongside.testing.cast")  # everything a writer needs, before it forks
        told, chance = Path(ledger), random.Random(int(kills))
        told.touch()
        writers = [_forked(told) for _ in range(WRITERS)]
        for number in range(1, int(kills) + 1):
            _wait(told, int(notes) * number // int(kills))
            time.sleep(chance.random() * 0.05)
            _killed(writers.pop(number % WRITERS))
            writers.append(_forked(told))
        for one in writers:
            _killed(one)
    sys.stdout.write(f"{kills}\n")


def _wait(told: Path, notes: int) -> None:
    ends = time.monotonic() + PATIENCE
    while _lines(told) < notes:
        if time.monotonic() > ends:
            raise SystemExit(f"The writers were told of {_lines(told)} notes only.")
        time.sleep(0.01)


def _lines(told: Path) -> int:
    return told.read_bytes().count(b"\n")


def _killed(writer: int) -> None:
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)


def _forked(told: Path) -> int:
    writer = os.fork()
    if writer:
        return writer
    try:
        _write_on(told)
    finally:
        os._exit(1)


def _write_on(told: Path) -> None:
    from alongside.keywork import operations
    from alongside.organisation.models import Staff
    from alongside.stays.models import Stay

    amina = Staff.objects.get(name="Amina Yusuf")
    stay = Stay.objects.for_page().get(resident__family_name="Nowak")
    ledger = os.open(told, os.O_WRONLY | os.O_APPEND)
    while True:
        text = f"Note {uuid4().hex}"
        said: dict[str, Any] = {"kind": "informal", "text": text, "once": uuid4()}
        operations.write_note(stay, by=amina, **said)
        os.write(ledger, f"{text}\n".encode())


if __name__ == "__main__":
    main(*sys.argv[1:])
