"""The only place that reads the clock. Everything else is told what time it is, or asks here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_standing: ContextVar[datetime | None] = ContextVar("clock_stands_at", default=None)


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _standing.get() or timezone.now()


def today(zone: str | None = None) -> date:
    """Today's date where the scheme is; in the installation's own zone when none is named."""
    return timezone.localdate(now(), timezone=ZoneInfo(zone) if zone else None)


@contextmanager
def standing_at(instant: datetime) -> Iterator[None]:
    """Let the clock stand at an instant. Only the demo tells the past as if it were now."""
    mark = _standing.set(instant)
    try:
        yield
    finally:
        _standing.reset(mark)
