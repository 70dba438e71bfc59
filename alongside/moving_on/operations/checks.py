"""What operations on moving on refuse, in one place each."""

from __future__ import annotations

from datetime import date
from typing import Any

from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme
from alongside.stays.models import Stay


def stay_has_ended(stay: Stay) -> Refused | None:
    """Nothing new is planned here with somebody who has moved on."""
    if stay.is_current():
        return None
    return Refused(
        f"{stay.resident} moved on on {stay.moved_out_on:%-d %B %Y}.",
        instead="Write it into the support after the move, or as a note.",
    )


def the_stay_has_ended(record: Any) -> Refused | None:
    """The same, of something that hangs on a stay."""
    return stay_has_ended(record.stay)


def require_past(scheme: Scheme, day: date, *, field: str) -> None:
    """Refuse a day that has not come yet."""
    if day > scheme.today():
        raise Refused("This has not happened yet.", instead="Record it once it has.", field=field)


def require_listed(scheme: Scheme, name: str, key: str, *, field: str) -> None:
    """Refuse an answer that is not on the pack's list of that name."""
    if key not in scheme.pack.choices(name):
        raise Refused("That is not on the list.", instead="Choose one that is.", field=field)


def require_reason(
    scheme: Scheme, name: str, key: str, words: str, *, field: str = "reason", words_in: str
) -> None:
    """Refuse no reason, one that is not on the pack's list, and one that says too little."""
    found = scheme.pack.reasons(name).get(key)
    if found is None:
        raise Refused("This needs its reason.", instead="Choose the nearest.", field=field)
    if found.needs_text and not words.strip():
        raise Refused(
            f"“{found.says}” says too little by itself.",
            instead="Add a few words.",
            field=words_in,
        )


def require_words(words: str, *, field: str) -> str:
    """The words without the space around them; refused when there are none."""
    if said := words.strip():
        return said
    raise Refused("Nothing has been written yet.", instead="Write a few words.", field=field)
