"""Turns the tables of a pack into its dataclasses, noting every fault instead of the first."""

from __future__ import annotations

import types
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints

from alongside.kit.durations import Duration
from alongside.practice.faults import Fault
from alongside.practice.keyed import Keyed
from alongside.practice.lines import Path

MOST_NAMED = 14
_NAMES = {str: "text in quotes", int: "a whole number", bool: "true or false", date: "a date"}
_BLANKS: dict[Any, Any] = {str: "", int: 0, bool: False, date: date.min, Duration: Duration()}
_WHY = {
    "plural": "Every word needs its plural.",
    "source": 'Name the clause it comes from, or write "ours" for a proposal of our own.',
}


class Places:
    """Where each key stands: in which file, on which line, in one layer laid over another.

    A fault belongs to the topmost layer that speaks of the thing at all, for the layers beneath
    are sound without it.
    """

    def __init__(self) -> None:
        self._layers: list[dict[Path, tuple[str, int]]] = []

    def lay_under(self) -> None:
        """What is noted from now on lies beneath everything noted before."""
        self._layers.append({})

    def note(self, file: str, lines: Mapping[Path, int]) -> None:
        self._layers[-1].update({path: (file, line) for path, line in lines.items()})

    def of(self, path: Path) -> tuple[str, int]:
        """The place of the key itself, else of the nearest table around it."""
        for shortest in (min(2, len(path)), 1):
            for layer in self._layers:
                for length in range(len(path), shortest - 1, -1):
                    if at := layer.get(path[:length]):
                        return at
        return ("pack.toml", 0)


class Reader:
    """Reads tables by the types of a dataclass. Whatever is wrong becomes a fault and a blank."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self.faults: list[Fault] = []
        self.unread: set[str] = set()

    def may_lack(self, what: str) -> bool:
        """Whether a file that cannot be read may hold these: what is missing then is no fault yet.
        A file is named for what it declares."""
        return {f"{what}s", what.removesuffix("y") + "ies"} & self.unread != set()

    def fault(self, path: Path, problem: str, instead: str) -> None:
        path = ("pack", *path[1:]) if path[:1] == ("about",) and len(path) > 1 else path
        file, line = self.places.of(path)
        self.faults.append(Fault(file, line, ".".join(path), problem, instead))

    def read(self, kind: type, table: Mapping[str, Any], path: Path, key: str = "") -> Any:
        """One dataclass out of one table. Its `key` is the name of the table."""
        known = {field.name: field for field in fields(kind)}
        hints = _hints(kind)
        for name in table:
            if name not in known or name == "key":
                self.fault((*path, name), "There is no such key.", _nearest(name, known))
        given = {
            name: self.value(hints[name], table[name], (*path, name))
            for name in known
            if name in table and name != "key"
        }
        if "key" in known:
            given["key"] = key
        for name, field in known.items():
            if _is_demanded(field) and not given.get(name, "") and given.get(name) in (None, ""):
                self._miss((*path, name), hints[name], blank=name in given)
                given[name] = _blank(hints[name])
        return kind(**given)

    def _miss(self, path: Path, hint: Any, *, blank: bool) -> None:
        name = path[-1]
        said = "is empty" if blank else "is missing"
        self.fault(
            path, f'"{name}" {said}.', _WHY.get(name, f"Write {name} = {_example(hint)} here.")
        )

    def value(self, hint: Any, raw: Any, path: Path) -> Any:
        """One value, by the type it should have."""
        origin, inner = get_origin(hint), get_args(hint)
        if origin in (Union, types.UnionType):
            return self.value(inner[0], raw, path)
        if origin is Keyed:
            return Keyed(self._table(inner[0], raw, path))
        if origin in (tuple, frozenset):
            return origin(self._list(inner[0], raw, path))
        if is_dataclass(hint) and hint is not Duration:
            return self._record(hint, raw, path)
        return self._single(hint, raw, path)

    def _table(self, inner: Any, raw: Any, path: Path) -> dict[str, Any]:
        if not isinstance(raw, Mapping):
            self._wrong(path, "a table")
            return {}
        return {key: self.value(inner, value, (*path, key)) for key, value in raw.items()}

    def _list(self, inner: Any, raw: Any, path: Path) -> list[Any]:
        if not isinstance(raw, list):
            self._wrong(path, "a list in square brackets")
            return []
        read = [self.value(inner, value, (*path, str(at))) for at, value in enumerate(raw)]
        return [value for value in read if value is not None]

    def _record(self, kind: Any, raw: Any, path: Path) -> Any:
        if isinstance(raw, str) and "says" in _hints(kind):
            raw = {"says": raw}
        if not isinstance(raw, Mapping):
            self._wrong(path, "a table")
            raw = {}
        return self.read(kind, raw, path, key=path[-1])

    def _single(self, hint: Any, raw: Any, path: Path) -> Any:
        if hint is Duration:
            return self._duration(raw, path)
        if issubclass(hint, StrEnum):
            return self._member(hint, raw, path)
        if type(raw) is not hint:
            self._wrong(path, _NAMES[hint])
            return _BLANKS[hint]
        return raw

    def _duration(self, raw: Any, path: Path) -> Duration:
        try:
            return Duration.parse(raw if isinstance(raw, str) else repr(raw))
        except ValueError as problem:
            self.fault(path, str(problem), 'Write it as an ISO 8601 length: "P7D" is seven days.')
            return Duration()

    def _member(self, hint: type[StrEnum], raw: Any, path: Path) -> StrEnum | None:
        names = [member.value for member in hint]
        if raw in names:
            return hint(raw)
        what = "action" if hint.__name__ == "Action" else "value"
        self.fault(path, f'There is no {what} "{raw}".', _nearest(str(raw), names))
        return None

    def _wrong(self, path: Path, wanted: str) -> None:
        self.fault(path, "The value has the wrong kind.", f"Write {wanted}.")


@cache
def _hints(kind: Any) -> dict[str, Any]:
    return get_type_hints(kind)


def _is_demanded(field: Field[Any]) -> bool:
    return field.name != "key" and field.default is MISSING and field.default_factory is MISSING


def _blank(hint: Any) -> Any:
    origin = get_origin(hint)
    if origin is Keyed:
        return Keyed()
    if origin in (tuple, frozenset):
        return origin()
    return _BLANKS.get(hint, "")


def _example(hint: Any) -> str:
    if hint is Duration:
        return '"P7D"'
    return _NAMES.get(hint, "a value") if not get_origin(hint) else "[...]"


def _nearest(name: str, known: Any) -> str:
    near = get_close_matches(name, list(known), n=3, cutoff=0.5)
    meant = f"Did you mean {' or '.join(near)}?" if near else ""
    return meant or one_of(k for k in known if k != "key")


def one_of(known: Iterable[str]) -> str:
    """What can be written instead; of many only the first, for nobody reads a hundred names."""
    names = list(known)
    rest = f" and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else ""
    return f"Use one of: {', '.join(names[:MOST_NAMED])}{rest}."
