"""Lays a pack over the one it stacks on, and a scheme's and a person's own values over both."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from pathlib import Path as File
from typing import Any

from alongside.practice import shelf
from alongside.practice.reading import Reader
from alongside.practice.shelf import OWN, Layer

ON, WITH = " on ", " with "
# What a pack says of itself alone: one that stacks on it has to say its own.
OF_ITSELF = ("id", "version", "says", "in_force_from", "stacks_on", "sources")

type Table = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Name:
    """A pack by its full name: "coordinated-care 1.0.0 on supported-living 1.0.0"."""

    key: str
    version: str = ""
    beneath: str = ""

    @classmethod
    def parse(cls, text: str) -> Name:
        """The name as records keep it. What stands after "with" is a note for people."""
        own, _, beneath = text.partition(WITH)[0].partition(ON)
        key, _, version = own.strip().partition(" ")
        return cls(key, version.strip(), beneath.strip())

    def __str__(self) -> str:
        own = f"{self.key} {self.version}".strip()
        return f"{own}{ON}{self.beneath}" if self.beneath else own


@dataclass(slots=True)
class Stack:
    """A pack and those beneath it, as tables; read from the top down, laid from the bottom up.

    `beneath` names the parent exactly, when a record remembers it; else the pack itself does.
    `parent` is the pack right beneath, once all of them were found; `only_laid` are the sections
    with the keys that no pack names, only what a house has for itself.
    """

    shelves: Sequence[File]
    reader: Reader
    beneath: str = ""
    parent: Name | None = None
    packs: list[list[Table]] = field(default_factory=list)
    only_laid: frozenset[tuple[str, str]] = frozenset()

    def whole(self, layers: Sequence[Layer], over: Sequence[Layer]) -> Table:
        """Everything as one table. Where two layers name a key, the upper one wins."""
        laid = self._read(over)
        self.packs.append(self._read(layers))
        self._find_those_beneath()
        self._keep_own_keys_free()
        whole: Table = {}
        for tables in reversed(self.packs):
            below = _said([whole], "id")
            if isinstance(about := whole.get("pack"), Mapping):
                kept = {key: said for key, said in about.items() if key not in OF_ITSELF}
                whole = {**whole, "pack": kept}
            whole = self._on_top(whole, tables, below)
        packed, whole = whole, self._on_top(whole, laid, _said([whole], "id"))
        whole = _roles_follow(packed, whole)
        self.only_laid = frozenset(
            (section, key)
            for section in whole
            for key in _table(whole, section).keys() - _table(packed, section).keys()
        )
        if self.parent and isinstance(about := whole.get("pack"), Mapping):
            whole["pack"] = {**about, "stacks_on": str(self.parent)}
        return whole

    def _keep_own_keys_free(self) -> None:
        """A service names what it adds with OWN; a pack that did so too would be taken for it."""
        named = {
            key
            for table in chain.from_iterable(self.packs)
            if isinstance(table.get("aims"), Mapping)
            for key in table["aims"]
            if key.startswith(OWN)
        }
        for key in sorted(named):
            self.reader.fault(
                ("aims", key), f'A key that begins with "{OWN}" is a service’s own.',
                "Give it a key that begins otherwise.",
            )  # fmt: skip

    def _read(self, layers: Sequence[Layer]) -> list[Table]:
        """The tables, the lowest first; their places go beneath those that were read before."""
        read = []
        for layer in reversed(layers):
            self.reader.places.lay_under()
            read.append(shelf.raw_of(layer, self.reader))
        return read[::-1]

    def _find_those_beneath(self) -> None:
        own = Name(_said(self.packs[0], "id"), _said(self.packs[0], "version"))
        names, beneath = [own], self.beneath
        while parent := self._beneath(self.packs[-1], beneath):
            if Name(parent.key, parent.version) in [Name(one.key, one.version) for one in names]:
                round_again = " → ".join(one.key for one in [*names, parent])
                return self._fault(f"It goes round in a circle: {round_again}.")
            folders = shelf.folders(self.shelves, parent.key, parent.version)
            if not folders:
                return self._fault(self._unknown(parent))
            names.append(parent)
            self.packs.append(self._read([Layer.of_folder(folder) for folder in folders]))
            beneath = parent.beneath
        for name in reversed(names[1:]):
            self.parent = Name(name.key, name.version, str(self.parent or ""))
        return None

    def _beneath(self, tables: list[Table], remembered: str) -> Name | None:
        said = _said(tables, "stacks_on")
        if not said:
            return None
        wanted = Name.parse(remembered or said)
        if wanted.version:
            return wanted
        newest = newest_of(self.shelves, wanted.key, _said(tables, "in_force_from"))
        return Name(wanted.key, newest)

    def _unknown(self, parent: Name) -> str:
        if shelf.versions(self.shelves, parent.key):
            return f'There is no version "{parent.version}" of the pack "{parent.key}".'
        return f'There is no pack "{parent.key}".'

    def _fault(self, problem: str) -> None:
        there = ", ".join(
            f'"{key} {version}"'
            for key in shelf.keys(self.shelves)
            for version in shelf.versions(self.shelves, key)
        )
        self.reader.fault(("pack", "stacks_on"), problem, f"Name one that is here: {there}.")

    def _on_top(self, whole: Table, tables: Iterable[Table], below: str) -> Table:
        for table in tables:
            below = below or _said([whole], "id")
            whole.pop("self_test", None)  # what is laid over a pack may well move its dates
            self._keep_locks(whole, table, below)
            whole = shelf.merged(whole, table)
        return whole

    def _keep_locks(self, whole: Table, table: Table, below: str) -> None:
        """A switch that is locked below stays as it is, and stays locked."""
        mine = table.get("features")
        switches = whole.get("features")
        if not (isinstance(mine, Mapping) and isinstance(switches, Mapping)):
            return
        for name, said in mine.items():
            switch = switches.get(name)
            if not (isinstance(said, Mapping) and isinstance(switch, Mapping)):
                continue
            for key in ("on", "locked") if switch.get("locked") else ():
                if said.get(key, switch.get(key)) != switch.get(key):
                    self.reader.fault(
                        ("features", name, key),
                        f'"{below}" locks this switch.',
                        "Leave it as it is.",
                    )


def newest_of(
    shelves: Sequence[File], key: str, day: object, among: Sequence[str] | None = None
) -> str:
    """The newest version of a pack that is in force on that day, else the oldest there is."""
    found = shelf.versions(shelves, key) if among is None else among
    in_force = [
        version
        for version in found
        if isinstance(day, date) and (shelf.in_force_from(shelves, key, version) or day) <= day
    ]
    return (in_force or [*found[:1], ""])[-1 if in_force else 0]


def _roles_follow(packed: Table, whole: Table) -> Table:
    """Where a role is called as the word of its key is, it follows the word when that changes."""
    before, now, roles = (
        _table(of, part) for of, part in ((packed, "terms"), (whole, "terms"), (whole, "roles"))
    )
    if before == now or not roles:
        return whole
    renamed = {
        key: {**role, **_renamed(role, _table(before, key), _table(now, key))}
        for key, role in roles.items()
        if isinstance(role, dict)
    }
    return {**whole, "roles": {**roles, **renamed}}


def _renamed(role: Table, was: Table, now: Table) -> Table:
    return {
        field: f"{said[:1].upper()}{said[1:]}"
        for field, form in (("says", "singular"), ("plural", "plural"))
        if (said := str(now.get(form, ""))) not in {"", was.get(form)}
        and str(role.get(field, "")).casefold() == str(was.get(form, "")).casefold()
    }


def _table(of: Table, key: str) -> Table:
    found = of.get(key)
    return found if isinstance(found, dict) else {}


def _said(tables: Sequence[Table], key: str) -> Any:
    """What the topmost table says of the pack under this key; empty when none says it."""
    for table in reversed(tables):
        about = table.get("pack")
        if isinstance(about, Mapping) and key in about:
            return about[key]
    return ""
