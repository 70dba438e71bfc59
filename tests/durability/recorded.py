"""A working day under the recorder: `recorded.py SESSION WRITE ADD NOTES`.

Notes and papers go in by their pages, one after another; the moment an answer says that one is
saved, a line goes to a file that the recorder takes for what somebody outside was told.
"""

from __future__ import annotations

import hashlib
import os
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
import time_machine

from tests.durability.filling import NOON

A_PAPER_EVERY = 10


def main(session: str, write: str, add: str, notes: str) -> None:
    with time_machine.travel(NOON):
        django.setup()
        _a_day(session, write, add, int(notes))


def _a_day(session: str, write: str, add: str, notes: int) -> None:
    from django.conf import settings
    from django.core.files.uploadedfile import SimpleUploadedFile
    from django.test import Client

    client = Client(headers={"host": "localhost"})
    client.cookies["sessionid"] = session
    told = os.open(Path(settings.VAR) / "told.ack", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def say(words: str) -> None:
        os.write(told, f"{words}\n".encode())

    def sent(address: str, **words: Any) -> None:
        answer = client.post(address, {"once": uuid4().hex, **words})
        assert answer.status_code == HTTPStatus.FOUND, answer.content[:3000]

    for number in range(notes):
        sent(write, kind="informal", text=f"What was said, number {number}")
        say(f"What was said, number {number}")
        if number % A_PAPER_EVERY == 0:
            paper = f"Dear Tomasz, this is letter {number}. ".encode() * 200
            sent(
                add, kind="letter", title=f"Letter {number}", dated_on="2026-04-20",
                file=SimpleUploadedFile("letter.txt", paper),
            )  # fmt: skip
            say(f"paper {hashlib.sha256(paper).hexdigest()}")


if __name__ == "__main__":
    main(*sys.argv[1:])
