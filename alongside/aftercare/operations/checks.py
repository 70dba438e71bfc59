"""What operations after a move refuse, in one place each."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.aftercare.models import Episode
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme


def has_ended(episode: Episode) -> Refused | None:
    """Nothing more is recorded once it is cancelled or closed."""
    if episode.is_open:
        return None
    return Refused(
        "This support has ended.", instead="Write a note, or begin again with another move."
    )


def episode_has_ended(record: Any) -> Refused | None:
    """The same, of something that belongs to an episode."""
    return has_ended(record.episode)


def require_past(scheme: Scheme, day: date, *, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > scheme.today():
        raise Refused("This has not happened yet.", instead="Record it once it has.", field=field)


def require_listed(scheme: Scheme, name: str, key: str, *, field: str) -> None:
    """Refuse an answer that is not on the pack's list of that name."""
    if key not in scheme.pack.choices(name):
        raise Refused("That is not on the list.", instead="Choose one that is.", field=field)


def require_words(words: str, *, field: str) -> str:
    """The words without the space around them; refused when there are none."""
    if said := words.strip():
        return said
    raise Refused("Nothing has been written yet.", instead="Write a few words.", field=field)
