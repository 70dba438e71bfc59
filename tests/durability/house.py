"""A house for the trials: a database of its own, a real server in front, a client with a ledger."""

from __future__ import annotations

import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import psutil

from tests.run import ROOT

TOKEN = "a" * 32
FORM = "application/x-www-form-urlencoded"
SERVE = "--interface wsgi --workers 2 --blocking-threads 1 --log-level error"
RESPAWN = "--respawn-failed-workers --respawn-interval 0.2"


@dataclass(frozen=True)
class House:
    """A folder with a database in it, or the address of one elsewhere, and Amina signed in."""

    folder: Path
    env: dict[str, str]
    session: str
    write: str
    stay: str
    staff: str

    def run(self, module: str, *arguments: str, **more: str) -> str:
        """A module in a process of its own; the last line it says."""
        return run(module, *arguments, env={**self.env, **more})

    def judged(self, **more: str) -> dict[str, Any]:
        told: dict[str, Any] = json.loads(self.run("tests.durability.judging", **more))
        return told


def surroundings(folder: Path, database: str = "") -> dict[str, str]:
    left = {key: value for key, value in os.environ.items() if not key.startswith("ALONGSIDE_")}
    return {
        **left,
        "ALONGSIDE_SECRET_KEY": "for these trials only, and thrown away after them",
        "ALONGSIDE_VAR": str(folder),
        "ALONGSIDE_DATABASE": database or f"sqlite:///{folder}/alongside.sqlite",
        "DJANGO_SETTINGS_MODULE": "tests.durability.settings",
    }


def a_house(folder: Path, database: str = "") -> House:
    """Make the tables, bring the cast in, and sign Amina in."""
    folder.mkdir(parents=True, exist_ok=True)
    env = surroundings(folder, database)
    return House(folder, env, **json.loads(run("tests.durability.filling", env=env)))


def run(module: str, *arguments: str, env: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-m", module, *arguments], cwd=ROOT, env=env, text=True, check=False,
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-3000:]
    return (done.stdout.splitlines() or [""])[-1]


@dataclass
class Server:
    """The house behind granian, two workers, on a free port of this machine alone."""

    house: House
    more: dict[str, str] = field(default_factory=dict)
    port: int = 0
    master: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        if not self.port:
            self.port = free_port()
        where = f"--host 127.0.0.1 --port {self.port} tests.durability.served:application"
        with (self.house.folder / "server.log").open("ab") as log:
            self.master = subprocess.Popen(
                [sys.executable, "-m", "granian", *f"{SERVE} {RESPAWN} {where}".split()],
                cwd=ROOT, env={**self.house.env, **self.more}, stdout=log, stderr=log,
            )  # fmt: skip
        wait_for(self.answers, "the server to answer")

    def answers(self) -> bool:
        try:
            with closing(Client(self)) as client:
                return client.ask("GET", "/sign-in/")[0] < http.client.INTERNAL_SERVER_ERROR
        except (OSError, http.client.HTTPException):
            return False

    def workers(self) -> list[psutil.Process]:
        assert self.master is not None
        try:
            family = psutil.Process(self.master.pid).children(recursive=True)
            return [one for one in family if "resource_tracker" not in " ".join(one.cmdline())]
        except psutil.NoSuchProcess:
            return []

    def kill_worker(self) -> None:
        for worker in self.workers()[:1]:
            worker.send_signal(signal.SIGKILL)

    def kill_everything(self) -> None:
        """Master and workers at one stroke, and start again."""
        workers = self.workers()
        self.kill_master(start=False)
        _kill(workers)
        self.start()

    def kill_master(self, *, start: bool = True) -> None:
        """The master alone; its workers go a moment later, as they would with the machine."""
        assert self.master is not None
        workers = self.workers()
        self.master.kill()
        self.master.wait()
        if start:
            time.sleep(0.05)
            _kill(workers)
            self.start()

    def stop(self) -> None:
        workers = self.workers()
        if self.master is not None:
            self.master.kill()
            self.master.wait()
        _kill(workers)


def _kill(those: list[psutil.Process]) -> None:
    for one in those:
        try:
            one.kill()
            one.wait(5)
        except psutil.Error:
            continue


@contextmanager
def serving(house: House, **more: str) -> Iterator[Server]:
    server = Server(house, more)
    try:
        server.start()
        yield server
    finally:
        server.stop()


class Client:
    """Amina's browser: what it has been told is saved stands in `ledger`."""

    def __init__(self, server: Server) -> None:
        self.server, self.ledger = server, list[str]()
        self.line: http.client.HTTPConnection | None = None

    def ask(self, method: str, address: str, body: str = "", kind: str = FORM) -> tuple[int, str]:
        """The status, and the page or where one is sent."""
        if self.line is None:
            self.line = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            self.line.request(method, address, body, headers=self._headers(kind))
            answer = self.line.getresponse()
            page = answer.read().decode("utf-8", "replace")
            return answer.status, answer.headers.get("Location") or page
        except (OSError, http.client.HTTPException):
            self.close()
            raise

    def close(self) -> None:
        if self.line is not None:
            self.line.close()
        self.line = None

    def _headers(self, kind: str) -> dict[str, str]:
        return {
            "Cookie": f"sessionid={self.server.house.session}; csrftoken={TOKEN}",
            "Content-Type": kind,
        }

    def write(self, text: str, once: str) -> int:
        """Send a note; it goes into the ledger when, and only when, it was said to be saved."""
        sent = {"kind": "informal", "text": text, "once": once, "csrfmiddlewaretoken": TOKEN}
        status, to = self.ask("POST", self.server.house.write, urlencode(sent))
        if status == http.client.FOUND:
            assert to.endswith("/notes/"), to
            self.ledger.append(text)
        return status


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def wait_for(ready: Any, what: str, seconds: float = 60) -> None:
    ends = time.monotonic() + seconds
    while not ready():
        if time.monotonic() > ends:
            raise AssertionError(f"Waited {seconds:.0f} s for {what}.")
        time.sleep(0.05)
