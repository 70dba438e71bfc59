"""Finds the line on which each key of a TOML file stands, so that a fault can point at it."""

from __future__ import annotations

import re

type Path = tuple[str, ...]

_TABLE = re.compile(r"\s*\[(\[?)\s*([^\[\]]+?)\s*\]\]?\s*(?:#.*)?$")
_PART = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=\s*(.*)$")
_STRINGS = re.compile(r'"(?:\\.|[^"\\])*"|\'[^\']*\'')


def lines_of(text: str) -> dict[Path, int]:
    """The line number, from 1, of every table and key in the text."""
    found: dict[Path, int] = {}
    table: Path = ()
    skipper = _Skipper()
    for number, line in enumerate(text.splitlines(), start=1):
        if skipper.inside(line):
            continue
        if header := _TABLE.match(line):
            table = _parts(header[2])
            if header[1]:
                table = (*table, str(_next_index(found, table)))
            _note(found, table, number)
        elif entry := _KEY.match(line):
            _note(found, (*table, *_parts(entry[1])), number)
            skipper.start(entry[2])
    return found


class _Skipper:
    """Passes over the inside of a value that runs over several lines."""

    def __init__(self) -> None:
        self._quote, self._depth = "", 0

    def start(self, value: str) -> None:
        for quote in ('"""', "'''"):
            if value.lstrip().startswith(quote):
                if value.count(quote) == 1:
                    self._quote = quote
                return
        self._depth = _opened(value)

    def inside(self, line: str) -> bool:
        if self._quote:
            if self._quote in line:
                self._quote = ""
            return True
        if self._depth > 0:
            self._depth += _opened(line)
            return True
        return False


def _opened(value: str) -> int:
    bare = _STRINGS.sub("", value).partition("#")[0]
    return bare.count("[") - bare.count("]")


def _parts(dotted: str) -> Path:
    return tuple(part.strip("\"'") for part in re.findall(_PART, dotted))


def _next_index(found: dict[Path, int], table: Path) -> int:
    return sum(1 for path in found if path[:-1] == table and path[-1].isdigit())


def _note(found: dict[Path, int], path: Path, number: int) -> None:
    for length in range(1, len(path) + 1):
        found.setdefault(path[:length], number)
