"""A set of words that says "surely not" or "almost surely": small, quick, and not readable."""

from __future__ import annotations

import hashlib
import math
import struct
from collections.abc import Collection
from pathlib import Path
from typing import Self

HEAD = struct.Struct(">8sIII")
MAGIC = b"ALNGBLM1"


class Bloom:
    """`size` bits, of which each word sets `rounds`; made of `count` words."""

    def __init__(self, bits: bytearray, rounds: int, count: int) -> None:
        self.bits, self.rounds, self.count = bits, rounds, count

    @classmethod
    def of(cls, words: Collection[str], *, wrong_once_in: int) -> Self:
        """The filter of these words; it takes one other word in so many for one of them."""
        size = math.ceil(len(words) * math.log(wrong_once_in) / math.log(2) ** 2)
        rounds = max(1, round(size / len(words) * math.log(2)))
        made = cls(bytearray(-(-size // 8)), rounds, len(words))
        for word in words:
            for place in made._places(word):
                made.bits[place >> 3] |= 1 << (place & 7)
        return made

    @classmethod
    def read(cls, path: Path) -> Self:
        """From a file. Raises ValueError when it is not one of ours, or is cut short."""
        held = path.read_bytes()
        magic, rounds, count, length = HEAD.unpack_from(held)
        bits = bytearray(held[HEAD.size :])
        if magic != MAGIC or len(bits) != length:
            raise ValueError(f"{path} is not a whole filter.")
        return cls(bits, rounds, count)

    def write(self, path: Path) -> None:
        path.write_bytes(
            HEAD.pack(MAGIC, self.rounds, self.count, len(self.bits)) + bytes(self.bits)
        )

    def __contains__(self, word: str) -> bool:
        return all(self.bits[place >> 3] & (1 << (place & 7)) for place in self._places(word))

    def _places(self, word: str) -> list[int]:
        digest = hashlib.sha256(word.encode()).digest()
        first, step = struct.unpack(">QQ", digest[:16])
        return [(first + n * (step | 1)) % (len(self.bits) * 8) for n in range(self.rounds)]
