"""The only place that reads the clock. Everything else is told what time it is, or asks here."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return timezone.now()


def today(zone: str | None = None) -> date:
    """Today's date where the scheme is; in the installation's own zone when none is named."""
    return timezone.localdate(timezone=ZoneInfo(zone) if zone else None)
