"""The door to practice packs: ask for one by name, by version or by the day it is in force."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from alongside.kit import clock
from alongside.practice import shelf
from alongside.practice.checks import check_whole
from alongside.practice.contents import About, Pack
from alongside.practice.core import filled_in
from alongside.practice.faults import Fault, PackFault
from alongside.practice.keyed import Keyed, NotInPack
from alongside.practice.reading import Places, Reader
from alongside.practice.shelf import SHIPPED, Layer
from alongside.practice.stacking import Name, Stack, newest_of

__all__ = [
    "About",
    "Fault",
    "Keyed",
    "Layer",
    "NotInPack",
    "Pack",
    "PackFault",
    "ask_facts_of",
    "called",
    "check",
    "known_facts",
    "pack",
    "packs",
    "read",
    "read_over",
    "reload",
]

MOST_VARIED = 400
type _Asked = tuple[str, str, tuple[Layer, ...]]

_shelves: list[Path] = [SHIPPED]
_loaded: dict[_Asked, Pack] = {}
_in_force: dict[tuple[str, date], str] = {}
_begins: dict[str, tuple[date, ...]] = {}
_answered: list[Callable[[], set[str]]] = []


def pack(
    key: str, version: str = "", *, on: date | None = None, over: tuple[Layer, ...] = ()
) -> Pack:
    """The pack as it stands: an exact version, or the newest in force on a day (today).

    A version may be written as records keep it, "1.0.0 on supported-living 1.0.0". `over` lays a
    scheme's and then a person's own values over it. Loaded once and kept.
    Raises PackFault, with every fault, when it cannot be used.
    """
    asked = (key, version or _newest(key, on or clock.today()), over)
    if asked not in _loaded:
        _make_room()
        _loaded[asked] = _load(asked)
    return _loaded[asked]


def _make_room() -> None:
    """Let the oldest go of those that carry somebody's own values; they are soon made again."""
    varied = [asked for asked in _loaded if asked[2]]
    for asked in varied[: max(len(varied) - MOST_VARIED, 0)]:
        del _loaded[asked]


def called(name: str) -> Pack:
    """The pack a record was made under, by the full name that the record keeps."""
    key, _, version = name.partition(" ")
    return pack(key, version)


def read(at: Path, *, over: tuple[Layer, ...] = ()) -> Pack:
    """A pack that is not installed, out of a folder or a file. Raises PackFault like `pack`."""
    if at.is_file():
        layers, shelves = [Layer.of_file(at)], _shelves
    else:
        layers, shelves = [Layer.of_folder(at)], [*_shelves, at.parent.parent]
    found, faults = _built(layers, shelves, over=over, facts=known_facts())
    if faults:
        raise PackFault(sorted(faults))
    return found


def packs() -> tuple[About, ...]:
    """Every version of every pack that can be used, by name and age."""
    return tuple(
        pack(key, version).about
        for key in shelf.keys(_shelves)
        for version in shelf.versions(_shelves, key)
        if _is_usable(key, version)
    )


def broken(key: str) -> tuple[tuple[str, tuple[Fault, ...]], ...]:
    """Every version of a pack that cannot be used, each with everything that is wrong with it."""
    found = ((version, _faults_of(key, version)) for version in shelf.versions(_shelves, key))
    return tuple((version, faults) for version, faults in found if faults)


def _faults_of(key: str, version: str) -> tuple[Fault, ...]:
    try:
        pack(key, version)
    except PackFault as wrong:
        return wrong.faults
    return ()


def begins(key: str) -> tuple[date, ...]:
    """The days on which a usable version of a pack comes into force. Looked up once."""
    if key not in _begins:
        _begins[key] = tuple(sorted({each.in_force_from for each in packs() if each.id == key}))
    return _begins[key]


def reload(key: str, version: str) -> Pack:
    """Read a pack again. If it is now broken the working one stays, and PackFault says why."""
    asked: _Asked = (key, version, ())
    fresh = _load(asked)
    _loaded.clear()  # another may be stacked on it
    _loaded[asked] = fresh
    _in_force.clear()
    _begins.clear()
    return fresh


def read_over(directory: Path | None) -> None:
    """Read a provider's own directory over the shipped packs; None goes back to the shipped."""
    _shelves[:] = [SHIPPED] if directory is None else [SHIPPED, directory]
    _loaded.clear()
    _in_force.clear()
    _begins.clear()


def ask_facts_of(answered: Callable[[], set[str]]) -> None:
    """Tell packs which facts the record can answer; one that asks for another is refused.

    What a shipped pack asks for may be kept by hand until a room answers it.
    """
    _answered[:] = [answered]


def known_facts() -> set[str] | None:
    """The names that a pack of a provider's own may ask; None while nobody has told."""
    if not _answered:
        return None
    return _answered[0]() | shelf.facts_named(SHIPPED)


def check(at: Path, *, facts: set[str] | None = None) -> list[Fault]:
    """Everything wrong with the pack in this folder or file; empty when it is sound.

    `facts` are the names that duties and evidence may ask; left out, they are not checked. A pack
    that it stacks on is looked for beside it, and then among those that are installed.
    """
    if at.is_file():
        return sorted(_built([Layer.of_file(at)], _shelves, facts=facts)[1])
    key, version, beside = at.parent.name, at.name, at.parent.parent
    shelves = [one for one in _shelves if one != beside]
    below = [] if beside == SHIPPED else shelf.folders(shelves, key, version)
    layers = [Layer.of_folder(folder) for folder in (*below, at)]
    found, faults = _built(layers, [*shelves, beside], facts=facts)
    if beside in _shelves:
        faults = [*faults, *_misnamed(found, key, version, layers)]
    return sorted(faults)


def _is_usable(key: str, version: str) -> bool:
    return not _faults_of(key, version)


def _newest(key: str, day: date) -> str:
    """The version in force that day. Looked up on the shelves once, for pages ask it a lot."""
    if (key, day) not in _in_force:
        _in_force[key, day] = _newest_on_the_shelves(key, day)
    return _in_force[key, day]


def _newest_on_the_shelves(key: str, day: date) -> str:
    """The newest in force that can be used; the newest in force, to be told why, if none can."""
    found = shelf.versions(_shelves, key)
    if not found:
        known = ", ".join(shelf.keys(_shelves))
        raise NotInPack(f'There is no practice pack "{key}". There are: {known}.')
    if len(found) == 1:
        return found[0]
    usable = [version for version in found if _is_usable(key, version)]
    return newest_of(_shelves, key, day, among=usable or found)


def _load(asked: _Asked) -> Pack:
    key, version, over = asked
    name = Name.parse(f"{key} {version}")
    layers = [Layer.of_folder(at) for at in shelf.folders(_shelves, key, name.version)]
    if not layers:
        raise NotInPack(f'There is no version "{version}" of the practice pack "{key}".')
    shipped_alone = not over and not any((at / key).is_dir() for at in _shelves if at != SHIPPED)
    facts = None if shipped_alone else known_facts()
    found, faults = _built(layers, _shelves, over=over, beneath=name.beneath, facts=facts)
    faults += _misnamed(found, key, name.version, layers)
    if faults:
        raise PackFault(sorted(faults))
    return found


def _misnamed(found: Pack, key: str, version: str, layers: list[Layer]) -> list[Fault]:
    """A pack stands in the folder of its id and version, for that is how records name it."""
    file = layers[-1].texts[0][0] if layers[-1].texts else "pack.toml"
    return [
        Fault(file, 0, f"pack.{field}", f'It says "{said}", its folder says "{folder}".', instead)
        for field, said, folder, instead in (
            ("id", found.about.id, key, "Give the folder the name of the pack, or mend the id."),
            ("version", found.about.version, version, "Give the folder the name of the version."),
        )
        if said and said != folder
    ]


def _built(
    layers: list[Layer],
    shelves: Sequence[Path],
    *,
    over: tuple[Layer, ...] = (),
    beneath: str = "",
    facts: set[str] | None = None,
) -> tuple[Pack, list[Fault]]:
    """The pack out of its layers, with every fault; those of the pack beneath it come first."""
    reader = Reader(Places())
    stack = Stack(shelves, reader, beneath)
    whole = filled_in(stack.whole(layers, over), stack.only_laid)
    if "about" in whole:
        reader.fault(("about",), "There is no such key.", "Write [pack].")
    whole["about"] = whole.pop("pack", {})
    found: Pack = reader.read(Pack, whole, ())
    check_whole(found, whole, reader, facts)
    faults = reader.faults
    if any(not fault.key for fault in faults):  # of a file that cannot be read nothing is missing
        faults = [fault for fault in faults if not fault.key or fault.line]
    if parent := stack.parent:
        folders = shelf.folders(shelves, parent.key, parent.version)
        standing = [Layer.of_folder(folder) for folder in folders]
        _, below = _built(standing, shelves, beneath=parent.beneath, facts=facts)
        faults = [*below, *faults]
    return found, list({(fault.key, fault.problem): fault for fault in reversed(faults)}.values())
