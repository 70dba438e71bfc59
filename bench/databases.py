"""Databases for the bench: the tables are made once on each engine, and copied for every size.

Making them takes longer than filling them with a thousand notes.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from itertools import count
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from tests.run import ROOT, a_postgresql

type Env = dict[str, str]


class Databases(Protocol):
    """One engine's databases."""

    def copy(self) -> AbstractContextManager[Env]:
        """A database with every table and nobody in it, as the environment that names it.

        It is gone when the block is left.
        """
        ...


class InFiles:
    """SQLite: a database is a file, and is copied as one."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.numbers = folder, count(1)
        self.empty = folder / "empty"
        self.empty.mkdir()
        run(surroundings(self.empty), "tables")

    @contextmanager
    def copy(self) -> Iterator[Env]:
        copied = self.folder / f"copy-{next(self.numbers)}"
        shutil.copytree(self.empty, copied)
        yield surroundings(copied)
        shutil.rmtree(copied)


class OnAServer:
    """PostgreSQL: the server copies a database that nobody is connected to."""

    EMPTY = "bench_empty"

    def __init__(self, folder: Path, url: str) -> None:
        self.folder, self.url, self.numbers = folder, url, count(1)
        self._tell(f"CREATE DATABASE {self.EMPTY}")
        run(self._env(self.EMPTY), "tables")

    @contextmanager
    def copy(self) -> Iterator[Env]:
        name = f"bench_{next(self.numbers)}"
        self._tell(f"CREATE DATABASE {name} TEMPLATE {self.EMPTY}")
        yield self._env(name)
        self._tell(f"DROP DATABASE {name} WITH (FORCE)")

    def _env(self, name: str) -> Env:
        # What comes after the name says where the server listens.
        return surroundings(self.folder, urlunsplit(urlsplit(self.url)._replace(path=f"/{name}")))

    def _tell(self, sql: str) -> None:
        import psycopg

        with psycopg.connect(
            self.url.replace("postgres://", "postgresql://", 1), autocommit=True
        ) as server:
            server.execute(sql)


@contextmanager
def in_files(folder: Path) -> Iterator[Databases]:
    yield InFiles(folder)


@contextmanager
def on_a_server(folder: Path) -> Iterator[Databases]:
    with a_postgresql() as url:
        yield OnAServer(folder, url)


ENGINES: dict[str, Callable[[Path], AbstractContextManager[Databases]]] = {
    "sqlite": in_files,
    "postgresql": on_a_server,
}


def surroundings(folder: Path, url: str = "") -> Env:
    """Production settings and a folder of its own."""
    left = {k: v for k, v in os.environ.items() if not k.startswith("ALONGSIDE_")}
    ours = {"ALONGSIDE_SECRET_KEY": "for this bench only, and thrown away after it",
            "ALONGSIDE_VAR": str(folder), "DJANGO_SETTINGS_MODULE": "bench.settings"}  # fmt: skip
    return {**left, **ours, **({"ALONGSIDE_DATABASE": url} if url else {})}


def run(env: Env, *arguments: str) -> str:
    """One step of `bench.prepare` in a process of its own; the last line it says."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.prepare", *arguments],
        cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    return (done.stdout.splitlines() or [""])[-1]
