"""What is different between two packs, or two versions of one, entry by entry."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from enum import StrEnum
from typing import Any

from alongside.kit.durations import Duration
from alongside.practice.contents import Pack
from alongside.practice.keyed import Keyed

LENGTH = re.compile(r"P(\d+[YMWD])+")
LEFT_OUT = frozenset({"about", "self_test"})


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where two packs differ. An empty `was` is new, an empty `now` is gone.

    `says` is what people call the thing at that place: "Agree the first plan".
    """

    section: str
    at: str
    was: str
    now: str
    says: str = ""

    @property
    def is_new(self) -> bool:
        return not self.was

    @property
    def is_gone(self) -> bool:
        return not self.now


def differences(was: Pack, now: Pack) -> list[Difference]:
    """Every entry that is new, gone or otherwise, in the order of the packs."""
    return [
        Difference(section.name, at, before, after, _called(section.name, at, now, was))
        for section in fields(Pack)
        if section.name not in LEFT_OUT
        for at, before, after in _between(
            getattr(was, section.name), getattr(now, section.name), ""
        )
    ]


def _called(section: str, at: str, *packs: Pack) -> str:
    key = at.partition(".")[0]
    there = (getattr(one, section) for one in packs)
    entries = (one.get(key) for one in there if isinstance(one, Keyed))
    return next((_said(one) for one in entries if one is not None), "")


def _between(was: Any, now: Any, at: str) -> Iterator[tuple[str, str, str]]:
    if was == now:
        return
    if isinstance(was, Keyed) and isinstance(now, Keyed):
        for key in dict.fromkeys([*was.keys(), *now.keys()]):
            yield from _between(was.get(key), now.get(key), f"{at}.{key}".lstrip("."))
    elif is_dataclass(was) and is_dataclass(now) and not isinstance(was, Duration):
        for field in fields(was):
            inner = (getattr(was, field.name), getattr(now, field.name))
            yield from _between(*inner, f"{at}.{field.name}".lstrip("."))
    else:
        yield at, _said(was), _said(now)


def _said(value: Any) -> str:
    """One value in a line. Of a whole entry that is new or gone, what it is called."""
    match value:
        case None | "" | ():
            said = ""
        case str() if LENGTH.fullmatch(value):
            said = _said(Duration.parse(value))
        case bool():
            said = "yes" if value else "no"
        case Duration():
            said = value.in_words if value else "the same day"
        case StrEnum():
            said = value.value.replace("_", " ")
        case Keyed() | tuple():
            said = ", ".join(map(_said, value)) or "nothing"
        case frozenset():
            said = ", ".join(sorted(map(_said, value)))
        case _:
            names = (getattr(value, name, "") for name in ("says", "singular", "key"))
            said = next(filter(None, names), str(value))
    return said
