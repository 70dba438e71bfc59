"""Knocks at a door again and again, from one client or many at once, and keeps the time."""

from __future__ import annotations

import http.client
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.jobs import Job

TOKEN = "a" * 32
AT_MOST = 5_000


@dataclass
class Timed:
    """How long each answer took, in seconds, and over how long they were asked for."""

    took: list[float] = field(default_factory=list)
    seconds: float = 0.0

    def add(self, other: Timed) -> None:
        self.took += other.took
        self.seconds += other.seconds

    def at(self, share: float) -> float:
        """In milliseconds: the time within which that share of the answers came."""
        ordered = sorted(self.took)
        return round(1000 * ordered[min(int(len(ordered) * share), len(ordered) - 1)], 2)

    def told(self) -> dict[str, float]:
        return {
            "p50_ms": self.at(0.5), "p95_ms": self.at(0.95),
            "per_second": round(len(self.took) / self.seconds, 1), "answers": len(self.took),
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Visit:
    """Where to knock, as whom, and what for."""

    port: int
    address: str
    session: str
    job: Job


def knock(visit: Visit, *, clients: int, seconds: float) -> Timed:
    """All clients at once, each without pause, until the time is up or it is enough."""
    timed, ends = Timed(), time.perf_counter() + seconds
    failed: list[Exception] = []
    started = time.perf_counter()

    def one() -> None:
        try:
            _ask(visit, ends, timed)
        except Exception as fault:  # a thread must not die in silence
            failed.append(fault)

    threads = [threading.Thread(target=one) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failed:
        raise failed[0]
    timed.seconds = time.perf_counter() - started
    return timed


def _ask(visit: Visit, ends: float, timed: Timed) -> None:
    job, address = visit.job, visit.address
    door = http.client.HTTPConnection("127.0.0.1", visit.port, timeout=60)
    headers = {"Cookie": f"sessionid={visit.session}; csrftoken={TOKEN}", "X-CSRFToken": TOKEN}
    if job.writes:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    method, expected = ("POST", 302) if job.writes else ("GET", 200)
    while time.perf_counter() < ends and len(timed.took) < AT_MOST:
        form = job.form()
        began = time.perf_counter()
        door.request(method, address, urlencode(form) if form else None, headers)
        answer = door.getresponse()
        answer.read()
        timed.took.append(time.perf_counter() - began)
        if answer.status != expected:
            raise RuntimeError(f"{method} {address} answered {answer.status}")
    door.close()
