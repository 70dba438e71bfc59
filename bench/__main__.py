"""`./run bench`: six jobs beside their floor, at three sizes, on two engines, as JSON."""

from __future__ import annotations

import argparse
import json
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from bench.databases import ENGINES, Databases, run
from bench.jobs import JOBS
from bench.load import Timed, Visit, knock
from tests.run import ROOT

SERVE = ["granian", "--interface", "wsgi", "--workers", "2", "--blocking-threads", "1"]


def main() -> None:
    """Measure what was asked for, and print it."""
    asked = arguments()
    found = [one for engine in asked.engine for one in measured_on(engine, asked)]
    growth = [one for engine in asked.engine for one in grown(engine, found)]
    machine = {
        "cpus": os.cpu_count(),
        "system": platform.platform(),
        "python": platform.python_version(),
    }
    on = date.today().isoformat()  # noqa: DTZ011
    print(json.dumps({"on": on, "machine": machine, "measured": found, "growth": growth}, indent=1))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--notes", type=int, nargs="+", default=[1_000, 10_000, 200_000])
    parser.add_argument("--engine", nargs="+", default=["sqlite", "postgresql"],
                        choices=["sqlite", "postgresql"])  # fmt: skip
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 16])
    parser.add_argument("--rounds", type=int, default=3, help="of page and floor by turns (3)")
    parser.add_argument("--seconds", type=float, default=1, help="for each round (1)")
    parser.add_argument("--jobs", nargs="+", default=[job.key for job in JOBS],
                        choices=[job.key for job in JOBS])  # fmt: skip
    return parser.parse_args()


def measured_on(engine: str, asked: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """Every size on one engine; the tables are made once, and copied for each size."""
    with tempfile.TemporaryDirectory(prefix="alongside-bench-") as folder:
        say(f"{engine}: making the tables")
        with ENGINES[engine](Path(folder)) as databases:
            for notes in asked.notes:
                say(f"{engine}: writing {notes:,} notes")
                yield {"engine": engine, "notes": notes, "jobs": measure(databases, notes, asked)}


def measure(databases: Databases, notes: int, asked: argparse.Namespace) -> list[dict[str, Any]]:
    """One database of that size: every job at every number of clients."""
    with ExitStack() as stack:
        env = stack.enter_context(databases.copy())
        began = time.perf_counter()
        ready = json.loads(run(env, "fill", str(notes)))
        took = f"{time.perf_counter() - began:.0f} s, {ready['processor_seconds']} of the processor"
        say(f"  written in {took}")
        ports = [stack.enter_context(serving(env, floor=floor)) for floor in (False, True)]
        return [
            row(job, ready, ports, clients=clients, asked=asked)
            for job in JOBS if job.key in asked.jobs
            for clients in asked.clients
        ]  # fmt: skip


@contextmanager
def serving(env: dict[str, str], *, floor: bool) -> Iterator[int]:
    """The house, or its floor, on a free port of this machine alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    where = [
        "--log-level",
        "error",
        "--host",
        "127.0.0.1",
        "--port",
        str(port),
        "bench.wsgi:application" if floor else "alongside.config.wsgi:application",
    ]
    server = subprocess.Popen(
        [sys.executable, "-m", *SERVE, *where],
        cwd=ROOT, env={**env, **({"BENCH_FLOOR": "yes"} if floor else {})},
    )  # fmt: skip
    try:
        answers(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(20)
        except subprocess.TimeoutExpired:  # a busy machine; nobody waits for it any more
            server.kill()


def answers(port: int) -> None:
    for _ in range(1200):
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    sys.exit("The server did not come up.")


def row(
    job: Any, ready: dict[str, Any], ports: list[int], clients: int, asked: argparse.Namespace
) -> dict[str, Any]:
    """The page and its floor by turns, after a warming up that is not counted.

    By turns, so that other work on the machine disturbs both alike.
    """
    known, ours, floor = ready["jobs"][job.key], Timed(), Timed()
    sides = ((ours, ports[0], known["page"]), (floor, ports[1], known["floor"]))
    for round_ in range(asked.rounds + 1):
        for timed, port, address in sides:
            last = asked.seconds if round_ else min(asked.seconds, 0.5)
            visit = Visit(port, address, ready["session"], job)
            found = knock(visit, clients=clients, seconds=last)
            if round_:
                timed.add(found)
    ratio = round(ours.at(0.5) / floor.at(0.5), 2)
    say(f"  {job.key}, {clients} at once: {ours.at(0.5)} ms, {ratio} times its floor")
    return {"job": job.key, "clients": clients, "queries": known["queries"], "ratio": ratio,
            **ours.told(), "floor": floor.told()}  # fmt: skip


def grown(engine: str, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How much longer each job takes with the most notes than with the fewest, on one engine.

    `floor` is the same of the floor: what a busier hour, or the engine itself, adds to both.
    """
    by_size = sorted((one for one in found if one["engine"] == engine), key=lambda o: o["notes"])
    few, many = by_size[0], by_size[-1]
    return [
        {"engine": engine, "job": more["job"], "clients": more["clients"],
         "notes": [few["notes"], many["notes"]],
         "growth": round(more["p50_ms"] / less["p50_ms"], 2),
         "floor": round(more["floor"]["p50_ms"] / less["floor"]["p50_ms"], 2)}
        for less, more in zip(few["jobs"], many["jobs"], strict=True) if few is not many
    ]  # fmt: skip


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
