"""Reads what strangers made in a process of its own, which can do nothing but read it.

A picture or a workbook can be made so that opening it takes all the memory, never ends, or runs
something. So it is opened by a process that has so much memory, so many seconds, no network, no
file, none of our secrets, and no way back but the bytes it answers with.

This file is also what that process runs, so that at its top it needs nothing of Django.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

MEGABYTES, SECONDS = 200, 5
PATIENCE = 6
"""How much longer it may take by the clock than by the processor, on a busy machine."""
SAYS_NO, TOO_MUCH = 3, 4
ROOT = Path(__file__).resolve().parents[2]


class CannotBeRead(Exception):
    """What the reader said of it, as it said it."""


class TakesTooMuch(Exception):
    """It would take more memory or time than any honest file does, or it broke the reader."""


def read_apart(
    reader: str, data: bytes, *, megabytes: int = MEGABYTES, seconds: int = SECONDS, **said: Any
) -> bytes:
    """What a reader ("module:function") makes of the data, with what else it was told.

    Raises `CannotBeRead` with the words of the `ValueError` by which it said no, and
    `TakesTooMuch`. A module with `get_ready` does there what needs files, before they are shut.
    """
    from django.conf import settings

    if not settings.READ_APART:
        return _here(reader, data, said)
    asked = json.dumps(
        {"reader": reader, "root": str(ROOT), "most": [megabytes, seconds], "said": said}
    ).encode()
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", "-B", __file__], input=asked + b"\n" + data,
            capture_output=True, check=False, timeout=seconds * PATIENCE, cwd="/",
            env={"LANG": "C.UTF-8"},
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise TakesTooMuch from late
    if done.returncode == SAYS_NO:
        raise CannotBeRead(done.stderr.decode("utf-8", "replace"))
    if done.returncode:
        raise TakesTooMuch(done.stderr[-300:].decode("utf-8", "replace"))
    return done.stdout


def _here(reader: str, data: bytes, said: dict[str, Any]) -> bytes:
    """In this process: for tests that bring in many files and try something else."""
    try:
        made: bytes = _reader(reader)(data, **said)
    except ValueError as no:
        raise CannotBeRead(str(no)) from no
    return made


def _reader(named: str) -> Any:
    module, _, function = named.partition(":")
    return getattr(import_module(module), function)


def _read() -> None:
    """The other process: read what is asked, shut every door, answer."""
    line, _, data = sys.stdin.buffer.read().partition(b"\n")
    asked = json.loads(line)
    sys.path.insert(0, asked["root"])
    reader = _reader(asked["reader"])
    getattr(sys.modules[reader.__module__], "get_ready", _nothing)()
    _shut_the_doors(*asked["most"])
    try:
        made = reader(data, **asked["said"])
    except ValueError as no:
        _leave(SAYS_NO, str(no))
    except MemoryError:
        _leave(TOO_MUCH, "memory")
    sys.stdout.buffer.write(made)
    sys.stdout.buffer.flush()


def _nothing() -> None:
    """What a reader without `get_ready` needs beforehand."""


def _leave(how: int, words: str) -> None:
    os.write(2, words.encode("utf-8", "replace"))
    os._exit(how)


def _shut_the_doors(megabytes: int, seconds: int) -> None:
    """No more files, sockets, memory or time than it needs. Where a system cannot, it does not."""
    with suppress(OSError, AttributeError):
        os.unshare(os.CLONE_NEWUSER | os.CLONE_NEWNET)
    try:
        import resource
    except ImportError:
        return
    room = _memory_now() + megabytes * 1024 * 1024
    limits = {"DATA": room, "CPU": _processor_now() + seconds, "FSIZE": 0, "CORE": 0, "NOFILE": 3}
    for name, most in limits.items():
        with suppress(OSError, ValueError):
            resource.setrlimit(getattr(resource, f"RLIMIT_{name}"), (most, most))


def _processor_now() -> int:
    """Seconds that getting ready took."""
    return int(time.process_time()) + 1


def _memory_now() -> int:
    """Bytes that the process holds before it has read anything; 0 where nobody can tell."""
    try:
        told = Path("/proc/self/status").read_text(encoding="ascii")
    except OSError:
        return 0
    held = (one.split() for one in told.splitlines())
    return next((int(one[1]) * 1024 for one in held if one[:1] == ["VmData:"]), 0)


if __name__ == "__main__":
    _read()
