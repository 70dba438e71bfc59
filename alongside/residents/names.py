"""How names compare: without capitals, accents, macrons, apostrophes, hyphens or full stops."""

from __future__ import annotations

import re
import unicodedata

# Letters that do not fall apart into a letter and a mark.
PLAIN = str.maketrans(
    {"ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ı": "i", "æ": "ae", "œ": "oe", "þ": "th", "ð": "d"}
)
BETWEEN = re.compile(r"[\W_]+")
DROPPED = re.compile(r"['’‘ʻʼ`´.\-‐‑–—]")


def name_key(text: str) -> str:
    """The form of a name in which two spellings of it are equal; words keep their order."""
    lowered = text.casefold().translate(PLAIN)
    apart = unicodedata.normalize("NFKD", lowered)
    bare = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return BETWEEN.sub(" ", DROPPED.sub("", bare)).strip()
