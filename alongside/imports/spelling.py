"""What two spellings of one word have in common."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

LETTERS = str.maketrans(
    {
        "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "đ": "d", "Đ": "d", "ð": "d", "þ": "th",
        "ß": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŧ": "t",
    }
)  # fmt: skip
TICKS = str.maketrans(dict.fromkeys("✓✔☑√✅🗸", " tick ") | dict.fromkeys("✗✘☒✕✖❌×", " cross "))


@lru_cache(maxsize=20_000)
def fold(text: str) -> str:
    """Without capitals, accents and macrons; `ł` as `l`."""
    spread = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(c for c in spread if not unicodedata.combining(c)).casefold()


@lru_cache(maxsize=20_000)
def squash(text: str) -> str:
    """Only letters and figures, folded: what two spellings of one word have in common."""
    return "".join(c for c in fold(text.translate(TICKS)) if c.isalnum())
