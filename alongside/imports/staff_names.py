"""The ways in which the name of a member of staff is written in lists."""

from __future__ import annotations

from collections.abc import Iterable

from alongside.imports.spelling import fold, squash
from alongside.imports.words import word_list


def ways_to_write(name: str) -> frozenset[str]:
    """Spellings of a whole name that leave no doubt who is meant, when nobody else has them.

    Both names in either order, and one of them in full with the first letter of the other.
    """
    words = name.split()
    if len(words) < 2:  # noqa: PLR2004
        return frozenset({squash(name)} - {""})
    cut = len(words) - 1
    while cut > 1 and fold(words[cut - 1]) in word_list("name_particles"):
        cut -= 1
    first, last, firsts = words[0], " ".join(words[cut:]), " ".join(words[:cut])
    ways = {name, f"{first}{last}", f"{last}{first}", f"{last}{firsts}"}
    ways |= {f"{first}{words[-1][:1]}", f"{first[:1]}{last}", f"{last}{first[:1]}"}
    return frozenset({squash(way) for way in ways} - {""})


def initials_of(name: str) -> str:
    return "".join(squash(word)[:1] for word in name.split())


def only_one(spellings: Iterable[tuple[str, Iterable[str]]]) -> dict[str, str]:
    """Spellings of exactly one member of staff; what fits two people finds nobody."""
    found: dict[str, set[str]] = {}
    for key, ways in spellings:
        for way in ways:
            found.setdefault(way, set()).add(key)
    return {way: next(iter(keys)) for way, keys in found.items() if len(keys) == 1}
