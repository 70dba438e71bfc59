"""Where packs stand: the shipped ones, and a provider's own directory read over them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path as File
from typing import Any

from alongside.practice.faults import Fault
from alongside.practice.lines import Path, lines_of
from alongside.practice.reading import Reader

SHIPPED = File(__file__).parent / "packs"
# How the key of whatever a service adds of its own begins; no pack may use it.
OWN = "own-"
_NOT_TEXT = "\N{REPLACEMENT CHARACTER}"
# The keys under which duties and evidence name a fact.
_ASKING = frozenset({"anchor", "else_from", "before", "done_by", "fact"})


@dataclass(frozen=True, slots=True)
class Layer:
    """TOML texts that belong together, by the name to show in a fault."""

    texts: tuple[tuple[str, str], ...]

    @classmethod
    def of_folder(cls, folder: File) -> Layer:
        files = sorted(folder.glob("*.toml"), key=lambda file: (file.name != "pack.toml", file))
        at = f"{folder.parent.name}/{folder.name}"
        return cls(tuple((f"{at}/{file.name}", _text_of(file)) for file in files))

    @classmethod
    def of_file(cls, file: File) -> Layer:
        """One file that holds a whole pack."""
        return cls(((file.name, _text_of(file)),))

    @classmethod
    def of_text(cls, text: str, *, named: str) -> Layer:
        """What one scheme or one person has instead, kept as TOML beside their record."""
        return cls(((named, text),))


def _text_of(file: File) -> str:
    """The text of a file. What is not UTF-8 becomes a NUL, which no TOML may hold."""
    return file.read_bytes().decode("utf-8-sig", "replace").replace(_NOT_TEXT, "\0")


def version_order(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def folders(shelves: Iterable[File], key: str, version: str) -> list[File]:
    """Every folder that holds this version, shipped first, the provider's own over it."""
    found = [shelf / key / version for shelf in shelves]
    return [folder for folder in found if folder.is_dir()]


def versions(shelves: Iterable[File], key: str) -> list[str]:
    """Every version of a pack, oldest first."""
    found = {
        folder.name
        for shelf in shelves
        if (shelf / key).is_dir()
        for folder in (shelf / key).iterdir()
        if folder.is_dir() and any(folder.glob("*.toml"))
    }
    return sorted(found, key=version_order)


def keys(shelves: Iterable[File]) -> list[str]:
    return sorted(
        {
            folder.name
            for shelf in shelves
            if shelf.is_dir()
            for folder in shelf.iterdir()
            if folder.is_dir()
        }
    )


def in_force_from(shelves: Iterable[File], key: str, version: str) -> date | None:
    """The day a version comes into force, as its files say; None when they do not say it."""
    found = None
    for folder in folders(shelves, key, version):
        for _, text in Layer.of_folder(folder).texts:
            if "in_force_from" not in text:  # reading a whole pack for one day takes long
                continue
            about = _table_or_nothing(text).get("pack")
            said = about.get("in_force_from") if isinstance(about, Mapping) else None
            found = said if isinstance(said, date) else found
    return found


def _table_or_nothing(text: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return {}


@cache
def facts_named(shelf: File) -> frozenset[str]:
    """The facts that the duties and the evidence of the packs on a shelf ask for."""
    found: set[str] = set()
    for file in shelf.glob("*/*/*.toml"):
        table = _table_or_nothing(_text_of(file))
        _gather_facts([table.get("duties"), table.get("stages")], found)
    return frozenset(found)


def _gather_facts(table: Any, found: set[str]) -> None:
    if isinstance(table, Mapping):
        for key, value in table.items():
            if key in _ASKING and isinstance(value, str):
                found.add(value.partition(":")[0])
            _gather_facts(value, found)
    elif isinstance(table, list):
        for value in table:
            _gather_facts(value, found)


def raw_of(layer: Layer, reader: Reader) -> dict[str, Any]:
    """One layer as one table. The same key in two files is a fault."""
    whole: dict[str, Any] = {}
    for name, text in layer.texts:
        table = _parsed(name, text, reader)
        lines = lines_of(text)
        for path in _clashes(whole, table, ()):
            reader.faults.append(
                Fault(
                    name,
                    lines.get(path, 0),
                    ".".join(path),
                    "The same key stands in another file of this pack.",
                    "Keep one of the two.",
                )
            )
        reader.places.note(name, lines)
        whole = merged(whole, table)
    return whole


def _parsed(name: str, text: str, reader: Reader) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        line = re.search(r"at line (\d+)", str(problem))
        at = int(line[1]) if line else 0
        said = f"This is not TOML: {str(problem).partition(' (at')[0]}."
        instead = "Mend the line; a key may stand only once."
        if "\0" in text:
            at, said = text[: text.index("\0")].count("\n") + 1, "This is not UTF-8 text."
            instead = "Save the file as UTF-8."
        reader.faults.append(Fault(name, at, "", said, instead))
        reader.unread.add(File(name).stem)
        return {}


def _clashes(first: Mapping[str, Any], second: Mapping[str, Any], path: Path) -> Iterable[Path]:
    for key in first.keys() & second.keys():
        mine, other = first[key], second[key]
        both = isinstance(mine, Mapping) and isinstance(other, Mapping)
        if both and (len(path) == 0 or _is_collection((*path, key))):
            yield from _clashes(mine, other, (*path, key))
        else:
            yield (*path, key)


def _is_collection(path: Path) -> bool:
    """Tables that several files may add to: [choice_lists.x] holds a list in one file."""
    return len(path) == 1


def merged(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """The two together; where both name a key, the one laid over wins."""
    whole = dict(under)
    for key, value in over.items():
        below = whole.get(key)
        if isinstance(below, Mapping) and isinstance(value, Mapping):
            whole[key] = merged(below, value)
        elif isinstance(below, Mapping) and isinstance(value, str):
            whole[key] = {**below, "says": value}
        elif isinstance(below, str) and isinstance(value, Mapping):
            whole[key] = {"says": below, **value}
        else:
            whole[key] = value
    return whole
