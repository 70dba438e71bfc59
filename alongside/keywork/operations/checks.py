"""What several operations of key working ask before they act."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time

from alongside.kit import clock
from alongside.kit.refusal import Refused
from alongside.organisation.models import Scheme, Staff
from alongside.practice.keyed import Keyed
from alongside.practice.words import Choice

LONGEST_MINUTES = 600


def known(offered: Keyed[Choice], key: str, *, field: str) -> Choice:
    """The choice of that key. Refused when it is not on the list."""
    if found := offered.get(key):
        return found
    raise Refused("That is not on the list.", instead="Choose one that is.", field=field)


def known_all(offered: Keyed[Choice], keys: Iterable[str], *, field: str) -> list[str]:
    """Those keys. Refused when one is not on the list."""
    return [known(offered, key, field=field).key for key in keys]


def reasoned(offered: Keyed[Choice], key: str, words: str, *, field: str = "reason") -> None:
    """Refused when the reason is not on the list, or needs words and has none."""
    if known(offered, key, field=field).needs_text and not words.strip():
        raise Refused(
            f"“{offered[key].says}” needs a few words.",
            instead="Say what the reason is.",
            field="words",
        )


def require_words(text: str, *, field: str, instead: str) -> str:
    """The text without blanks around it. Refused when nothing is left."""
    if kept := text.strip():
        return kept
    raise Refused("Nothing has been written yet.", instead=instead, field=field)


def require_minutes(minutes: int | None) -> None:
    """Refused when it is no length of time for a talk."""
    if minutes is not None and not 0 < minutes <= LONGEST_MINUTES:
        raise Refused(
            f"{minutes} minutes cannot be right.",
            instead=f"Write a number from 1 to {LONGEST_MINUTES}.",
            field="minutes",
        )


def instant(scheme: Scheme, on: date, at: time) -> datetime:
    """That time of that day where the scheme is."""
    return datetime.combine(on, at, tzinfo=scheme.zone)


def require_past(when: datetime, *, field: str) -> None:
    if when > clock.now():
        raise Refused(
            "This has not happened yet.",
            instead="Record it once it has, or book it in the diary.",
            field=field,
        )


def require_works_at(scheme: Scheme, worker: Staff, *, field: str) -> None:
    if not Staff.objects.at(scheme).filter(pk=worker.pk).exists():
        raise Refused(
            f"{worker} does not work here.",
            instead="Choose somebody who works here.",
            field=field,
        )
