"""The door to practice packs: ask for one by name, by version or by the day it is in force."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from alongside.kit import clock
from alongside.practice import shelf
from alongside.practice.checks import check_whole
from alongside.practice.contents import About, Pack
from alongside.practice.faults import Fault, PackFault
from alongside.practice.keyed import Keyed, NotInPack
from alongside.practice.reading import Places, Reader
from alongside.practice.shelf import SHIPPED, Layer

__all__ = [
    "About",
    "Fault",
    "Keyed",
    "Layer",
    "NotInPack",
    "Pack",
    "PackFault",
    "check",
    "pack",
    "packs",
    "read_over",
    "reload",
]

type _Name = tuple[str, str, tuple[Layer, ...]]

_shelves: list[Path] = [SHIPPED]
_loaded: dict[_Name, Pack] = {}
_in_force: dict[tuple[str, date], str] = {}


def pack(
    key: str, version: str = "", *, on: date | None = None, over: tuple[Layer, ...] = ()
) -> Pack:
    """The pack as it stands: an exact version, or the newest in force on a day (today).

    `over` lays a scheme's and then a person's own values over it. Loaded once and kept.
    Raises PackFault, with every fault, when it cannot be used.
    """
    name = (key, version or _newest(key, on or clock.today()), over)
    if name not in _loaded:
        _loaded[name] = _load(name)
    return _loaded[name]


def packs() -> tuple[About, ...]:
    """Every version of every pack that can be read, by name and age."""
    return tuple(
        pack(key, version).about
        for key in shelf.keys(_shelves)
        for version in shelf.versions(_shelves, key)
    )


def reload(key: str, version: str) -> Pack:
    """Read a pack again. If it is now broken the working one stays, and PackFault says why."""
    name: _Name = (key, version, ())
    fresh = _load(name)
    for stale in [loaded for loaded in _loaded if loaded[:2] == name[:2]]:
        del _loaded[stale]
    _loaded[name] = fresh
    _in_force.clear()
    return fresh


def read_over(directory: Path | None) -> None:
    """Read a provider's own directory over the shipped packs; None goes back to the shipped."""
    _shelves[:] = [SHIPPED] if directory is None else [SHIPPED, directory]
    _loaded.clear()
    _in_force.clear()


def check(folder: Path, *, facts: set[str] | None = None) -> list[Fault]:
    """Everything wrong with the pack in this folder, by file and line; empty when it is sound.

    `facts` are the names that duties and evidence may ask; left out, they are not checked.
    """
    layers = [Layer.of_folder(folder)]
    if SHIPPED not in folder.parents:
        shipped = SHIPPED / folder.parent.name / folder.name
        layers = [*([Layer.of_folder(shipped)] if shipped.is_dir() else []), *layers]
    _, faults = _built(layers, facts)
    return sorted(faults)


def _newest(key: str, day: date) -> str:
    """The version in force that day. Looked up on the shelves once, for pages ask it a lot."""
    if (key, day) not in _in_force:
        _in_force[key, day] = _newest_on_the_shelves(key, day)
    return _in_force[key, day]


def _newest_on_the_shelves(key: str, day: date) -> str:
    found = shelf.versions(_shelves, key)
    if not found:
        known = ", ".join(shelf.keys(_shelves))
        raise NotInPack(f'There is no practice pack "{key}". There are: {known}.')
    if len(found) == 1:
        return found[0]
    in_force = [version for version in found if pack(key, version).in_force_from <= day]
    return (in_force or found[:1])[-1]


def _load(name: _Name) -> Pack:
    key, version, over = name
    layers = [Layer.of_folder(folder) for folder in shelf.folders(_shelves, key, version)]
    if not layers:
        raise NotInPack(f'There is no version "{version}" of the practice pack "{key}".')
    found, faults = _built([*layers, *over], facts=None)
    if faults or found is None:
        raise PackFault(sorted(faults))
    return found


def _built(layers: list[Layer], facts: set[str] | None) -> tuple[Pack | None, list[Fault]]:
    reader = Reader(Places())
    whole: dict[str, Any] = {}
    for layer in layers:
        whole.pop("self_test", None)  # what is laid over a pack may well move its dates
        whole = shelf.merged(whole, shelf.raw_of(layer, reader))
    whole = _stacked(whole, reader)
    about = whole.pop("pack", {})
    found: Pack = reader.read(Pack, {"about": about, **whole}, ())
    check_whole(found, whole, reader, facts)
    return found, reader.faults


def _stacked(whole: dict[str, Any], reader: Reader) -> dict[str, Any]:
    """This pack laid over the one it stacks on, whose locked switches stay as they are."""
    about = whole.get("pack", {})
    parent = about.get("stacks_on", "") if isinstance(about, Mapping) else ""
    if not parent:
        return whole
    key, _, version = parent.partition(" ")
    try:
        version = version or shelf.versions(_shelves, key)[-1]
        below = _parent_tables(key, version)
        below.pop("self_test", None)
    except IndexError:
        reader.fault(("pack", "stacks_on"), f'There is no pack "{key}".', "Name one that is here.")
        return whole
    for name, switch in below.get("features", {}).items():
        mine = whole.get("features", {}).get(name, {})
        if switch.get("locked") and mine.get("on", switch["on"]) != switch["on"]:
            reader.fault(
                ("features", name, "on"), f'"{key}" locks this switch.', "Leave it as it is."
            )
    return shelf.merged(below, whole)


def _parent_tables(key: str, version: str) -> dict[str, Any]:
    reader = Reader(Places())
    whole: dict[str, Any] = {}
    for folder in shelf.folders(_shelves, key, version):
        whole = shelf.merged(whole, shelf.raw_of(Layer.of_folder(folder), reader))
    if reader.faults:
        raise PackFault(sorted(reader.faults))
    return _stacked(whole, reader)
