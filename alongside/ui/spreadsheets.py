"""Rows as a file that a spreadsheet opens, in which nothing is taken for a formula."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from io import StringIO

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The head and the rows, as comma-separated values."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(head)
    writer.writerows([plain(cell) for cell in row] for row in rows)
    return file.getvalue()


def plain(text: str) -> str:
    """What a spreadsheet would take for a formula is made text."""
    return f"'{text}" if text.startswith(FORMULA) else text
