"""Writes rows into a plain table with the house's own settings, telling a file of each that is
saved: `plain.py FOLDER ROWS SYNCHRONOUS`. It starts in no time, so it serves the quick trials."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from alongside.config.sqlite_engine.shim import use_a_fixed_engine

use_a_fixed_engine()

import sqlite3  # noqa: E402

MADE = "CREATE TABLE IF NOT EXISTS note (id INTEGER PRIMARY KEY, words TEXT, also TEXT)"


def main(folder: str, rows: int, settings: str) -> None:
    line = sqlite3.connect(Path(folder) / "plain.sqlite", isolation_level=None)
    for setting in settings.split(";"):
        line.execute(setting)
    line.execute("PRAGMA wal_autocheckpoint=40")
    line.execute(MADE)
    told = os.open(Path(folder) / "told.ack", os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    for _ in range(rows):
        line.execute("BEGIN IMMEDIATE")
        done = line.execute("INSERT INTO note (words) VALUES (?)", ["what was said " * 60])
        line.execute("UPDATE note SET also = words WHERE id = ?", [done.lastrowid])
        line.execute("COMMIT")
        os.write(told, f"{done.lastrowid}\n".encode())


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
