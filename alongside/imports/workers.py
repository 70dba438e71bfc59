"""Who among the staff a worker in a file may be, when it is not certain."""

from __future__ import annotations

from alongside.imports.cells.names import letters_different
from alongside.imports.setting import Setting
from alongside.imports.spelling import squash
from alongside.imports.staff_names import initials_of

MOST_OFFERED, INITIALS_AT_MOST = 5, 4


def likely_staff(text: str, setting: Setting) -> tuple[str, ...]:
    """Keys of the members of staff worth offering for a name that fits nobody for sure."""
    asked = squash(text)
    scored = [
        (score, one.name, one.key) for one in setting.staff if (score := _likeness(one.name, asked))
    ]
    return tuple(key for _, _, key in sorted(scored, key=lambda s: (-s[0], s[1]))[:MOST_OFFERED])


def _likeness(name: str, asked: str) -> int:
    words = [squash(word) for word in name.split()]
    if asked in words or asked == initials_of(name):
        return 3
    if len(asked) > 2 and any(w.startswith(asked) or asked.startswith(w) for w in words if w):  # noqa: PLR2004
        return 2
    close = len(asked) > INITIALS_AT_MOST and letters_different(asked, squash(name), at_most=2)
    return 2 if close else 0
