"""A day that an address names."""

from __future__ import annotations

from datetime import date

# Before and after these nothing of ours happens, and a week more would be no day at all.
FIRST, LAST = date(1900, 1, 1), date(2199, 12, 31)


def day_in(text: str) -> date | None:
    """The day, as 2026-04-20; None for what is no day, or none that anything happens on."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None
