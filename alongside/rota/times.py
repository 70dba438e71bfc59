"""When a shift really begins and ends, and how long it really lasts: clocks go forward and back."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from alongside.organisation.models import Scheme
from alongside.practice.rota import ShiftKind

DAY = timedelta(days=1)
MINUTE = timedelta(minutes=1)


def span(scheme: Scheme, on: date, kind: ShiftKind) -> tuple[datetime, datetime]:
    """The instants between which the shift of that day lies. A night belongs to its first day."""
    start = datetime.combine(on, kind.starts_at, tzinfo=scheme.zone)
    last = on + DAY if kind.is_overnight else on
    end = datetime.combine(last, kind.ends_at, tzinfo=scheme.zone)
    return start.astimezone(UTC), end.astimezone(UTC)


def minutes_between(start: datetime, end: datetime) -> int:
    """Real minutes, which wall clocks do not count when the clocks change. Never below nothing."""
    real = end.astimezone(UTC) - start.astimezone(UTC)
    return max(int(real / MINUTE), 0)


def in_hours(minutes: int) -> str:
    """ "8 h", "7 h 30", "−0 h 15"."""
    sign, rest = ("−", -minutes) if minutes < 0 else ("", minutes)
    hours, left = divmod(rest, 60)
    return f"{sign}{hours} h {left:02}" if left else f"{sign}{hours} h"
