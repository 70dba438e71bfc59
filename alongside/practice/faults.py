"""What is wrong with a pack: each fault with its file, its line, and what to do instead."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """One thing wrong. `key` is the dotted path inside the file, `line` starts at 1."""

    file: str
    line: int
    key: str
    problem: str
    instead: str

    def __str__(self) -> str:
        at = f"{self.file}, line {self.line}" if self.line else self.file
        key = f"{self.key}: " if self.key else ""
        return f"{at}: {key}{self.problem} {self.instead}"


class PackFault(Exception):
    """A practice pack cannot be used. `faults` holds everything found, not only the first."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(str(fault) for fault in faults))
