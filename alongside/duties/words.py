"""Says a fact in the words of a practice: "Link worker named", "Residents Charter answered"."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

from alongside.duties.engine import AGAIN, IN_FORCE
from alongside.practice.contents import Pack

# Where a practice keeps what a fact can be narrowed to.
NARROWED = ("sheets", "agreements", "reviews", "forms")


def fact_says(pack: Pack, fact: str) -> str:
    """The name of a fact as this practice says it.

    What comes before the dot is a word of the pack where it has one ("key_worker" is a link
    worker), and what comes after the colon is the form, text or review of that key.
    """
    if fact == IN_FORCE:
        return "This practice came into force"
    if fact == AGAIN:
        return "Asked for again"
    name, _, of = fact.partition(":")
    thing, _, happened = name.partition(".")
    said = happened.replace("_", " ")
    if of and (named := _named(pack, of)):
        return _capital(f"{named} {said}".strip())
    term = pack.terms.get(thing)
    noun = term.singular if term else thing.replace("_", " ")
    for words in ("key_worker", "resident"):
        if (known := pack.terms.get(words)) is not None:
            said = said.replace(words.replace("_", " "), known.singular)
    whole = f"{noun} {said}".strip()
    return _capital(f"{whole} ({of.replace('-', ' ')})" if of else whole)


def in_words_of(pack: Pack) -> Callable[[str], str]:
    """The same, as a function of the fact alone; each fact is put in words once."""
    return cache(lambda fact: fact_says(pack, fact))


def _named(pack: Pack, of: str) -> str:
    for section in NARROWED:
        found = getattr(pack, section).get(of)
        if found is not None:
            return str(found.says)
    return ""


def _capital(said: str) -> str:
    return said[:1].upper() + said[1:]
