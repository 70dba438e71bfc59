"""Puts a fixed SQLite engine under Django, and refuses to run on one with the WAL-reset bug."""

from __future__ import annotations

import importlib
import sqlite3
import sys

FIXED = (3, 51, 3)


def use_a_fixed_engine() -> None:
    """Let `import sqlite3` mean the newer engine of the pysqlite3 wheel when Python's is older."""
    if sqlite3.sqlite_version_info >= FIXED:
        return
    try:
        newer = importlib.import_module("pysqlite3")
    except ImportError:
        return  # The start-up check says so in words.
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = newer.dbapi2
