"""Several people writing at once, each going on with the same note until it is said to be saved."""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4

from tests.durability.house import Client, Server

LONGEST_TRY = 300


@dataclass
class Writers:
    """What they were told: which notes are saved, and what was said of the others."""

    server: Server
    many: int = 3
    saved: list[str] = field(default_factory=list)
    answers: list[int] = field(default_factory=list)
    """The statuses of answers that did not say it is saved."""
    failed: list[str] = field(default_factory=list)
    stop: threading.Event = field(default_factory=threading.Event)

    def write_on(self) -> None:
        with closing(Client(self.server)) as client:
            self._write_on(client)

    def _write_on(self, client: Client) -> None:
        while not self.stop.is_set():
            text, once = f"Note {uuid4().hex}", uuid4().hex
            began = time.monotonic()
            while not self._is_saved(client, text, once):
                if self.stop.is_set():
                    return
                if time.monotonic() - began > LONGEST_TRY:
                    self.failed.append(f"{text} was never taken")
                    return
                time.sleep(0.05)

    def _is_saved(self, client: Client, text: str, once: str) -> bool:
        try:
            status = client.write(text, once)
        except (OSError, http.client.HTTPException):
            return False
        if status == http.client.FOUND:
            self.saved.append(text)
            return True
        self.answers.append(status)
        return False

    def until(self, notes: int) -> None:
        self._wait(self.saved, notes)

    def until_refused(self, times: int) -> None:
        self._wait(self.answers, times)

    def recovered(self, seconds: float) -> None:
        """From now on everybody is told within so many seconds that a note is saved."""
        ends, before = time.monotonic() + seconds, len(self.saved)
        while len(self.saved) < before + self.many:
            assert time.monotonic() < ends, f"not well again: {self.answers[-5:]}"
            time.sleep(0.02)

    def _wait(self, kept: list[Any], many: int) -> None:
        ends = time.monotonic() + LONGEST_TRY
        while len(kept) < many:
            assert not self.failed, self.failed
            assert time.monotonic() < ends, f"{len(kept)} of {many}: {self.answers[-5:]}"
            time.sleep(0.02)


@contextmanager
def writing(server: Server, many: int = 3) -> Iterator[Writers]:
    """People at work while the block lasts."""
    writers = Writers(server, many)
    threads = [threading.Thread(target=writers.write_on, daemon=True) for _ in range(many)]
    for one in threads:
        one.start()
    try:
        yield writers
    finally:
        writers.stop.set()
        for one in threads:
            one.join(60)


def lost_and_doubled(saved: list[str], texts: dict[str, int]) -> tuple[list[str], list[str]]:
    """What was said to be saved and is not there; what is there more than once."""
    return [one for one in saved if one not in texts], [one for one, n in texts.items() if n > 1]
