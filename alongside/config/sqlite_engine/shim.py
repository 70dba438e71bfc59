"""Puts a fixed SQLite engine under Django where Python's own has the WAL-reset bug."""

from __future__ import annotations

import importlib
import sqlite3
import sys
from typing import Any

FIXED = (3, 51, 3)


def use_a_fixed_engine() -> None:
    """Let `import sqlite3` mean the newer engine of the pysqlite3 wheel when Python's is older."""
    if sqlite3.sqlite_version_info >= FIXED:
        return
    try:
        newer: Any = importlib.import_module("pysqlite3")
    except ImportError:
        return  # The start-up check says so in words.
    # Two names that Django asks for, and that the wheel leaves out.
    newer.SQLITE_LIMIT_COLUMN = sqlite3.SQLITE_LIMIT_COLUMN
    newer.SQLITE_LIMIT_VARIABLE_NUMBER = sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER
    sys.modules["sqlite3"] = newer
    sys.modules["sqlite3.dbapi2"] = newer.dbapi2
