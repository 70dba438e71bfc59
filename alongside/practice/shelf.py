"""Where packs stand: the shipped ones, and a provider's own directory read over them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path as File
from typing import Any

from alongside.practice.faults import Fault
from alongside.practice.lines import Path, lines_of
from alongside.practice.reading import Reader

SHIPPED = File(__file__).parent / "packs"


@dataclass(frozen=True, slots=True)
class Layer:
    """TOML texts that belong together, by the name to show in a fault."""

    texts: tuple[tuple[str, str], ...]

    @classmethod
    def of_folder(cls, folder: File) -> Layer:
        files = sorted(folder.glob("*.toml"), key=lambda file: (file.name != "pack.toml", file))
        at = f"{folder.parent.name}/{folder.name}"
        return cls(tuple((f"{at}/{file.name}", file.read_text("utf-8")) for file in files))

    @classmethod
    def of_text(cls, text: str, *, named: str) -> Layer:
        """What one scheme or one person has instead, kept as TOML beside their record."""
        return cls(((named, text),))


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
        {folder.name for shelf in shelves if shelf.is_dir() for folder in shelf.iterdir()}
    )


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
        said = str(problem).partition(" (at")[0]
        reader.faults.append(
            Fault(
                name,
                int(line[1]) if line else 0,
                "",
                f"This is not TOML: {said}.",
                "Mend the line; a key may stand only once.",
            )
        )
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
