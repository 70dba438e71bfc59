"""Builds the small C libraries that play the disk, where there is a compiler and a Linux."""

from __future__ import annotations

import atexit
import shutil
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent


@cache
def library(name: str) -> Path:
    """The library built from `name`.c; leaves the test out, in words, where it cannot be built."""
    cc = shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")
    if not sys.platform.startswith("linux"):
        pytest.skip("only Linux lets a library stand between a program and the disk")
    if not cc:
        pytest.skip("there is no C compiler here (cc)")
    folder = tempfile.mkdtemp(prefix="alongside-disk-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    made = Path(folder) / f"{name}.so"
    done = subprocess.run(
        [cc, "-O2", "-Wall", "-shared", "-fPIC", "-o", str(made), str(HERE / f"{name}.c")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return made
