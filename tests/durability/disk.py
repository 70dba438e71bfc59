"""What a disk could hold after the power went, rebuilt from the log of `recorder.c`.

What a sync had covered is certain. Every later write may be there, in part (torn at 512 bytes), or
not at all; a file that was cut short or taken away may be back.
"""

from __future__ import annotations

import random
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

HEAD = struct.Struct("=cHIQ")
SECTOR = 512
WAYS = ("none", "prefix", "torn", "any")
"""How what was not synced survives: not, up to some write, in torn pieces, or any of it."""
NOT_ON_DISK = ("-shm", ".ack")


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that was asked of the disk."""

    op: str
    path: str
    offset: int
    data: bytes


def asked_of_the_disk(log: Path) -> Iterator[Asked]:
    raw, at = log.read_bytes(), 0
    while at + HEAD.size <= len(raw):
        op, path, data, offset = HEAD.unpack_from(raw, at)
        start = at + HEAD.size
        at = start + path + data
        yield Asked(op.decode(), raw[start : start + path].decode(), offset, raw[start + path : at])


def applied(held: bytearray, one: Asked) -> None:
    """Write or cut; a hole is filled with nothing."""
    if len(held) < one.offset:
        held.extend(bytes(one.offset - len(held)))
    if one.op == "T":
        del held[one.offset :]
    else:
        held[one.offset : one.offset + len(one.data)] = one.data


@dataclass
class File:
    """What is certain of a file, and what is still on its way to the disk."""

    certain: bytearray = field(default_factory=bytearray)
    is_there: bool = False
    on_the_way: list[Asked] = field(default_factory=list)
    syncs: list[int] = field(default_factory=list)

    def sync_begins(self) -> None:
        self.syncs.append(len(self.on_the_way))

    def sync_is_done(self) -> None:
        upto = self.syncs.pop(0) if self.syncs else len(self.on_the_way)
        for one in self.on_the_way[:upto]:
            applied(self.certain, one)
        del self.on_the_way[:upto]
        self.syncs = [max(0, one - upto) for one in self.syncs]
        self.is_there = True

    def after_the_cut(self, chance: random.Random, way: str) -> bytes | None:
        """One thing the disk may hold; None where there may be no such file."""
        if not self.is_there and (not self.on_the_way or way == "none" or chance.random() < 0.3):
            return None
        held = bytearray(self.certain)
        for one in self._surviving(chance, way):
            applied(held, one)
        return bytes(held)

    def _surviving(self, chance: random.Random, way: str) -> Iterator[Asked]:
        last = {"none": 0, "prefix": chance.randint(0, len(self.on_the_way))}
        for one in self.on_the_way[: last.get(way)]:
            if way == "any" and chance.random() < 0.5:
                continue
            if one.op == "W" and way in {"torn", "any"} and chance.random() < 0.5:
                yield from _torn(one, chance)
            else:
                yield one


def _torn(one: Asked, chance: random.Random) -> Iterator[Asked]:
    for start in range(0, len(one.data), SECTOR):
        if chance.random() < 0.5:
            yield Asked("W", one.path, one.offset + start, one.data[start : start + SECTOR])


class Disk:
    """A disk that is told, one by one, what was asked of it."""

    def __init__(self, before: Path | None = None) -> None:
        self.files: dict[str, File] = {}
        self.may_be_back: dict[str, File] = {}
        self.told: list[str] = []
        """What somebody outside had been told was saved, in order."""
        for path in sorted(before.rglob("*")) if before else ():
            if path.is_file():
                name = path.relative_to(before or path).as_posix()
                self.files[name] = File(bytearray(path.read_bytes()), is_there=True)

    def asked(self, one: Asked) -> None:
        if one.op == "A":
            self.told += one.data.decode().splitlines()
        elif one.op == "S" and one.path in self._folders():
            self._folder_is_certain(one.path)
        elif one.op == "U":
            self._taken_away(one.path)
        elif one.op == "R":
            self._taken_away(one.data.decode())
            self.files[one.data.decode()] = self.files.pop(one.path, File())
        elif one.op != "B" or one.path not in self._folders():
            self._in_a_file(one)

    def _in_a_file(self, one: Asked) -> None:
        file = self.files.setdefault(one.path, File())
        if one.op == "B":
            file.sync_begins()
        elif one.op == "S":
            file.sync_is_done()
        else:
            self.may_be_back.pop(one.path, None)
            file.on_the_way.append(one)

    def _folders(self) -> set[str]:
        names = {*self.files, *self.may_be_back}
        return {".", *(str(up) for name in names for up in PurePosixPath(name).parents)}

    def _folder_is_certain(self, folder: str) -> None:
        gone = [one for one in self.may_be_back if str(PurePosixPath(one).parent) == folder]
        for one in gone:
            del self.may_be_back[one]

    def _taken_away(self, path: str) -> None:
        file = self.files.pop(path, None)
        if file and file.is_there:
            self.may_be_back[path] = file

    def cut(self, to: Path, chance: random.Random, way: str) -> None:
        """Put into a folder what the disk might hold if the power went now."""
        held = dict(self.files)
        for path, file in self.may_be_back.items():
            if path not in held and chance.random() < 0.5:
                held[path] = file
        for path, file in held.items():
            content = None if path.endswith(NOT_ON_DISK) else file.after_the_cut(chance, way)
            if content is not None:
                where = to / path
                where.parent.mkdir(parents=True, exist_ok=True)
                where.write_bytes(content)


def cuts(log: Path, disk: Disk, many: int, seed: int) -> Iterator[tuple[int, str, random.Random]]:
    """Tell the disk everything, and stop at `many` random moments, each with its way to survive."""
    asked, chance = list(asked_of_the_disk(log)), random.Random(seed)
    at = 0
    for number, moment in enumerate(sorted(chance.randint(1, len(asked)) for _ in range(many))):
        for one in asked[at:moment]:
            disk.asked(one)
        at = moment
        yield moment, WAYS[number % len(WAYS)], chance
