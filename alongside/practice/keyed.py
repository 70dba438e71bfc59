"""An ordered, unchangeable collection that is looked up by key and read through by value."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches


class NotInPack(KeyError):
    """The code asked the practice pack for a key that it does not declare."""

    def __str__(self) -> str:
        return str(self.args[0])


class Keyed[T]:
    """Values in the order the pack gives them: `for task in tasks`, and `tasks["1.1"]`."""

    __slots__ = ("_by_key",)

    def __init__(self, by_key: Mapping[str, T] | None = None) -> None:
        self._by_key: dict[str, T] = dict(by_key or {})

    def __iter__(self) -> Iterator[T]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def __contains__(self, key: object) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> T:
        try:
            return self._by_key[key]
        except KeyError:
            near = get_close_matches(str(key), self._by_key, n=3) or list(self._by_key)[:8]
            meant = f" Did it mean {', '.join(near)}?" if near else ""
            raise NotInPack(f'The practice pack has no "{key}" here.{meant}') from None

    def get(self, key: str) -> T | None:
        return self._by_key.get(key)

    def keys(self) -> tuple[str, ...]:
        return tuple(self._by_key)

    def pairs(self) -> tuple[tuple[str, T], ...]:
        return tuple(self._by_key.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Keyed) and self.pairs() == other.pairs()

    def __hash__(self) -> int:
        return hash(self.keys())

    def __repr__(self) -> str:
        return f"Keyed({', '.join(self._by_key)})"
