"""The numbered requirements: what each is called, and which capability owns it."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LIST = Path(__file__).with_name("requirements.toml")


@dataclass(frozen=True, slots=True)
class Capability:
    """One of the 45, with the titles of its requirements by number."""

    code: str
    name: str
    titles: dict[str, str]


@cache
def capabilities() -> tuple[Capability, ...]:
    """All of them, in order."""
    listed = tomllib.loads(LIST.read_text(encoding="utf-8"))
    return tuple(
        Capability(code, each["name"], each["requirements"]) for code, each in listed.items()
    )


@cache
def known() -> frozenset[str]:
    """Every number a test may claim to prove."""
    return frozenset(number for one in capabilities() for number in one.titles)
