"""Days of the week as languages write them, and rows of them in their order."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from alongside.imports.spelling import squash
from alongside.imports.words import month_numbers, weekday_names

SHORTEST = 3


@cache
def _by_language() -> tuple[dict[str, int], ...]:
    found = []
    for words in weekday_names():
        days = [word.split("/") for word in words.split()]
        found.append({name: number for number, names in enumerate(days) for name in names})
    return tuple(found)


def weekdays_of(texts: Sequence[str]) -> list[int] | None:
    """The days of the week (Monday is 0) that these texts are in one language, else None.

    Single letters and the two of a short name are days only in a row of them, in their order.
    """
    words = [squash(text) for text in texts]
    for language in _by_language():
        if all(word in language for word in words):
            return [language[word] for word in words]
    if words and words == list("mtwtfss")[: len(words)] and len(words) >= len("mtwtf"):
        return list(range(len(words)))
    return None


def weekday_of(text: str) -> int | None:
    """The day of the week one word is, when it can be nothing else."""
    word = squash(text)
    if len(word) < SHORTEST or word in month_numbers():
        return None
    days = {language[word] for language in _by_language() if word in language}
    return days.pop() if len(days) == 1 else None
