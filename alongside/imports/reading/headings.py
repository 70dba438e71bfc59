"""Headings that somebody has used before."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from alongside.imports.reading.sheets import Value
from alongside.imports.reading.written_dates import is_written_date
from alongside.imports.spelling import squash
from alongside.imports.words import kinds

LONGEST_HEADING = 60
TASK_HEADING = re.compile(r"\s*([A-Z]{0,2}\d{1,2}(?:\.\d{1,2})?)[\s:.)-]+(\S.*)", re.DOTALL)
CODED = re.compile(r"\s*(?:[A-Z]{1,2}\d{1,2}|\d{1,2}\.\d{1,2})[\s:.)-]+\S")
FOLLOW_UP_HEADING = re.compile(r"\s*(\d{1,3})\s*(?:wk|week|w|month|mth|m)s?\b", re.IGNORECASE)


def known_headings(values: Iterable[Value]) -> int:
    """How many different cells are headings that somebody has used before."""
    found = set()
    for value in values:
        if isinstance(value, str) and len(value) <= LONGEST_HEADING:
            word = squash(value).rstrip("0123456789") or squash(value)
            if is_known(word) or is_coded(value) or FOLLOW_UP_HEADING.match(value):
                found.add(value)
    return len(found)


def is_coded(heading: str) -> bool:
    """Whether a heading begins with the number of a task; a date with full stops does not."""
    return bool(CODED.match(heading)) and not is_written_date(heading)


def is_known(word: str) -> bool:
    """Whether a squashed text is a heading of some field."""
    return word in _all_headings()


@cache
def _all_headings() -> frozenset[str]:
    return frozenset(
        word
        for kind in kinds().values()
        for field in kind.fields
        for word in (*field.headings, squash(field.label))
    )
